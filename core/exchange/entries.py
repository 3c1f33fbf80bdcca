"""The entries of a file to import, with their positions in it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

from core.models import Model


class Entry(NamedTuple):
    """One entry. `place`: its line in a sheet, or its index in a document's list."""

    kind: str
    place: int
    facts: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Problem:
    """Why an entry cannot be imported: the line of the file (from 1) and the field.

    `anyway`: a rule says no, but a record can have it if TikTok did it anyway.
    """

    line: int
    field: str
    message: str
    anyway: bool = False


class Source(Protocol):
    """A file to import."""

    model: dict[str, type[Model]]
    """The model of each kind of entry."""
    notes: list[str]
    """Notes on how it was read."""

    def entries(self) -> Iterator[Entry | Problem]:
        """Yield each entry, or a Problem if it is unreadable. Raises InvalidInput."""

    def line(self, kind: str, place: int) -> int:
        """Find the line (from 1) of the entry at this place."""

    def problem(self, entry: Entry, loc: Iterable[int | str], message: str) -> Problem:
        """Make a problem about a field of an entry, or about all of it if `loc` is empty."""

    @property
    def done(self) -> float:
        """How much of the file has been read, from 0 to 1."""

    def close(self) -> None:
        """Release the file."""
