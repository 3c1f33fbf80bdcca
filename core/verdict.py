"""What a rule answers, and the one answer of many."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


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
    """How sure a rule or a limit is, the surest first."""

    SEED = "seed"
    """In the policy this program exists for."""
    PUBLISHED = "published"
    """On another page of TikTok's."""
    REPORTED = "reported"
    """In a copy, or on a third party's page."""
    DISPUTED = "disputed"
    """Pages of TikTok's disagree."""


STOPPING = frozenset({Outcome.BLOCKED, Outcome.WAIT, Outcome.UNKNOWN})
"""What keeps an act from being done now."""

SURE = frozenset({Certainty.SEED, Certainty.PUBLISHED})
"""What can block. Anything less sure is a notice that names its source."""


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What a rule answers. `until`: the moment a wait is over, in UTC.

    `notice`: what a notice is about. `certainty`: of what it rests on; `source` names that where it is reported or
    disputed. `policy`: the day from which the version holds that was asked.
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
        """Whether the act cannot be done now: blocked, waiting, or a fact it needs is unknown."""
        return self.outcome in STOPPING


def overall(verdicts: Iterable[Verdict]) -> Outcome:
    """Sum up many answers: blocked before wait before unknown before pass. Notices pass."""
    outcomes = {verdict.outcome for verdict in verdicts}
    for outcome in (Outcome.BLOCKED, Outcome.WAIT, Outcome.UNKNOWN):
        if outcome in outcomes:
            return outcome
    return Outcome.PASS


def by_notice(verdicts: Iterable[Verdict]) -> dict[Notice, list[Verdict]]:
    """Group the notices by what they are about, in the order of the kinds; kinds without any are left out."""
    notices = [verdict for verdict in verdicts if verdict.outcome == Outcome.NOTICE]
    grouped = {kind: [verdict for verdict in notices if verdict.notice == kind] for kind in Notice}
    return {kind: found for kind, found in grouped.items() if found}


def in_reading_order(verdicts: Iterable[Verdict]) -> list[Verdict]:
    """Sort for reading: what stops, the notices by kind, what passes; each as the catalog has them."""
    kinds = list(Notice)

    def place(verdict: Verdict) -> int:
        if verdict.stops:
            return -1
        return kinds.index(verdict.notice) if verdict.outcome == Outcome.NOTICE else len(kinds)

    return sorted(verdicts, key=place)
