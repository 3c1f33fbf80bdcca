"""What a rule answers, and the one answer of many."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Outcome(StrEnum):
    PASS = "pass"
    BLOCKED = "blocked"
    WAIT = "wait"
    NOTICE = "notice"
    UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What a rule answers. `until`: the moment a wait is over, in UTC."""

    rule: str
    outcome: Outcome
    reason: str
    remedy: str = ""
    until: datetime | None = None

    @property
    def stops(self) -> bool:
        """Whether the act cannot be done now: blocked, waiting, or a fact it needs is unknown."""
        return self.outcome in {Outcome.BLOCKED, Outcome.WAIT, Outcome.UNKNOWN}


def overall(verdicts: Iterable[Verdict]) -> Outcome:
    """Sum up many answers: blocked before wait before unknown before pass. Notices pass."""
    outcomes = {verdict.outcome for verdict in verdicts}
    for outcome in (Outcome.BLOCKED, Outcome.WAIT, Outcome.UNKNOWN):
        if outcome in outcomes:
            return outcome
    return Outcome.PASS
