"""The field for a note on what is recorded."""

from core.text import clean
from tui.widgets.field import Field


def note_field() -> Field:
    """Make the optional field."""
    return Field("note", "Note", optional=True, help="A ticket's number, or who you spoke to", read=_read)


def _read(typed: str) -> str:
    return clean("note", typed, "reason")
