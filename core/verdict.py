"""When a rule is asked, what it answers, and how to sum up many answers."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Literal

Moment = Literal[
    "request",
    "create",
    "submit",
    "accept",
    "approve",
    "unlink",
    "add",
    "rename",
    "username",
    "invite",
    "join",
    "member",
    "state",
    "always",
]
"""When a rule is evaluated: requesting an existing account, creating an organization account, submitting for review,
a marketing holder's acceptance, approving, unlinking, adding or renaming a shop, changing a username, inviting a member,
an invited person's acceptance, changing a member, entering facts about an account, or at any time (the state of a shop)."""


class Outcome(StrEnum):
    PASS = "pass"
    BLOCKED = "blocked"
    WAIT = "wait"
    NOTICE = "notice"
    UNKNOWN = "unknown"


class Notice(StrEnum):
    """What a notice is about, in the order in which notices are read."""

    IRREVERSIBLE = "irreversible"
    """It cannot be undone."""
    CHANGE = "change"
    """Something changes with the act."""
    KNOW = "know"
    """It is good to know."""


class Certainty(StrEnum):
    """How certain a rule or a limit is, the most certain first."""

    SEED = "seed"
    """In the policy this program exists for."""
    PUBLISHED = "published"
    """On another TikTok page."""
    REPORTED = "reported"
    """In a copy or on a third party's page."""
    DISPUTED = "disputed"
    """TikTok's pages disagree."""


STOPPING = frozenset({Outcome.BLOCKED, Outcome.WAIT, Outcome.UNKNOWN})
"""The outcomes that keep an act from being done now."""

SURE = frozenset({Certainty.SEED, Certainty.PUBLISHED})
"""What can block. Anything less certain is a notice that names its source."""


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What a rule answers. `until`: the moment a wait is over, in UTC.

    `notice`: what a notice is about. `certainty`: of what the answer relies on; `source` names it if it is reported or
    disputed. `policy`: the first day of the version that was asked.
    """

    rule: str
    outcome: Outcome
    reason: str
    remedy: str = ""
    until: datetime | None = None
    notice: Notice = Notice.KNOW
    certainty: Certainty = Certainty.SEED
    source: str = ""
    policy: date | None = None

    @property
    def stops(self) -> bool:
        """Whether the act is stopped for now: blocked, waiting, or missing a fact."""
        return self.outcome in STOPPING


def overall(verdicts: Iterable[Verdict]) -> Outcome:
    """Sum up many answers: blocked before wait before unknown before pass. Notices pass."""
    outcomes = {verdict.outcome for verdict in verdicts}
    for outcome in (Outcome.BLOCKED, Outcome.WAIT, Outcome.UNKNOWN):
        if outcome in outcomes:
            return outcome
    return Outcome.PASS


def wait_over(verdicts: Collection[Verdict]) -> datetime | None:
    """Find when the wait is over, in UTC; None unless a wait is all that stops it."""
    waits = [verdict.until for verdict in verdicts if verdict.outcome == Outcome.WAIT and verdict.until]
    return max(waits) if waits and overall(verdicts) == Outcome.WAIT else None


def decisive(stopping: Sequence[Verdict]) -> Verdict:
    """Return the verdict that decides, whose remedy is the one to follow: an act that is blocked won't be possible later."""
    return next(verdict for verdict in stopping if verdict.outcome == overall(stopping))


def by_notice(verdicts: Iterable[Verdict]) -> dict[Notice, list[Verdict]]:
    """Group the notices by kind, in the order of the kinds, leaving out empty ones."""
    notices = [verdict for verdict in verdicts if verdict.outcome == Outcome.NOTICE]
    grouped = {kind: [verdict for verdict in notices if verdict.notice == kind] for kind in Notice}
    return {kind: found for kind, found in grouped.items() if found}


def in_reading_order(verdicts: Iterable[Verdict]) -> list[Verdict]:
    """Sort for reading: what stops, notices by kind, what passes; each in the catalog's order."""
    kinds = list(Notice)

    def place(verdict: Verdict) -> int:
        if verdict.stops:
            return -1
        return kinds.index(verdict.notice) if verdict.outcome == Outcome.NOTICE else len(kinds)

    return sorted(verdicts, key=place)
