"""What the values have in common."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, Any, ClassVar

from core.text import Identifier
from core.validation import CONFIG, Read


def _read_moment(value: Any) -> datetime:
    from core.dates import read_moment  # only a document needs it, and its patterns take a while to compile

    return read_moment(value)


Instant = Annotated[datetime, Read(_read_moment)]
"""A moment of the record, in UTC: early enough to be shown in every time zone."""


@dataclass(frozen=True, kw_only=True)
class Model:
    """A frozen value."""

    __pydantic_config__: ClassVar[dict[str, Any]] = CONFIG


@dataclass(frozen=True, kw_only=True)
class Row(Model):
    """A value that an entry of the history wrote."""

    entry: Identifier = field(default="", compare=False)
    """The entry that last wrote it."""
    undone_by: Identifier | None = None
    """The entry that undid or removed it: it is kept but ignored."""
