"""Lists of rule verdicts with their reasons and remedies; enter opens the rule."""

from collections.abc import Iterable

from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.geometry import Region

from core import policy
from core.links import Check
from core.plurals import count_of
from core.text import show
from core.verdict import Notice, Outcome, Verdict, by_notice
from tui.messages import VerdictChosen
from tui.widgets.card import Card
from tui.widgets.lines import Hanging, Lines, hanging, marked
from tui.widgets.page import Page
from tui.widgets.states import NOTICES, OUTCOMES, glyph

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
        self.verdicts = self.together(verdicts)
        self.cursor = 0
        self.can_focus = bool(self.verdicts)

    def show(self, verdicts: Iterable[Verdict]) -> None:
        """Replace the verdicts."""
        self.verdicts = self.together(verdicts)
        self.cursor = 0
        self.can_focus = bool(self.verdicts)
        self.refresh(layout=True)

    def resume(self, before: "VerdictList") -> None:
        """Select the rule that was selected in the list in whose place this one is; if it is gone, what took its place."""
        selected = before.verdicts[before.cursor].rule if before.verdicts and before.cursor >= 0 else None
        same = (index for index, verdict in enumerate(self.verdicts[: self.end]) if verdict.rule == selected)
        self.cursor = next(same, min(before.cursor, self.end - 1))

    def together(self, verdicts: Iterable[Verdict]) -> tuple[Verdict, ...]:
        """Put verdicts with the same reason together; of those drawn as a reason only, keep one."""
        return tuple(verdict for same in _by_reason(verdicts) for index, verdict in enumerate(same) if not index or verdict.stops)

    def draw(self, width: int) -> Drawn:
        """Return the verdicts, each with its lines of text."""
        raise NotImplementedError

    def lines(self, width: int) -> list[Content]:
        lines = [] if self.verdicts else Content.styled(self.nothing, "$muted").wrap(width)
        for index, (_, drawn) in enumerate(self.draw(width)):
            lines += self.marked(drawn, width) if index == self.cursor else drawn
        return lines

    def marked(self, lines: list[Content], width: int) -> list[Content]:
        """Mark the selected verdict while the list has the focus."""
        if not self.has_focus:
            return lines
        return [line.extend_right(max(0, width - line.cell_length)).stylize("on $selected") for line in lines]

    def on_focus(self) -> None:
        self.refresh()

    def on_blur(self) -> None:
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        if (line := event.get_content_offset(self)) is not None:
            self.open_at(line.y)

    def open_at(self, y: int) -> None:
        """Open the rule that is drawn at this line, counted from the first verdict's."""
        row = 0
        for index, (_, drawn) in enumerate(self.draw(max(self.content_size.width, 1))):
            row += len(drawn)
            if y < row:
                self.cursor = index
                self.action_open()
                return

    def action_move(self, step: int) -> None:
        if self.first <= self.cursor + step < self.end:
            self.cursor += step
            self.refresh()
            self._scroll_to_cursor()
        elif step > 0:
            self.screen.focus_next()
        else:
            self.screen.focus_previous()

    @property
    def first(self) -> int:
        """The first position of the cursor."""
        return 0

    @property
    def end(self) -> int:
        """The position after the cursor's last one."""
        return len(self.verdicts)

    def _scroll_to_cursor(self) -> None:
        """Scroll the page so that the selected lines are visible."""
        drawn = [len(lines) for _, lines in self.draw(max(self.content_size.width, 1))]
        heads = self.cursor - self.first - max(self.cursor, 0)  # lines above the verdicts that the cursor has passed
        top = heads + sum(drawn[: max(self.cursor, 0)])
        height = drawn[self.cursor] if self.cursor >= 0 else 1
        for column in self.ancestors:
            if isinstance(column, Page):
                y = self.region.y - column.region.y + round(column.scroll_y) + top
                column.scroll_to_region(Region(0, y, 1, height), animate=False)

    def action_open(self) -> None:
        if self.verdicts:
            self.post_message(VerdictChosen(self.verdicts[self.cursor]))


class Verdicts(VerdictList):
    """Verdicts with their reasons; those that stop also name the rule and what to do."""

    def draw(self, width: int) -> Drawn:
        drawn: Drawn = []
        for before, verdict, after in zip((None, *self.verdicts), self.verdicts, (*self.verdicts[1:], None), strict=False):
            lines = _stopping(verdict, before, width) if verdict.stops else _reason(verdict, width)
            again = after and (after.outcome, after.reason, after.remedy) == (verdict.outcome, verdict.reason, verdict.remedy)
            if verdict.stops and verdict.remedy and not again:
                lines += hanging(Content("  "), Content(show(verdict.remedy)), width)
            drawn.append((verdict, lines))
        return drawn


