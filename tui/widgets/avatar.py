"""An account's initials on a colored block, in place of its picture."""

import re
from zlib import crc32

from textual.content import Content
from textual.widgets import Static

from tui.theme import AVATARS

LETTERS = 2


def initials(name: str) -> str:
    """Return the first letters of the first two words, in capitals; a question mark if there are none."""
    words = re.findall(r"[^\W_]+", name)
    return "".join(word[0].upper()[0] for word in words[:LETTERS]) or "?"


def color(key: str) -> str:
    """Return the color variable of a block: the same for the same key."""
    return f"$avatar-{crc32(key.encode(errors='replace')) % AVATARS}"  # may contain lone surrogates


class Avatar(Static):
    """The block of an account. `name`: the source of its initials; its username decides the color."""

    DEFAULT_CSS = "Avatar { width: auto; height: 1; margin: 0 3 0 0; }"

    def __init__(self, username: str, nickname: str | None = None) -> None:
        letters = initials(nickname or username)
        super().__init__(Content.styled(f" {letters} ", f"bold $on-avatar on {color(username)}"))
