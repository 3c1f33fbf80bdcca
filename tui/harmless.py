"""The last look at what is drawn: no character that could act reaches the terminal, whichever widget it comes from.

Every text from data is made harmless where it is drawn. What is typed or pasted stands in Textual's own inputs as it is,
and Textual prints it as it is: an escape sequence in it would reach the terminal.
"""

from functools import lru_cache

from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from core.text import is_unsafe


class Harmless(LineFilter):
    """Puts a sign in place of what could act, and nothing where that takes no column: lines keep their width."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        if all(segment.text.isprintable() for segment in segments):  # as nearly all are
            return segments
        return [Segment(_harmless(text), style, control) for text, style, control in segments]


HARMLESS = Harmless()


@lru_cache(1024)
def _harmless(text: str) -> str:
    return "".join("\ufffd" * cell_len(char) if is_unsafe(char) else char for char in text)
