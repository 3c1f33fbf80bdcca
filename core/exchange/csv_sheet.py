"""Read a CSV sheet of one kind of entry, as people and spreadsheets write it."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from typing import TYPE_CHECKING, BinaryIO

from core.errors import InvalidInput
from core.exchange.entries import Entry, Problem
from core.exchange.formulas import unguarded
from core.exchange.input_file import sheet_encoding
from core.exchange.sheet_rows import ALIASES, ROWS, columns, listed, needed
from core.text import LONGEST_MESSAGE, show

if TYPE_CHECKING:
    from _csv import Reader as CsvReader

LONGEST = 2**20
"""Maximum number of characters in a cell, and in a line."""
CLOSE = 0.75
"""The similarity from which a column's name counts as a misspelling of another."""
_SEPARATOR = re.compile(r'"?sep=([,;\t])"?\s*', re.IGNORECASE)
_CSV_WORDS = {
    "unexpected end": "a quotation mark is never closed",
    "expected after": 'has text after a closing quotation mark; a quotation mark in a cell is written twice: ""',
    "field larger": f"has a cell of more than {LONGEST:,} characters",
    "new-line character": "has a line break in a cell without quotation marks",
}
"""Parts of the csv module's messages, and our words for them."""


class CsvSheet:
    """A CSV sheet, read line by line in constant memory."""

    model = ROWS

    def __init__(self, file: BinaryIO, kind: str | None = None) -> None:
        """Read the header, and infer `kind` from it. Raises InvalidInput."""
        encoding, note = sheet_encoding(file)
        self.notes = [note] if note else []
        self.raw = file
        self.whole = file.seek(0, io.SEEK_END) or 1
        file.seek(0)
        # bytes that turned invalid after the encoding was found fail in their field
        errors = "surrogateescape" if encoding == "utf-8-sig" else "replace"
        self.text = io.TextIOWrapper(file, encoding=encoding, errors=errors, newline="")
        csv.field_size_limit(LONGEST)
        self.header: list[str] = []
        self.misnamed: list[Problem] = []
        """The columns that the first line misspells or names twice."""
        self.skipped = 0
        """Lines that the reader does not count."""
        try:
            self.reader = self._reader()
            self.first = cells = self._first_row()
            self.kind = kind or _kind([_column(cell) for cell in cells])
            self._read_header(cells)
        except BaseException:
            self.close()
            raise

    def entries(self) -> Iterator[Entry | Problem]:
        yield from self.misnamed
        while True:
            line = self._line + 1
            try:
                cells = next(self.reader)
            except StopIteration:
                return
            except OSError as error:
                raise InvalidInput(
                    "file", f"can't be read to its end: {error.strerror}", remedy="Copy it, then try again."
                ) from None
            except csv.Error as error:
                yield Problem(line=line, field="", message=_csv_words(error))
                if self._line < line:
                    return
                continue
            extra = [cell for cell in cells[len(self.header) :] if cell.strip()]
            if extra:
                said = f"has “{show(extra[0].strip(), 40)}” beyond the last column named in the first line"
                yield Problem(line=line, field="", message=said)
            elif cells[:1] == self.first[:1] and cells == self.first:
                yield Problem(line=line, field="", message="repeats the first line: leave it out")
            elif any(cell.strip() for cell in cells):  # also in a skipped column: the row is not blank
                named = zip(self.header, cells, strict=False)
                yield Entry(self.kind, line, {name: self._read(name, cell) for name, cell in named if name and cell.strip()})

    def line(self, kind: str, place: int) -> int:
        return place

    def problem(self, entry: Entry, loc: Iterable[int | str], message: str) -> Problem:
        return Problem(line=entry.place, field=".".join(map(str, loc)), message=show(message, LONGEST_MESSAGE))

    def _read(self, name: str, cell: str) -> str:
        """Read a cell as it was before a spreadsheet guarded it; a word of a list in lowercase."""
        read = unguarded(cell)
        return read.strip().lower() if name in listed(self.kind) else read

    @property
    def done(self) -> float:
        return min(1.0, self.raw.tell() / self.whole)

    def close(self) -> None:
        """Release the file, which its owner closes."""
        self.text.detach()

    @property
    def _line(self) -> int:
        """The line that was read last, from 1."""
        return self.skipped + self.reader.line_num

    def _reader(self) -> CsvReader:
        """Make the reader, with the separator named by the file or most common in its header."""
        first = self.text.readline(LONGEST)
        if named := _SEPARATOR.fullmatch(first):
            self.skipped = 1
            return csv.reader(self._lines(), delimiter=named[1], strict=True)
        while first and not first.strip():
            first = self.text.readline(LONGEST)
        self.text.seek(0)
        return csv.reader(self._lines(), delimiter=max(",;\t", key=first.count), strict=True)

    def _lines(self) -> Iterator[str]:
        while line := self.text.readline(LONGEST + 1):
            if len(line) > LONGEST:
                raise InvalidInput("line", f"{self._line + 1} has more than {LONGEST:,} characters", remedy="Is it a CSV file?")
            yield line

    def _first_row(self) -> list[str]:
        """Read the first row that is not blank: the header."""
        try:
            return next((cells for cells in self.reader if any(cell.strip() for cell in cells)), [])
        except csv.Error as error:
            raise InvalidInput("line", f"{self._line} {_csv_words(error)}", remedy="Save it as CSV UTF-8.") from None

    def _read_header(self, cells: list[str]) -> None:
        """Find each cell's column, or note that it is skipped. Raises InvalidInput without the needed ones.

        A misspelled column is a problem, and read as the one meant.
        """
        known = columns(self.kind)
        names = [ALIASES.get(self.kind, {}).get(_column(cell), _column(cell)) for cell in cells]
        for number, (cell, name) in enumerate(zip(cells, names, strict=True), 1):
            shown, column = show(cell.strip(), 60), name if name in known else ""
            if name and name in self.header:
                self._misnamed(name, f"names the column {name} twice. Leave one out.")
                column = ""
            elif name and not column:
                if close := _close(name, known):
                    what = f"names the column “{shown}”, which a sheet of {self.kind} doesn't have"
                    self._misnamed(close, f"{what}. Write {close}, or leave the column out.")
                    column = "" if close in {*names, *self.header} else close
                else:
                    self.notes.append(f"The column “{shown}” was skipped: a sheet of {self.kind} has no such column.")
            elif not name and number < len(cells) and any(later.strip() for later in cells[number:]):
                self.notes.append(f"Column {number} was skipped: the first line has no name for it.")
            self.header.append(column)
        while self.header and not self.header[-1] and not cells[len(self.header) - 1].strip():
            self.header.pop()  # empty to the right
        if missing := [name for name in needed(self.kind) if name not in self.header]:
            has = ", ".join(columns(self.kind))
            raise InvalidInput("first line", f"has no column {missing[0]}", remedy=f"A sheet of {self.kind} can have: {has}.")

    def _misnamed(self, field: str, message: str) -> None:
        self.misnamed.append(Problem(line=self._line, field=field, message=message))


