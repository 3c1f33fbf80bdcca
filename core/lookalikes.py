"""Names that look alike: a second name that can be taken for a known one is pointed out, never refused.

What is compared is the skeleton: a name with everything that is read the same written the same.
"""

import unicodedata
from collections.abc import Iterable
from functools import cache

import data

COMPARED = 500
"""Names at most with which a name is compared: those of the same seller, and as many that begin alike."""


def skeleton(name: str) -> str:
    """`name` with the signs that are taken for one another written alike; equal for names that look alike."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    for looks, like in _table()["sequences"].items():
        plain = plain.replace(looks, like)
    signs = _table()["signs"]
    return "".join(signs.get(char, char) for char in plain if char.isalnum())


def alike(name: str, others: Iterable[str]) -> tuple[str, ...]:
    """Those of `others` that look like `name` and are another."""
    own = skeleton(name)
    return tuple(other for other in others if other != name and skeleton(other) == own)


def scripts(name: str) -> frozenset[str]:
    """Which of the scripts that share letters stand in `name`."""
    found = {unicodedata.name(char, "").partition(" ")[0] for char in name if char.isalpha()}
    return frozenset(found & {"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE"})


def mixed(name: str) -> bool:
    """Whether letters of scripts that are taken for one another stand side by side in `name`."""
    return len(scripts(name)) > 1


@cache
def _table() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = data.load("lookalikes.toml")
    return found
