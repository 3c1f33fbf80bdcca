"""What the rules answer: a glyph, the reason, and the remedy where one is needed."""

from collections.abc import Iterable

from textual.content import Content

from core.models import Outcome, Verdict
from core.text import show
from tui.widgets.lines import Lines
from tui.widgets.states import OUTCOMES


class Verdicts(Lines):
    """Verdicts, one under the other, with the remedy of what stops something unless it is told elsewhere."""

    def __init__(self, verdicts: Iterable[Verdict], *, remedies: bool = True) -> None:
        super().__init__()
        self.verdicts = tuple(verdicts)
        self.remedies = remedies

    def lines(self, width: int) -> list[Content]:
        lines: list[Content] = []
        for verdict in self.verdicts:
            glyph, words, style = OUTCOMES[verdict.outcome]
            outcome = f"{words}: " if verdict.outcome in {Outcome.BLOCKED, Outcome.WAIT, Outcome.UNKNOWN} else ""
            text = Content.assemble((f"{outcome}", style), show(verdict.reason))
            lines += _hanging(Content.styled(f"{glyph} ", style), text, width)
            if verdict.stops:
                remedy = f"{show(verdict.remedy)} " if self.remedies else ""
                lines += _hanging(Content("  "), Content.styled(f"{remedy}({verdict.rule})", "$muted"), width)
        return lines


class Passing(Lines):
    """What passes: a line each where there is room, one paragraph where a whole page has to fit 24 rows."""

    def __init__(self, verdicts: Iterable[Verdict], titles: dict[str, str]) -> None:
        super().__init__()
        self.verdicts = tuple(verdicts)
        self.titles = titles

    def lines(self, width: int) -> list[Content]:
        glyph, _, style = OUTCOMES[Outcome.PASS]
        if self.app.size.height >= 30:
            return [
                line
                for verdict in self.verdicts
                for line in _hanging(Content.styled(f"{glyph} ", style), Content(show(verdict.reason)), width)
            ]
        lines = [Content("")]
        for verdict in self.verdicts:
            title = Content.styled(f"{glyph} ", style) + Content(self.titles[verdict.rule])
            if lines[-1] and lines[-1].cell_length + 2 + title.cell_length > width:
                lines.append(title)
            else:
                lines[-1] = Content("  ").join([lines[-1], title]) if lines[-1] else title
        return lines


class RuleList(Lines):
    """Rules by their titles, each with how it stands; the reason too where one stops something."""

    def __init__(self, verdicts: Iterable[Verdict], titles: dict[str, str]) -> None:
        super().__init__()
        self.verdicts = tuple(verdicts)
        self.titles = titles

    def lines(self, width: int) -> list[Content]:
        lines: list[Content] = []
        for verdict in self.verdicts:
            glyph, _, style = OUTCOMES[verdict.outcome]
            lines += _hanging(Content.styled(f"{glyph} ", style), Content(self.titles[verdict.rule]), width)
            if verdict.stops:
                lines += _hanging(Content("  "), Content.styled(show(verdict.reason), style), width)
        return lines


def _hanging(head: Content, text: Content, width: int) -> list[Content]:
    wrapped = text.wrap(max(width - 2, 8))
    return [head + wrapped[0], *[Content("  ") + rest for rest in wrapped[1:]]]
