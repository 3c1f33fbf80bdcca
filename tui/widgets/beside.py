"""Cards that stand beside a page: the account it is about, what is due, the rules here."""

from collections.abc import Iterable, Sequence
from datetime import tzinfo

from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from core.models import Account
from core.reminders import Reminder
from core.verdict import Verdict
from tui.widgets.avatar import Avatar
from tui.widgets.card import Card
from tui.widgets.entries import Entries
from tui.widgets.facts import Facts
from tui.widgets.moments import short
from tui.widgets.states import safe
from tui.widgets.verdicts import RuleList

NOT_ENTERED = Content.styled("not entered", "$muted")


def account_card(account: Account, more: Sequence[tuple[str, Content]] = ()) -> Card:
    """Build the card of an account: what it is, and the facts that rules ask for. `more`: other facts."""
    kind = f"{account.kind} account" if account.kind else "type not entered"
    name = safe(account.nickname, "bold") + Content("\n") if account.nickname else Content("")
    head = Horizontal(
        Avatar(account.username, account.nickname), Static(name + Content.styled(kind, "$muted")), classes="account"
    )
    facts = [
        ("Region", safe(account.region) if account.region else NOT_ENTERED),
        ("Verified", yes_no(account.identity_verified)),
        ("Standing", Content(account.standing) if account.standing else NOT_ENTERED),
    ]
    return Card(safe(f"@{account.username}"), head, Facts([*facts, *more]), id="beside-account")


def due_card(reminders: Iterable[Reminder], zone: tzinfo | None) -> Card:
    """Build the card of what is due, soonest first."""
    pairs = [
        (Content.assemble(("◔ ", "$warning"), (short(reminder.at, zone), "bold")), safe(reminder.summary))
        for reminder in reminders
    ]
    return Card("What's next", Entries(pairs, nothing="Nothing is due."), id="beside-due")


def rules_card(standing: Iterable[Verdict], groups: tuple[str, ...]) -> Card:
    """Build the card of the rules whose ids start with one of the groups, as the shop stands with them."""
    return Card("Rules here", RuleList([verdict for verdict in standing if verdict.rule.startswith(groups)]), id="beside-rules")


def yes_no(fact: bool | None) -> Content:
    """Format a fact that may not be entered."""
    return NOT_ENTERED if fact is None else Content("yes" if fact else "no")
