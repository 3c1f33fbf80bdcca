"""What a file holds, entry by entry, and where in the file it stands."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

from core.models import Model


class Entry(NamedTuple):
    """One entry. `place` is what its file calls it: the number of its line, or of its place in the document's list."""

    kind: str
    place: int
    facts: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Problem:
    """What cannot be taken in: the line of the file, from 1, and the field."""

    line: int
    field: str
    message: str


class Source(Protocol):
    """A file that is read."""

    model: dict[str, type[Model]]
    """What an entry of each kind must be."""

    def entries(self) -> Iterator[Entry | Problem]:
        """Each entry in turn; a Problem where none can be made out. Raises InvalidInput when it is no such file at all."""

    def line(self, kind: str, place: int) -> int:
        """The line of the file, from 1, on which the entry at this place stands."""

    def problem(self, entry: Entry, loc: Iterable[int | str], message: str) -> Problem:
        """A problem with a field of an entry; with the whole of it when `loc` is empty."""

    @property
    def done(self) -> float:
        """How much of the file was read, from 0 to 1."""
