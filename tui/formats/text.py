"""Put links, shops and events in plain words, for tickets, commands and screens."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from core import words
from core.clock import in_words
from core.models import Event, Link, LinkState, Role
from core.plurals import count_of
from core.text import mask_email, mask_phone, show
from core.verdict import Outcome, Verdict, overall, wait_over
from core.workspace import Workspace


def ticket(workspace: Workspace, link: Link) -> str:
    """Format a link's facts as text, with phone and email masked and times in UTC.

    It says when unlinking becomes possible, and which rules block or wait at the link's next step.
    """
    shop, account = workspace.shops.get(link.shop), workspace.links.account(link)
    status = workspace.shops.status(link.shop)
    verdicts = workspace.links.check_next(link.id)
    titles = {rule.id: rule.title for rule in workspace.policy.rules.values()}
    pairs: list[tuple[str, object]] = [
        ("Link", link.id),
        ("Shop", f"{shop.code}, {shop.name}, {shop.region}"),
        ("Role", link.role),
        ("State", words.STATES[link.state]),
        ("Account", f"@{account.username}" + (f", {account.nickname}" if account.nickname else "")),
        ("Account type", account.kind or "unknown"),
        ("Account region", account.region or "unknown"),
        ("Phone", mask_phone(account.phone) if account.phone else None),
        ("Email", mask_email(account.email) if account.email else None),
        ("Requested", link.requested_at),
        ("Authorize by", link.authorize_by if link.state == LinkState.AWAITING_AUTHORIZATION else None),
        ("Authorized", link.authorized_at),
        ("Sent to review", link.submitted_at),
        ("Decided", link.decided_at),
        ("Linked", link.linked_at),
        ("Unlinked", link.unlinked_at),
        ("Reason", link.reason),
        (words.label("against"), ", ".join(titles[rule] for rule in link.against) or None),
        ("Unlinks", status.unlinks_words if link.role == Role.OFFICIAL else None),
        ("Unlink from", _unlink_from(verdicts) if link.state == LinkState.LINKED else None),
        *((_STOPS[verdict.outcome], f"{verdict.reason} (rule: {titles[verdict.rule]})") for verdict in verdicts if verdict.stops),
        ("Written", workspace.now()),
    ]
    lines = []
    for name, value in pairs:
        if value is not None:
            text = f"{value:%Y-%m-%d %H:%M} UTC" if isinstance(value, datetime) else show(str(value), 400)
            lines.append(f"{name + ':':<18}{text}")
    if workspace.shifted_by:
        lines.append(f"Practice: the clock was moved forward by {in_words(workspace.shifted_by)}.")
    elif workspace.scenario:
        lines.append("Practice: no real shop.")
    return "\n".join(lines) + "\n"


_STOPS = {Outcome.BLOCKED: "Blocked", Outcome.WAIT: "Waiting", Outcome.UNKNOWN: "Unknown"}


def _unlink_from(verdicts: tuple[Verdict, ...]) -> datetime | str:
    """Say when the link can be unlinked, according to the verdicts."""
    if overall(verdicts) == Outcome.PASS:
        return "now"
    return wait_over(verdicts) or "not possible"


def entered_later(event: Event, least: timedelta) -> str:
    """Format how much later an event was entered, as `2 days later`; empty if less than `least`."""
    late = event.recorded_at - event.at
    return f"{_span_words(late)} later" if late >= least else ""


def event_notes(event: Event, titles: Mapping[str, str]) -> tuple[str, ...]:
    """List what else to say about an event: entered later, against a rule, undone, its note. `titles`: of rules, by id."""
    late = entered_later(event, LATE)
    found = [f"entered {late}" + (f" by {event.entered_by}" if event.entered_by != event.actor else "")] if late else []
    found += [f"recorded despite the rule “{titles.get(rule, rule)}”" for rule in event.against]
    if event.note:
        found.append(f"note: {event.note}")
    if event.undone_by:
        found.append(f"undone by {event.undone_by}")
    return tuple(found)


@dataclass(frozen=True, kw_only=True)
class EventDetails:
    """Puts the details of an event in words. `titles`: of rules, by id; `moment`: formats a moment."""

    titles: Mapping[str, str]
    moment: Callable[[datetime], str]

    def pairs(self, found: Mapping[str, Any], owner: str = "", only: Sequence[str] | None = None) -> Iterator[tuple[str, str]]:
        """Yield labels and values, without empty ones. `owner`: the field whose fields they are.

        `only`: the fields of the rows in it to show; None: all. An event that names the facts that changed shows only those.
        """
        changed = found.get("facts") if not owner else only
        for name, value in found.items():
            if isinstance(value, dict):
                yield from self.pairs(value, name, changed if isinstance(changed, list) and name not in changed else None)
            elif name not in HIDDEN and value not in (None, "", []) and (only is None or name in only):
                counted = f"{words.label(owner)}: " if owner in COUNTED else ""
                facts_of = "shop" if name == "facts" and "shop" in found else owner
                yield f"{counted}{show(words.label(name, owner), 40)}", self._value(name, value, facts_of)

    def _value(self, name: str, value: Any, owner: str) -> str:
        if isinstance(value, list):
            if name == "facts":
                return words.named(map(str, value), owner)
            return ", ".join(f"@{one}" if name == "former" else self.titles.get(str(one), str(one)) for one in value)
        if name.endswith("_seconds") and isinstance(value, int | float):
            return in_words(timedelta(seconds=value))
        if isinstance(value, str) and name.endswith(("_at", "_by", "_until")):
            try:
                return self.moment(datetime.fromisoformat(value))
            except ValueError:
                pass  # a person's name
        return words.value(name, value)


HIDDEN = frozenset({"id", "shop", "account", "seller", "entry"})
"""Ids in an event's details: they are shown with the event already, or mean nothing to people."""
COUNTED = frozenset({"created", "updated"})
"""What holds the numbers of imported rows by kind."""
LATE = timedelta(minutes=1)
"""The delay from which an event is said to be entered later."""


def _span_words(span: timedelta) -> str:
    """Format as `2 days`, `5 hours` or `10 minutes`."""
    if span >= timedelta(days=1):
        return count_of(span.days, "day")
    hours, minutes = divmod(span // timedelta(minutes=1), 60)
    return count_of(hours, "hour") if hours else count_of(minutes, "minute")
