"""Find names that look alike. A lookalike causes a notice, never a refusal.

Names are compared by their skeleton, in which characters that look the same are replaced by one of them.
"""

import difflib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache

import data
from core.text import show

COMPARED = 500
"""Maximum number of names to compare with, each of the same seller and with the same beginning."""

LEAST = 3
"""Letters of a part of a name that are enough to find it."""
CLOSE = 0.61
"""How similar a known name has to be, from 0 to 1."""
MAX_EXAMPLES = 3
"""Maximum number of names that are asked about."""


def skeleton(name: str) -> str:
    """Replace characters that look the same: lookalikes get equal skeletons."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    for looks, like in _table()["sequences"].items():
        plain = plain.replace(looks, like)
    signs = _table()["signs"]
    return "".join(signs.get(char, char) for char in plain if char.isalnum()) or plain  # a name of nothing but signs keeps them


def alike(name: str, others: Iterable[str]) -> tuple[str, ...]:
    """List those of `others` that look like `name` without being equal to it."""
    own = skeleton(name)
    return tuple(other for other in others if other != name and skeleton(other) == own)


def closest(name: str, known: Iterable[str]) -> str:
    """Return the known name closest to `name`; "" if none is close."""
    names = {one.lower(): one for one in known}
    near = difflib.get_close_matches(name.lower(), names, 1, CLOSE)
    return names[near[0]] if near else ""


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Ask, in words, whether the known name closest to `name` was meant; "" if none is close."""
    return _asked(filter(None, [closest(name, known)]))


def did_you_mean_titled(name: str, titles: Mapping[str, str]) -> str:
    """Ask the same of names with titles: of the first with every word of `name` in either, or else of the closest."""
    words = [word for word in re.split(r"[\W_]+", name.lower()) if len(word) >= LEAST]
    with_it = [known for known, title in titles.items() if words and all(word in f"{known}\n{title}".lower() for word in words)]
    return _asked(with_it[:MAX_EXAMPLES] or filter(None, [closest(name, titles)]))


def _asked(names: Iterable[str]) -> str:
    meant = " or ".join(show(name, 60) for name in names)
    return f"Did you mean {meant}? " if meant else ""


def scripts(name: str) -> frozenset[str]:
    """List which of the scripts with similar letters `name` uses."""
    found = {unicodedata.name(char, "").partition(" ")[0] for char in name if char.isalpha()}
    return frozenset(found & {"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE"})


def mixed(name: str) -> bool:
    """Check whether `name` mixes scripts with similar letters."""
    return len(scripts(name)) > 1


@cache
def _table() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = data.load("lookalikes.toml")
    return found
