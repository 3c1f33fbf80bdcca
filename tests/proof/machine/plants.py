"""Bugs, planted one at a time: in the rules, in the use cases and, where a safeguard of the file would hide them, in the file."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

from core import record, rules
from core.links import Links
from core.models import EventKind
from core.policy import Policy
from core.rules import Answer
from core.situation import Situation
from core.store import links as link_rows
from core.store import members as member_rows
from core.verdict import Outcome
from core.workspace import Workspace

MS = timedelta(milliseconds=1)


@dataclass(frozen=True)
class Plant:
    """One bug: what is changed in the program, and which triggers are taken out of the file."""

    patches: tuple[Any, ...]
    triggers: tuple[str, ...] = ()

    @contextmanager
    def growing(self) -> Iterator[None]:
        with ExitStack() as stack:
            for one in self.patches:
                stack.enter_context(one)
            yield

    def dig(self, path: Path) -> None:
        """Take the safeguards out of a file."""
        with sqlite3.connect(path) as connection:
            for trigger in self.triggers:
                connection.execute(f"DROP TRIGGER {trigger}")
        connection.close()


def _answers(changed: Callable[[Situation, Policy, datetime, rules.Check], Answer], *named: str) -> tuple[Any, ...]:
    """The checks of these rules, each as `changed` makes it of the true one."""
    return tuple(
        patch.dict(rules.CHECKS, {name: lambda s, policy, now, true=rules.CHECKS[name]: changed(s, policy, now, true)})
        for name in named
    )


def _instead(stops: Outcome, answer: Outcome, *named: str, moments: tuple[str, ...] = ()) -> tuple[Any, ...]:
    """These rules answer otherwise where they would have stopped."""

    def changed(s: Situation, policy: Policy, now: datetime, true: rules.Check) -> Answer:
        found = true(s, policy, now)
        return Answer(answer, "") if found.outcome == stops and (not moments or s.moment in moments) else found

    return _answers(changed, *named)


def _earlier(s: Situation, policy: Policy, now: datetime, true: rules.Check) -> Answer:
    return true(s, policy, now + MS)


def _late(module: Any) -> Any:
    overdue = module.overdue
    return patch.object(module, "overdue", lambda store, now: overdue(store, now - MS))


def _record(changed: Callable[[EventKind, dict[str, Any]], dict[str, Any] | None]) -> tuple[Any, ...]:
    """Events as `changed` makes them; None: it is not told."""
    add_event = Workspace.add_event

    def told(self: Workspace, kind: EventKind, summary: str, **more: Any) -> None:
        if (kept := changed(kind, more)) is not None:
            add_event(self, kind, summary, **kept)

    return (patch.object(Workspace, "add_event", told),)


def _limit(name: str, value: int) -> tuple[Any, ...]:
    limit = Policy.limit
    return (
        patch.object(
            Policy, "limit", lambda self, rule, named, market=None: value if named == name else limit(self, rule, named, market)
        ),
    )


def _without_link(kind: EventKind, more: dict[str, Any]) -> dict[str, Any] | None:
    return {**more, "details": {}} if kind == EventKind.LINK_EXPIRED else more


def _not_renamed(kind: EventKind, more: dict[str, Any]) -> dict[str, Any] | None:
    return None if kind == EventKind.ACCOUNT_RENAMED else more


def _twice() -> tuple[Any, ...]:
    add_event = Workspace.add_event

    def told(self: Workspace, kind: EventKind, summary: str, **more: Any) -> None:
        for _ in range(2 if kind == EventKind.MEMBER_REMOVED else 1):
            add_event(self, kind, summary, **more)

    return (patch.object(Workspace, "add_event", told),)


FITS = ("link_account_fits", "link_account_still_fits")
BLOCKED, WAIT, PASS, NOTICE, UNKNOWN = Outcome.BLOCKED, Outcome.WAIT, Outcome.PASS, Outcome.NOTICE, Outcome.UNKNOWN

NAMED = {
    "the 24 hours are not waited for": Plant(
        _instead(WAIT, PASS, "official.unlink-wait", "marketing.unlink-wait"), ("link_unlink_wait",)
    ),
    "a fourth unlink is allowed": Plant(_instead(BLOCKED, NOTICE, "official.unlink-limit"), ("link_unlink_limit",)),
    "a fifth place is allowed": Plant(_instead(BLOCKED, PASS, "marketing.limit"), ("link_limits_added",)),
    "a rename leaves the account behind": Plant((), ("official_name_on_rename",)),
}
"""Those that the short form plants too."""

PLANTS = NAMED | {
    "the 24 hours end a millisecond early": Plant(_answers(_earlier, "official.unlink-wait"), ("link_unlink_wait",)),
    "a request expires a millisecond late": Plant((_late(link_rows),)),
    "an invitation expires a millisecond late": Plant((_late(member_rows),)),
    "the holder has 49 hours": Plant(_limit("answer_hours", 49)),
    "the last unlink needs no name": Plant((patch.object(Links, "unlink_needs_name", lambda self, id: False),)),
    "an eleventh marketing link is allowed": Plant(_instead(WAIT, PASS, "marketing.link-frequency"), ("marketing_frequency",)),
    "the acceptance does not count the links again": Plant(
        _instead(WAIT, PASS, "marketing.link-frequency", moments=("accept",)), ("marketing_frequency",)
    ),
    "a probation does not matter": Plant(_instead(WAIT, PASS, "marketing.no-probation"), ("marketing_probation",)),
    "another region is allowed": Plant(_instead(BLOCKED, PASS, "official.region-match", "marketing.region-match"), FITS),
    "an unknown fact passes": Plant(_instead(UNKNOWN, PASS, "account.verified")),
    "the review does not look at the standing again": Plant(
        _instead(BLOCKED, PASS, "account.good-standing", moments=("approve", "accept")), FITS
    ),
    "an organization account links to two sellers": Plant(_instead(BLOCKED, PASS, "org.one-seller")),
    "an organization account links to another entity": Plant(_instead(BLOCKED, PASS, "org.same-entity"), FITS),
    "an account becomes an organization account": Plant(_instead(BLOCKED, PASS, "org.no-conversion"), ("account_kind",)),
    "the last admin may go": Plant(_instead(BLOCKED, NOTICE, "org.members", moments=("member",)), ("member_last_admin",)),
    "a clock that went back is believed": Plant((patch.object(record, "CLOCK_TOLERANCE", timedelta(days=1000)),)),
    "an event is missing": Plant(_record(_not_renamed)),
    "an event is told twice": Plant(_twice()),
    "an event does not hold what is after it": Plant(_record(_without_link)),
}
