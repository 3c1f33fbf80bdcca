"""Lists of rule verdicts with their reasons and remedies; enter opens the rule."""

from collections.abc import Iterable

from textual import events
from textual.binding import Binding
from textual.content import Content

from core.plurals import count_of
from core.text import show
from core.verdict import Outcome, Verdict
from tui.breakpoints import TALL
from tui.messages import VerdictChosen
from tui.widgets.lines import Lines
from tui.widgets.states import OUTCOMES

Drawn = list[tuple[Verdict, list[Content]]]
"""Verdicts in order, each with its lines of text."""


class VerdictList(Lines, can_focus=True):
    """Verdicts with a cursor: one tab stop; enter opens the rule."""

    BINDINGS = [
        Binding("down,j", "move(1)", "Next", show=False),
        Binding("up,k", "move(-1)", "Previous", show=False),
        Binding("enter", "open", "Open the rule", key_display="enter"),
    ]

    nothing = ""
    """Text shown when there are no verdicts."""

    def __init__(self, verdicts: Iterable[Verdict], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.verdicts = tuple(verdicts)
        self.cursor = 0
        self.can_focus = bool(self.verdicts)

    def show(self, verdicts: Iterable[Verdict]) -> None:
        """Replace the verdicts."""
        self.verdicts = tuple(verdicts)
        self.cursor = 0
        self.can_focus = bool(self.verdicts)
        self.refresh(layout=True)

    def draw(self, width: int) -> Drawn:
        """Return the verdicts, each with its lines of text."""
        raise NotImplementedError

    def lines(self, width: int) -> list[Content]:
        lines = [] if self.verdicts else Content.styled(self.nothing, "$muted").wrap(width)
        for index, (_, drawn) in enumerate(self.draw(width)):
            if self.has_focus and index == self.cursor:
                lines += [line.extend_right(max(0, width - line.cell_length)).stylize("on $selected") for line in drawn]
            else:
                lines += drawn
        return lines

    def on_focus(self) -> None:
        self.refresh()

    def on_blur(self) -> None:
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        line = event.get_content_offset(self)
        row = 0
        for index, (_, drawn) in enumerate(self.draw(max(self.content_size.width, 1))):
            row += len(drawn)
            if line is not None and line.y < row:
                self.cursor = index
                self.action_open()
                return

    def action_move(self, step: int) -> None:
        if 0 <= self.cursor + step < len(self.verdicts):
            self.cursor += step
            self.refresh()
        elif step > 0:
            self.screen.focus_next()
        else:
            self.screen.focus_previous()

    def action_open(self) -> None:
        if self.verdicts:
            self.post_message(VerdictChosen(self.verdicts[self.cursor]))


class Verdicts(VerdictList):
    """Verdicts with reasons and, unless shown elsewhere, remedies."""

    def __init__(self, verdicts: Iterable[Verdict], *, remedies: bool = True) -> None:
        super().__init__(verdicts)
        self.remedies = remedies

    def draw(self, width: int) -> Drawn:
        drawn: Drawn = []
        for verdict in self.verdicts:
            glyph, words, style = OUTCOMES[verdict.outcome]
            outcome = f"{words}: " if verdict.stops else ""
            text = Content.assemble((f"{outcome}", style), show(verdict.reason))
            lines = _hanging_indent(Content.styled(f"{glyph} ", style), text, width)
            if verdict.stops:
                remedy = f"{self.app.hint(show(verdict.remedy))} " if self.remedies else ""
                lines += _hanging_indent(Content("  "), Content.styled(f"{remedy}({verdict.rule})", "$muted"), width)
            drawn.append((verdict, lines))
        return drawn


class Passing(VerdictList):
    """Passing verdicts: one per line on tall screens, else one paragraph."""

    def __init__(self, verdicts: Iterable[Verdict], titles: dict[str, str]) -> None:
        super().__init__(verdicts)
        self.titles = titles

    def draw(self, width: int) -> Drawn:
        glyph, _, style = OUTCOMES[Outcome.PASS]
        head = Content.styled(f"{glyph} ", style)
        return [(verdict, _hanging_indent(head, Content(show(verdict.reason)), width)) for verdict in self.verdicts]

    def lines(self, width: int) -> list[Content]:
        if self.app.size.height >= TALL:
            return super().lines(width)
        glyph, _, style = OUTCOMES[Outcome.PASS]
        lines = [Content("")]
        for index, verdict in enumerate(self.verdicts):
            marked = "on $selected" if self.has_focus and index == self.cursor else ""
            title = (Content.styled(f"{glyph} ", style) + Content(self.titles[verdict.rule])).stylize(marked)
            if lines[-1] and lines[-1].cell_length + 2 + title.cell_length > width:
                lines.append(title)
            else:
                lines[-1] = Content("  ").join([lines[-1], title]) if lines[-1] else title
        return lines


class RuleList(VerdictList):
    """Rule titles with their outcomes, and the reason where one blocks; those that pass are only counted."""

    def __init__(self, verdicts: Iterable[Verdict], titles: dict[str, str]) -> None:
        verdicts = tuple(verdicts)
        super().__init__(verdict for verdict in verdicts if verdict.outcome != Outcome.PASS)
        self.titles = titles
        self.passing = len(verdicts) - len(self.verdicts)

    def lines(self, width: int) -> list[Content]:
        lines = super().lines(width) if self.verdicts else []
        if self.passing:
            glyph, _, style = OUTCOMES[Outcome.PASS]
            more = "more " if self.verdicts else ""
            words = f"{count_of(self.passing, f'{more}rule passes', f'{more}rules pass')}"
            lines += Content.assemble((f"{glyph} ", style), (words, "$muted")).wrap(width)
        return lines

    def draw(self, width: int) -> Drawn:
        drawn: Drawn = []
        for verdict in self.verdicts:
            glyph, _, style = OUTCOMES[verdict.outcome]
            lines = _hanging_indent(Content.styled(f"{glyph} ", style), Content(self.titles[verdict.rule]), width)
            if verdict.stops:
                lines += _hanging_indent(Content("  "), Content.styled(show(verdict.reason), style), width)
            drawn.append((verdict, lines))
        return drawn


def _hanging_indent(head: Content, text: Content, width: int) -> list[Content]:
    """Wrap text with a hanging indent of two cells."""
    wrapped = text.wrap(max(width - 2, 8))
    return [head + wrapped[0], *[Content("  ") + rest for rest in wrapped[1:]]]
