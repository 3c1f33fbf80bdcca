"""Keep control characters from reaching the terminal.

Text from data is escaped when it is drawn, but Textual's inputs print typed or pasted text unchanged, including escape
sequences.
"""

from functools import lru_cache

from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from core.text import is_unsafe


class ControlChars(LineFilter):
    """Replace control characters with a placeholder of the same width."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        if all(segment.text.isprintable() for segment in segments):  # the usual case
            return segments
        return [Segment(_replace(text), style, control) for text, style, control in segments]


CONTROL_CHARS = ControlChars()


@lru_cache(1024)
def _replace(text: str) -> str:
    return "".join("\ufffd" * cell_len(char) if is_unsafe(char) else char for char in text)
