"""Progress as steps: horizontal in a wizard, vertical for a request."""

from collections.abc import Sequence

from textual.content import Content

from tui.widgets.lines import Lines, hanging


def stepper(steps: Sequence[str], now: int, width: int, short: Sequence[str] = ()) -> Content:
    """Format a wizard's steps in one line of at most `width` cells. `short`: their shorter names, if they have any.

    If they do not fit, the lines between them get shorter; then the other steps have their short names, and the last one "…";
    then this one has its short name too; then finished steps, and then the last ones, have "…" for a name.
    """
    ways = [steps]
    if short:
        others = [steps[now] if index == now else name for index, name in enumerate(short)]
        ways += [others, *([[*others[:-1], "…"]] if now < len(steps) - 1 else []), short]
    for names in ways:
        for between in (" ── ", " ─ "):
            line = _steps_line(names, now, set(), between=between)
            if line.cell_length <= width:
                return line
    steps = short or steps
    for named in range(len(steps), now, -1):
        if line.cell_length <= width:
            break
        line = _steps_line(steps, now, {*range(now), *range(named, len(steps))}, between=" ─ ")
    return line


def _steps_line(steps: Sequence[str], now: int, nameless: set[int], between: str) -> Content:
    parts: list[Content] = []
    for index, step in enumerate(steps):
        glyph, style = ("✓", "$success") if index < now else ("●", "$accent bold") if index == now else ("○", "$muted")
        parts.append(Content.styled(f"{glyph} {'…' if index in nameless else step}", style))
    return Content.styled(between, "$line").join(parts)


class Stepper(Lines):
    """Show a wizard's steps and the current one."""

    def __init__(self, steps: Sequence[str], now: int, short: Sequence[str] = ()) -> None:
        super().__init__(classes="stepper")
        self.steps, self.short = steps, short
        self.now = now

    def lines(self, width: int) -> list[Content]:
        return [stepper(self.steps, self.now, width, self.short)]


class Timeline(Lines):
    """Show steps as (name, detail) pairs vertically; `now` is the current index."""

    def __init__(self, steps: Sequence[tuple[str, str]], now: int) -> None:
        super().__init__()
        self.steps = steps
        self.now = now

    def lines(self, width: int) -> list[Content]:
        name_width = max(len(name) for name, _ in self.steps) + 3
        lines: list[Content] = []
        for index, (name, detail) in enumerate(self.steps):
            glyph, style = (
                ("✓", "$success") if index < self.now else ("●", "$accent bold") if index == self.now else ("○", "$muted")
            )
            head = Content.styled(f"{glyph} {name.ljust(name_width)}", style)
            lines += hanging(head, Content.styled(detail, "" if index <= self.now else "$muted"), width)
        return lines
