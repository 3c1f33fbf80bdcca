"""Cards at the right of a shop's page: the account, what is due, its rules, recent events."""

from collections.abc import Iterable, Sequence

from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from core.models import Account, Event, Shop
from tui.shell import Shell
from tui.widgets.avatar import Avatar
from tui.widgets.card import Card
from tui.widgets.facts import Facts
from tui.widgets.lines import Lines, wrapped
from tui.widgets.moments import brief
from tui.widgets.states import NOT_ENTERED, safe, yes_no
from tui.widgets.verdicts import RuleList

NEXT, LATELY = 3, 4
"""How many reminders and events are shown."""


class Moments(Lines):
    """Moments, each with its details on the lines below."""

    def __init__(self, items: Iterable[tuple[Content, Content]], nothing: str) -> None:
        super().__init__()
        self.items = tuple(items)
        self.nothing = nothing

    def lines(self, width: int) -> list[Content]:
        if not self.items:
            return Content.styled(self.nothing, "$muted").wrap(width)
        lines = []
        for moment, what in self.items:
            lines += [moment, *(Content("  ") + line for line in wrapped(what, width - 2))]
        return lines


def account_card(account: Account, more: Sequence[tuple[str, Content]] = ()) -> Card:
    """Return the card of an account with the facts that rules need. `more`: other facts."""
    kind = Content.styled(f"{account.kind} account" if account.kind else "type not entered", "$muted")
    name = safe(account.nickname, "bold") + Content("\n") if account.nickname else Content("")
    head = Horizontal(Avatar(account.username, account.nickname), Static(name + kind), classes="account")
    facts = [
        ("Region", safe(account.region) if account.region else NOT_ENTERED),
        ("Verified", yes_no(account.identity_verified)),
        ("Standing", Content(account.standing) if account.standing else NOT_ENTERED),
    ]
    return Card(safe(f"@{account.username}"), head, Facts([*facts, *more]))


def reminders_here(app: Shell, shop: Shop) -> Card:
    """Return the card of what is due first. Raises ShoplinkError."""
    now = app.workspace.now()
    due = app.workspace.reminders.find(shop.id)
    items = [(Content.styled(f"◔ {brief(one.at, now, app.zone)}", "$warning"), safe(one.summary)) for one in due[:NEXT]]
    more = [(Content.styled(f"{len(due) - NEXT} more", "$muted"), Content(""))] if len(due) > NEXT else []
    return Card("Reminders", Moments([*items, *more], "Nothing is due."))


def rules_here(app: Shell, shop: Shop, groups: tuple[str, ...]) -> Card:
    """Return the card of the rules with these prefixes; passing ones share a line. Raises ShoplinkError."""
    standing = [verdict for verdict in app.workspace.shops.standing(shop.id) if verdict.rule.startswith(groups)]
    return Card("Rules here", RuleList(standing))


def lately(app: Shell, shop: Shop) -> Card:
    """Return the card of the newest events. Raises ShoplinkError."""
    now = app.workspace.now()
    events = app.workspace.history.page(shop=shop.id, limit=LATELY).events
    items = [(Content.styled(brief(event.at, now, app.zone), "$muted"), _summary(event)) for event in events]
    return Card("Recent activity", Moments(items, "Nothing has happened yet."))


def _summary(event: Event) -> Content:
    return safe(event.summary, "$muted strike" if event.undone_by else "")
