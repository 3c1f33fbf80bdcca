"""What the program may output. Written independently of core/text.py, which it checks."""

import re
import unicodedata

JOINER = "\u200d"
ACTING = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
LAYOUT = re.compile(r"[\n\r\t]")
"""What our own documents are laid out with."""


def acting(text: str) -> list[str]:
    """The characters that could act on a terminal or hide something, apart from our own line ends."""
    if text.isascii() and LAYOUT.sub("", text).isprintable():
        return []
    return [char for char in LAYOUT.sub("", text) if unicodedata.category(char) in ACTING and char != JOINER]


def assert_harmless(text: str, where: str) -> None:
    """Raise AssertionError when any character could act."""
    if found := acting(text):
        raise AssertionError(f"{where} outputs {found[0]!a}: {text[:300]!a}")
