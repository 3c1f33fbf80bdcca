"""The rule of a shop's name."""

import re
from datetime import datetime

from core.policy import Policy, Said, Version
from core.rules.answer import Answer, notice, rank
from core.situation import Situation


def name(s: Situation, policy: Policy, now: datetime) -> Answer:
    name = s.name or s.shop.name
    held = policy.rules["shop.name"].at(s.shop.region, now)
    lengths: list[Version | Said] = [held["max_length"], *policy.rules["shop.name"].also]
    found: list[tuple[str, Version | Said | None]] = []
    if s.name_taken:
        found.append(("Another shop of this market in this record has this name.", None))
    found += [(f"“{word}” is not allowed in a shop's name.", held["never"]) for word in _words(held["never"], name)]
    found += [
        (f"“{word}” is only for brand owners and authorized sellers.", held["owners_only"])
        for word in _words(held["owners_only"], name)
    ]
    shorter = [source for source in lengths if len(name) > _most(source)]
    if shorter:
        found.append((f"A shop's name has at most {_most(shorter[0])} characters.", shorter[0]))
    reasons = [reason for reason, _ in found]
    least_sure = max((source for _, source in found if source), key=lambda source: rank(source.certainty), default=held["never"])
    return notice(" ".join([*reasons, "TikTok may review a new name."]), least_sure)


def _words(version: Version, name: str) -> list[str]:
    """List the version's words that occur in the name, in any case."""
    assert isinstance(version.value, tuple)
    return [word for word in version.value if re.search(rf"\b{re.escape(word)}\b", name, re.IGNORECASE)]


def _most(source: Version | Said) -> int:
    if isinstance(source, Said):
        return source.values["max_length"]
    assert isinstance(source.value, int)
    return source.value
