"""Read a CSV sheet of one kind of entry, with field names in its header."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import MISSING, dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Annotated

from core.clock import EPOCH
from core.dates import read_date_cell
from core.errors import InvalidInput
from core.exchange.entries import Entry, Problem
from core.exchange.formulas import unguarded
from core.models import AccountFacts, EntityKind, Model, Price, ProductStatus
from core.text import CleanLine, Country, Identifier, show
from core.validation import Read

LONGEST = 2**20
"""Maximum number of characters in a cell."""


def _deadline(cell: str) -> datetime:
    """Read a date that may lie ahead, in the computer's zone; a date alone is the end of that day."""
    return read_date_cell(cell, now=EPOCH, zone=None, ahead=True).moment


Deadline = Annotated[datetime, Read(_deadline)]


@dataclass(frozen=True, kw_only=True)
class EntityColumns(Model):
    """The columns that name a legal entity."""

    legal_name: CleanLine | None = None
    entity_kind: EntityKind | None = None
    registration_number: Identifier | None = None
    country: Country | None = None


@dataclass(frozen=True, kw_only=True)
class ShopRow(EntityColumns):
    """A row about a shop. Its seller is given by id, or found by the legal entity."""

    id: Identifier | None = None
    code: Identifier
    name: CleanLine
    region: Identifier
    seller: Identifier | None = None
    probation_until: Deadline | None = None


@dataclass(frozen=True, kw_only=True)
class AccountRow(EntityColumns, AccountFacts):
    """A row about an account. An empty cell is an unknown fact."""


@dataclass(frozen=True, kw_only=True)
class ProductRow(Model):
    """A row about a product, found by its id, else by its title in the shop."""

    id: Identifier | None = None
    shop: Identifier
    title: CleanLine
    price: Price
    currency: Identifier | None = None
    status: ProductStatus | None = None


ROWS: dict[str, type[Model]] = {"shops": ShopRow, "accounts": AccountRow, "products": ProductRow}


class CsvSheet:
    """A CSV sheet, read line by line in constant memory."""

    model = ROWS

    def __init__(self, path: Path, kind: str | None = None) -> None:
        """Open the file, and infer `kind` from its header. Raises OSError, InvalidInput."""
        self.whole = path.stat().st_size or 1
        self.raw = path.open("rb")
        self.header: list[str] = []
        csv.field_size_limit(LONGEST)
        try:
            first = self.raw.readline(LONGEST).decode("utf-8-sig", errors="replace")  # the limit may cut a character in half
            self.raw.seek(0)
            # bytes that became invalid since the encoding check fail in their field
            text = io.TextIOWrapper(self.raw, encoding="utf-8-sig", errors="surrogateescape", newline="")
            self.reader = csv.reader(text, delimiter=_delimiter(first), strict=True)
            self.header = [name.strip().lower() for name in next(self.reader, [])]
            self.kind = kind or self._kind()
            self._check_header()
        except csv.Error as error:
            self.close()
            raise InvalidInput("line", f"1: {error}", remedy="Save it as CSV UTF-8.") from None
        except InvalidInput:
            self.close()
            raise

    def entries(self) -> Iterator[Entry | Problem]:
        with self.raw:
            while True:
                line = self.reader.line_num + 1
                try:
                    cells = next(self.reader)
                except StopIteration:
                    return
                except OSError as error:
                    raise InvalidInput(
                        "file", f"cannot be read to its end: {error.strerror}", remedy="Copy it, then try again."
                    ) from None
                except csv.Error as error:
                    yield Problem(line=line, field="", message=str(error))
                    if self.reader.line_num < line:
                        return
                    continue
                if len(cells) > len(self.header):
                    yield Problem(line=line, field="", message=f"has {len(cells)} cells; the first line names {len(self.header)}")
                elif any(cells):
                    named = zip(self.header, cells, strict=False)
                    yield Entry(self.kind, line, {name: unguarded(cell) for name, cell in named if cell and not cell.isspace()})

    def line(self, kind: str, place: int) -> int:
        return place

    def problem(self, entry: Entry, loc: Iterable[int | str], message: str) -> Problem:
        return Problem(line=entry.place, field=".".join(map(str, loc)), message=show(message))

    @property
    def done(self) -> float:
        return 1.0 if self.raw.closed else min(1.0, self.raw.tell() / self.whole)

    def close(self) -> None:
        self.raw.close()

    def _kind(self) -> str:
        fits = [kind for kind in ROWS if set(_needed(kind)) <= set(self.header)]
        if len(fits) != 1:
            needed = "; ".join(f"{kind} need {', '.join(_needed(kind))}" for kind in ROWS)
            raise InvalidInput("first line", "does not say what the file lists", remedy=f"Of the columns, {needed}.")
        return fits[0]

    def _check_header(self) -> None:
        columns = [field.name for field in fields(ROWS[self.kind])]
        known = ", ".join(columns)
        for name in self.header:
            if name not in columns:
                what = f"names a column that {self.kind} do not have: {show(name, 60) or 'an empty one'}"
                raise InvalidInput("first line", what, remedy=f"There are: {known}.")
        twice = {name for name in self.header if self.header.count(name) > 1}
        missing = [name for name in _needed(self.kind) if name not in self.header]
        if twice or missing:
            what = f"names {min(twice)} twice" if twice else f"lacks the column {missing[0]}"
            raise InvalidInput("first line", what, remedy=f"There are: {known}.")


def _needed(kind: str) -> list[str]:
    return [field.name for field in fields(ROWS[kind]) if field.default is MISSING]


def _delimiter(first: str) -> str:
    """Guess the delimiter: in some countries, spreadsheets write semicolons or tabs."""
    return max(",;\t", key=first.count)