class Passing(VerdictList):
    """One line that says how many rules pass; enter unfolds it into the rules with reasons."""

    def __init__(self, verdicts: Iterable[Verdict], *, id: str | None = None) -> None:
        super().__init__(verdicts, id=id)
        self.unfolded = False
        self.cursor = self.first

    def together(self, verdicts: Iterable[Verdict]) -> tuple[Verdict, ...]:
        """Keep all: they are counted."""
        return tuple(verdicts)

    @property
    def key_words(self) -> dict[str, str]:
        """The footer's word for enter on the line that unfolds."""
        return {"open": "Hide them" if self.unfolded else "See them"} if self.cursor < 0 else {}

    @property
    def first(self) -> int:
        return -1

    @property
    def end(self) -> int:
        return len(self.verdicts) if self.unfolded else 0

    def resume(self, before: VerdictList) -> None:
        if isinstance(before, Passing) and before.unfolded:
            self.unfolded = True
            self.refresh(layout=True)
        super().resume(before)

    def draw(self, width: int) -> Drawn:
        if not self.unfolded:
            return []
        return [(verdict, [Content("  ") + line for line in _reason(verdict, max(width - 2, 10))]) for verdict in self.verdicts]

    def lines(self, width: int) -> list[Content]:
        if not self.verdicts:
            return []
        sign, _, style = OUTCOMES[Outcome.PASS]
        does = f" to {self.key_words['open'].lower()}" if self.has_focus and self.cursor < 0 else ""
        hint = Content.assemble("   ", ("enter", "$accent bold"), (does, "$muted")) if does else Content("")
        count = count_of(len(self.verdicts), "rule passes", "rules pass")
        head = [Content.assemble((f"{sign} ", style), (count, "$muted")) + hint]
        return (self.marked(head, width) if self.cursor < 0 else head) + super().lines(width)

    def on_click(self, event: events.Click) -> None:
        line = event.get_content_offset(self)
        if line is not None and line.y == 0:
            self.cursor = self.first
            self.action_open()
        elif line is not None:
            self.open_at(line.y - 1)

    def action_move(self, step: int) -> None:
        super().action_move(step)
        self.screen.refresh_bindings()

    def action_open(self) -> None:
        if self.cursor >= 0:
            super().action_open()
        else:
            self.unfolded = not self.unfolded
            self.refresh(layout=True)
        self.screen.refresh_bindings()


class RuleList(VerdictList):
    """Verdicts that stop, with their reasons and rules; the titles of notices; passing ones are only counted."""

    def __init__(self, verdicts: Iterable[Verdict]) -> None:
        verdicts = tuple(verdicts)
        super().__init__(verdict for verdict in verdicts if verdict.outcome != Outcome.PASS)
        self.passing = len(verdicts) - len(self.verdicts)

    def together(self, verdicts: Iterable[Verdict]) -> tuple[Verdict, ...]:
        """Put verdicts with the same reason together."""
        return tuple(verdict for same in _by_reason(verdicts) for verdict in same)

    def lines(self, width: int) -> list[Content]:
        lines = super().lines(width) if self.verdicts else []
        if self.passing:
            sign, _, style = OUTCOMES[Outcome.PASS]
            more = "more " if self.verdicts else ""
            words = count_of(self.passing, f"{more}rule passes", f"{more}rules pass")
            lines += Content.assemble((f"{sign} ", style), (words, "$muted")).wrap(width)
        return lines

    def draw(self, width: int) -> Drawn:
        drawn: Drawn = []
        for before, verdict in zip((None, *self.verdicts), self.verdicts, strict=False):
            named = hanging(glyph(verdict), Content(_title(verdict)), width)
            drawn.append((verdict, _stopping(verdict, before, width) if verdict.stops else named))
        return drawn


def notice_cards(verdicts: Iterable[Verdict]) -> list[Card]:
    """Build a card for each kind of notice in reading order; only the first kind warns."""
    return [
        Card(NOTICES[kind][1], Verdicts(found), classes="notices -warning" if kind == Notice.IRREVERSIBLE else "notices")
        for kind, found in by_notice(verdicts).items()
    ]


def spelling(check: Check) -> Iterable[Hanging]:
    """Warn of a former username, and of the accounts that look like the one that is checked."""
    words = (*check.former, *check.spelling)
    return [Hanging(marked("!", show(one), "$warning"), classes="warning") for one in words]


def _by_reason(verdicts: Iterable[Verdict]) -> Iterable[list[Verdict]]:
    """Group verdicts by outcome and reason, in the order of the first of each."""
    groups: dict[tuple[Outcome, str], list[Verdict]] = {}
    for verdict in verdicts:
        groups.setdefault((verdict.outcome, verdict.reason), []).append(verdict)
    return groups.values()


def _title(verdict: Verdict) -> str:
    return policy.load().rules[verdict.rule].title


def _stopping(verdict: Verdict, before: Verdict | None, width: int) -> list[Content]:
    """Draw what stops, and the rule that says so; only the rule if the verdict `before` it has the same reason.

    The reason says what is wrong. A rule's title can read as if all were well.
    """
    again = before and (before.outcome, before.reason) == (verdict.outcome, verdict.reason)
    style = f"{OUTCOMES[verdict.outcome][2]} bold"
    lines = [] if again else hanging(glyph(verdict), Content.styled(show(verdict.reason), style), width)
    return [*lines, *hanging(Content("  "), Content.styled(f"Rule: {_title(verdict)}", "$muted"), width)]


def _reason(verdict: Verdict, width: int) -> list[Content]:
    return hanging(glyph(verdict), Content(show(verdict.reason)), width)
