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

    `certainty`: of what it rests on; `source` names that where it is reported or disputed. `policy`: the day from which
    the version holds that was asked.
    """

    rule: str
    outcome: Outcome
    reason: str
    remedy: str = ""
    until: datetime | None = None
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
