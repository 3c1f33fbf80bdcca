"""A filter over everything that is drawn: no control character gets out.

Text from data is made safe where it is drawn. What is typed or pasted stays as it is in Textual's own inputs, and Textual
prints it as it is: an escape sequence in it would reach the terminal.
"""

from functools import lru_cache

from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from core.text import is_unsafe


class ControlChars(LineFilter):
    """Replace control characters by a sign of the same width."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        if all(segment.text.isprintable() for segment in segments):  # as nearly all are
            return segments
        return [Segment(_replaced(text), style, control) for text, style, control in segments]


CONTROL_CHARS = ControlChars()


@lru_cache(1024)
def _replaced(text: str) -> str:
    return "".join("\ufffd" * cell_len(char) if is_unsafe(char) else char for char in text)
