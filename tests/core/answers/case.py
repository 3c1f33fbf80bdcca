"""One answer of a rule, and the situations that most answers are given in."""

from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from core.models import LinkState
from core.situation import Situation
from core.verdict import Outcome
from tests.core.situations import FITS, link

PASS, BLOCKED, WAIT, NOTICE, UNKNOWN = Outcome.PASS, Outcome.BLOCKED, Outcome.WAIT, Outcome.NOTICE, Outcome.UNKNOWN
IN_REVIEW = LinkState.IN_REVIEW
OFFICIAL, ASKED_FOR = (link(),), (link(state=IN_REVIEW),)
NOBODY = replace(FITS, account=None)


class Case(NamedTuple):
    """At each of these moments, a rule answers so in this situation; `until` is the moment it answers with, if any."""

    moments: str
    situation: Situation
    outcome: Outcome
    reason: str
    until: datetime | None = None


def given(**facts: object) -> Situation:
    """The fitting situation, with these facts instead of its own."""
    return replace(FITS, **facts)
