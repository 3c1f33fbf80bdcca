"""Cards at the right of a shop's page: what is due, the rules here, what happened lately."""

from collections.abc import Iterable

from textual.content import Content

from core.models import Event, Shop
from tui.shell import Shell
from tui.widgets.card import Card
from tui.widgets.lines import Lines
from tui.widgets.moments import brief
from tui.widgets.states import safe
from tui.widgets.verdicts import RuleList

NEXT, LATELY = 3, 4
"""How many reminders and events are shown."""


class Moments(Lines):
    """Moments, each with what belongs to it on the lines below."""

    def __init__(self, items: Iterable[tuple[Content, Content]], nothing: str) -> None:
        super().__init__()
        self.items = tuple(items)
        self.nothing = nothing

    def lines(self, width: int) -> list[Content]:
        if not self.items:
            return Content.styled(self.nothing, "$muted").wrap(width)
        lines = []
        for moment, what in self.items:
            lines += [moment, *(Content("  ") + line for line in what.wrap(width - 2))]
        return lines


def whats_next(app: Shell, shop: Shop) -> Card:
    """Return the card of what is due next. Raises ShoplinkError."""
    now = app.workspace.now()
    due = app.workspace.reminders.due(shop.id)
    items = [(Content.styled(f"◔ {brief(one.at, now, app.zone)}", "$warning"), safe(one.summary)) for one in due[:NEXT]]
    more = [(Content.styled(f"{len(due) - NEXT} more in Reminders", "$muted"), Content(""))] if len(due) > NEXT else []
    return Card("What's next", Moments([*items, *more], "Nothing is due."))


def rules_here(app: Shell, shop: Shop, groups: tuple[str, ...]) -> Card:
    """Return the card of the rules whose ids begin so; those that pass in one line. Raises ShoplinkError."""
    standing = [verdict for verdict in app.workspace.shops.standing(shop.id) if verdict.rule.startswith(groups)]
    return Card("Rules here", RuleList(standing, {rule.id: rule.title for rule in app.workspace.policy.rules.values()}))


def lately(app: Shell, shop: Shop) -> Card:
    """Return the card of the newest events. Raises ShoplinkError."""
    now = app.workspace.now()
    events = app.workspace.history.page(shop=shop.id, limit=LATELY).events
    items = [(Content.styled(brief(event.at, now, app.zone), "$muted"), _summary(event)) for event in events]
    return Card("Lately", Moments(items, "Nothing has happened yet."))


def _summary(event: Event) -> Content:
    return safe(event.summary, "$muted strike" if event.undone_by else "")
