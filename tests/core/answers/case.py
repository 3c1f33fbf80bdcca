"""One answer of a rule, and the situations that most answers are given in."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import NamedTuple

from core.models import LinkState
from core.situation import Situation
from core.verdict import Outcome
from tests.core.situations import FITS, link
from tests.support import NOW

PASS, BLOCKED, WAIT, NOTICE, UNKNOWN = Outcome.PASS, Outcome.BLOCKED, Outcome.WAIT, Outcome.NOTICE, Outcome.UNKNOWN
IN_REVIEW = LinkState.IN_REVIEW
OFFICIAL, ASKED_FOR = (link(),), (link(state=IN_REVIEW),)
BEFORE = datetime(2025, 10, 2, 23, 59, tzinfo=UTC)
"""A moment before Indonesia had a wait of its own."""
NOBODY = replace(FITS, account=None)


class Case(NamedTuple):
    """At each of these moments, a rule answers so in this situation; asked at `now`; `until`: the moment of the answer.

    `remedy`: the name of its remedy among the rule's remedies, if not the usual one.
    """

    moments: str
    situation: Situation
    outcome: Outcome
    reason: str
    until: datetime | None = None
    now: datetime = NOW
    remedy: str = ""


def given(**facts: object) -> Situation:
    """The fitting situation, with these facts instead of its own."""
    return replace(FITS, **facts)
