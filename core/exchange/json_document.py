"""Read an exported JSON document, one entry at a time."""

from __future__ import annotations

import json
import mmap
import re
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property
from math import isinf
from typing import Any, BinaryIO

from core.errors import InvalidInput
from core.exchange.entries import Entry, Problem
from core.exchange.input_file import not_text
from core.exchange.kinds import FORMAT, KINDS, VERSION
from core.text import LONGEST_MESSAGE, show

REMEDY = "Choose a file that shoplink exported, or a CSV file."
_WORDS = {
    "Unterminated": "a text in quotation marks doesn't end",
    "property name": "a field's name in quotation marks is missing",
    "':' delimiter": "“:” is missing",
    "',' delimiter": "“,” is missing",
    "Expecting value": "a value is missing, or a text is not in quotation marks",
    "control character": "a text has a line break or a control character",
    "escape": "a text has a stray backslash",
}
"""Parts of the json module's messages, and our words for them."""
_SPACE = re.compile(r"[ \t\n\r]*")
_LINE_END = re.compile(r"\r\n|\r|\n")


class JsonDocument:
    """A document's text, and where each entry begins. Entries are made one at a time."""

    model = KINDS

    def __init__(self, file: BinaryIO) -> None:
        """Read the file and check that it is an export. Raises InvalidInput."""
        self.notes: list[str] = []
        self.text = _text(file)
        self.places: dict[str, array[int]] = {}
        self.others: dict[str, Any] = {}
        """What the document holds besides lists of entries."""
        self.begins: dict[str, int] = {}
        """Where each of the document's fields is."""
        if not self.text.startswith("{", self._past_space(0)):
            self._value(self._past_space(0))
            raise InvalidInput("document", "is not a file that shoplink exported", remedy=REMEDY)
        self._scan()
        version = self.others.get("version")
        if self.others.get("format") != FORMAT:
            raise InvalidInput("document", "is not a file that shoplink exported", remedy=REMEDY)
        if type(version) is not int or version != VERSION:  # 1.0 and true would be equal to 1
            raise InvalidInput("document", f"doesn't have version {VERSION}", remedy="Use the shoplink that wrote it.")
        self.whole = sum(map(len, self.places.values())) or 1
        self.read = 0

    def entries(self) -> Iterator[Entry | Problem]:
        for name, value in self.others.items():
            if name in {"format", "version"} or (name in KINDS and value is None):
                continue
            wrong = "is not a list" if name in KINDS else "there is no such kind of entry"
            yield Problem(line=self._line(self.begins[name]), field=show(name, 60), message=wrong)
        for kind in KINDS:
            for number, begin in enumerate(self.places.get(kind, ())):
                self.read += 1
                try:
                    facts = _STRICT.raw_decode(self.text, begin)[0]
                except _Twice as twice:
                    entry = Entry(kind, number, {})
                    yield self.problem(entry, (twice.name,), "is there twice: leave one out", last=True)
                    continue
                entry = Entry(kind, number, facts if isinstance(facts, dict) else {})
                yield entry if isinstance(facts, dict) else self.problem(entry, (), "is not an entry in braces")

    def line(self, kind: str, place: int) -> int:
        return self._line(self.places[kind][place])

    def problem(self, entry: Entry, loc: Iterable[int | str], message: str, *, last: bool = False) -> Problem:
        """Make a problem about the field at `loc`, where it is first or `last` named."""
        path = [str(part) for part in loc]
        begin = self.places[entry.kind][entry.place]
        end = _PLAIN.raw_decode(self.text, begin)[1]
        for name in path:
            found = list(re.compile(rf'"{re.escape(name)}"\s*:').finditer(self.text, begin, end))
            begin = found[-1 if last else 0].start() if found else begin
        field = ".".join([f"{entry.kind}[{entry.place}]", *path])
        return Problem(line=self._line(begin), field=show(field, 120), message=show(message, LONGEST_MESSAGE))

    @property
    def done(self) -> float:
        return self.read / self.whole

    def close(self) -> None:
        """Do nothing: the file was read and closed."""

    def _scan(self) -> None:
        """Find every entry, and check that all of it is JSON."""
        at = self._next(self._past_space(0), "{", "}")
        while self.text[at - 1] != "}":
            begin = at
            name, at = self._value(at)
            if not isinstance(name, str) or name in self.begins:
                shown = f"“{show(str(name), 40)}” is there twice" if isinstance(name, str) else "a name is not in quotation marks"
                raise self._not_json(begin, shown)
            self.begins[name] = begin
            at = self._past_space(self._past(self._past_space(at), ":"))
            if name in KINDS and self.text.startswith("[", at):
                at = self._list(name, at)
            else:
                self.others[name], at = self._value(at)
            at = self._next(at, ",", "}")
        if self._past_space(at) < len(self.text):
            raise self._not_json(at, "there is more text after its end")

    def _list(self, kind: str, at: int) -> int:
        """Find the entries of a list, and return where it ends."""
        places = self.places[kind] = array("Q")
        at = self._next(at, "[", "]")
        while self.text[at - 1] != "]":
            places.append(at)
            at = self._next(self._value(at)[1], ",", "]")
        return at

    def _next(self, at: int, sign: str, end: str) -> int:
        """Skip a separator or the end, and return the place after it."""
        at = self._past_space(at)
        if sign in "{[":
            at = self._past_space(self._past(at, sign))
            return at + 1 if self.text.startswith(end, at) else at
        if self.text.startswith(end, at):
            return at + 1
        return self._past_space(self._past(at, sign))

    def _value(self, at: int) -> tuple[Any, int]:
        """Read a value, and return it with the place after it. Raises InvalidInput."""
        try:
            return _PLAIN.raw_decode(self.text, at)
        except json.JSONDecodeError as error:
            words = next((words for part, words in _WORDS.items() if part in error.msg), "it can't be read from here on")
            raise self._not_json(error.pos, words) from None
        except RecursionError:
            raise self._not_json(at, "it has too many levels") from None
        except ValueError:
            raise self._not_json(at, "it has a number that can't be read") from None

    def _past(self, at: int, sign: str) -> int:
        if not self.text.startswith(sign, at):
            raise self._not_json(at, f"“{sign}” is missing")
        return at + 1

    def _past_space(self, at: int) -> int:
        found = _SPACE.match(self.text, at)
        return found.end() if found else at

    def _not_json(self, at: int, why: str) -> InvalidInput:
        return InvalidInput("file", f"is not JSON (line {self._line(at)}): {show(why, 100)}", remedy=REMEDY)

    def _line(self, at: int) -> int:
        return bisect_right(self._line_ends, at) + 1

    @cached_property
    def _line_ends(self) -> array[int]:
        return array("Q", (found.end() for found in _LINE_END.finditer(self.text)))


class _Twice(Exception):
    """An object has the same name twice."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Make an object. Raises _Twice."""
    made = dict(pairs)
    if len(made) < len(pairs):
        names = [name for name, _ in pairs]
        raise _Twice(next(name for name in names if names.count(name) > 1))
    return made


def _no_number(name: str) -> None:
    raise ValueError(name)


def _finite(digits: str) -> float:
    """Read a number. Raises ValueError where it is too large: it would be infinite, which JSON cannot write."""
    if isinf(number := float(digits)):
        raise ValueError(digits)
    return number


_PLAIN = json.JSONDecoder(parse_constant=_no_number, parse_float=_finite)
"""The fast decoder, in C."""
_STRICT = json.JSONDecoder(parse_constant=_no_number, parse_float=_finite, object_pairs_hook=_once)


def _text(file: BinaryIO) -> str:
    """Decode the file, without a copy of its bytes in memory. Raises InvalidInput."""
    with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as raw:
        try:
            return str(raw, "utf-8").removeprefix("\ufeff")
        except UnicodeDecodeError as error:
            raise not_text("UTF-8", raw[: error.start].count(b"\n") + 1) from None
