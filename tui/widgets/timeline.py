"""Progress as steps: horizontal in a wizard, vertical for a request."""

from collections.abc import Sequence

from textual.content import Content
from textual.widgets import Static

from tui.widgets.lines import Lines


def stepper(steps: Sequence[str], now: int) -> Content:
    """Format a wizard's steps in one line."""
    parts: list[Content] = []
    for index, step in enumerate(steps):
        if index < now:
            parts.append(Content.styled(f"✓ {step}", "$success"))
        elif index == now:
            parts.append(Content.styled(f"● {step}", "$accent bold"))
        else:
            parts.append(Content.styled(f"○ {step}", "$muted"))
    return Content.styled(" ── ", "$line").join(parts)


class Stepper(Static):
    """Show a wizard's steps and the current one."""

    def __init__(self, steps: Sequence[str], now: int) -> None:
        super().__init__(stepper(steps, now), classes="stepper")


class Timeline(Lines):
    """Show steps as (name, detail) pairs vertically; `now` is the current index."""

    def __init__(self, steps: Sequence[tuple[str, str]], now: int) -> None:
        super().__init__()
        self.steps = steps
        self.now = now

    def lines(self, width: int) -> list[Content]:
        name_width = max(len(name) for name, _ in self.steps) + 3
        lines = []
        for index, (name, detail) in enumerate(self.steps):
            glyph, style = (
                ("✓", "$success") if index < self.now else ("●", "$accent bold") if index == self.now else ("○", "$muted")
            )
            text = Content.assemble(
                (f"{glyph} ", style), (name.ljust(name_width), style), (detail, "" if index <= self.now else "$muted")
            )
            lines += text.wrap(width)
        return lines
