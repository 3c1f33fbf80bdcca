"""A picture generated from a username, to tell similar accounts apart."""

import hashlib

from textual.content import Content
from textual.widgets import Static

from core.models import AVATARS

ROWS, HALF = 6, 3


def picture(username: str, variant: int = 0) -> Content:
    """Draw a symmetric picture of half blocks, ten columns by three rows."""
    digest = hashlib.sha256(f"{username}/{variant}".encode(errors="replace")).digest()  # may contain lone surrogates
    color = f"$avatar-{(digest[0] + variant) % AVATARS}"
    bits = int.from_bytes(digest[1:8], "big")
    grid = [[bool(bits >> (row * HALF + column) & 1) for column in range(HALF)] for row in range(ROWS)]
    if sum(map(sum, grid)) < HALF * ROWS // 3:  # too empty to recognize
        grid = [[not cell for cell in row] for row in grid]
    lines = []
    for top, bottom in zip(grid[::2], grid[1::2], strict=True):
        line = ""
        for column in (0, 1, 2, 1, 0):
            line += {(True, True): "█", (True, False): "▀", (False, True): "▄", (False, False): " "}[
                top[column], bottom[column]
            ] * 2
        lines.append(line)
    return Content.styled("\n".join(lines), color)


class Avatar(Static):
    """An account's picture."""

    DEFAULT_CSS = "Avatar { width: 10; height: 3; margin: 0 3 0 0; }"

    def __init__(self, username: str, variant: int = 0) -> None:
        super().__init__(picture(username, variant))