def _column(cell: str) -> str:
    """Write a header's cell as a column's name: `Shop code` as `shop_code`."""
    return re.sub(r"[\s_-]+", "_", unicodedata.normalize("NFKC", cell).strip().lower()).strip("_")


def _close(name: str, known: Iterable[str]) -> str:
    """Find the known column that a name misspells or shortens, such as `verified` for `identity_verified`; "" for none."""
    near = get_close_matches(name, known, 1, CLOSE)
    longer = (column for column in known if name and set(name.split("_")) <= set(column.split("_")))
    return near[0] if near else next(longer, "")


def _kind(header: list[str]) -> str:
    """Infer what a sheet lists from its header. Raises InvalidInput."""
    known = {kind: {ALIASES.get(kind, {}).get(name, name) for name in header} & set(columns(kind)) for kind in ROWS}
    fits = [kind for kind in ROWS if known[kind].issuperset(needed(kind))]
    if not fits:
        kinds = "; ".join(f"a sheet of {kind} needs {', '.join(needed(kind))}" for kind in ROWS)
        every = {name for kind in ROWS for name in columns(kind)}
        meant = [(name, close) for name in header if name not in every and (close := _close(name, every))]
        perhaps = "".join(f" “{show(name, 40)}” may mean {close}." for name, close in meant[:1])
        raise InvalidInput("first line", "doesn't say what the file lists", remedy=f"{kinds[:1].upper()}{kinds[1:]}.{perhaps}")
    most = max(ROWS, key=lambda kind: len(known[kind]))
    best = max(fits, key=lambda kind: len(needed(kind)))
    return most if len(known[most]) > len(known[best]) else best  # missing columns are reported, not ignored


def _csv_words(error: csv.Error) -> str:
    return next((words for part, words in _CSV_WORDS.items() if part in str(error)), "can't be read as CSV")
