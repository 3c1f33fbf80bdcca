"""What nothing may hold that the program gives out. Written apart from core/text.py, which it judges."""

import re
import unicodedata

JOINER = "\u200d"
ACTING = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
OWN_LINES = re.compile(r"[\n\r\t]")
"""What our own documents are laid out with."""


def acting(text: str) -> list[str]:
    """The characters of `text` that could act on a terminal or hide something, our own line ends left out."""
    if text.isascii() and OWN_LINES.sub("", text).isprintable():
        return []
    return [char for char in OWN_LINES.sub("", text) if unicodedata.category(char) in ACTING and char != JOINER]


def assert_harmless(text: str, where: str) -> None:
    """No character of it acts."""
    if found := acting(text):
        raise AssertionError(f"{where} gives out {found[0]!a}: {text[:300]!a}")
