"""The answers of a rule's check."""

from datetime import datetime, timedelta
from typing import NamedTuple

from core.clock import in_words
from core.policy import Said, Source, Version
from core.situation import Situation
from core.verdict import Certainty, Outcome


class Answer(NamedTuple):
    """The result of a check.

    `rests_on`: the limit or source that decided, if any. `remedy`: which of the rule's remedies helps, if not its usual one.
    """

    outcome: Outcome
    reason: str
    until: datetime | None = None
    rests_on: Version | Said | None = None
    remedy: str = ""


def passes(reason: str, rests_on: Version | Said | None = None) -> Answer:
    return Answer(Outcome.PASS, reason, None, rests_on)


def blocked(reason: str, rests_on: Version | Said | None = None, *, remedy: str = "") -> Answer:
    return Answer(Outcome.BLOCKED, reason, None, rests_on, remedy)


def notice(reason: str, rests_on: Version | Said | None = None) -> Answer:
    return Answer(Outcome.NOTICE, reason, None, rests_on)


def unknown(reason: str, rests_on: Version | Said | None = None) -> Answer:
    return Answer(Outcome.UNKNOWN, reason, None, rests_on)


def possible(s: Situation, wait: timedelta) -> str:
    """Say when something is possible, or was, as seen from the moment for which the rule is asked."""
    return f"was possible only {in_words(wait)} later" if s.is_past else f"is possible in {in_words(wait)}"


def rank(certainty: Certainty) -> int:
    """Number a certainty: the less certain, the higher."""
    return list(Certainty).index(certainty)


def named_source(certainty: Certainty, source: Source) -> str:
    """Name the source of an uncertain rule, in a sentence."""
    how = "Sources disagree; see" if certainty == Certainty.DISPUTED else "Source:"
    return f"{how} {source}."
