"""Read an exported JSON document."""

import json
import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

from core.errors import InvalidInput
from core.exchange.entries import Entry, Problem
from core.exchange.kinds import FORMAT, KINDS, VERSION
from core.text import show

REMEDY = "Give the file that `shoplink export` wrote, or a CSV file."
_BETWEEN = re.compile(r"[\s,:]*")


class JsonDocument:
    """A document, parsed as a whole. Lines are looked up only for problems."""

    model = KINDS

    def __init__(self, path: Path) -> None:
        """Read the file. Raises OSError, and InvalidInput if it is not an export."""
        raw = path.read_bytes()
        try:
            self.text = raw.decode("utf-8-sig")
            document = json.loads(self.text)
        except (ValueError, RecursionError) as error:
            raise InvalidInput("file", f"{show(str(path))} is not JSON: {show(str(error))}", remedy=REMEDY) from None
        if not isinstance(document, dict) or document.get("format") != FORMAT:
            raise InvalidInput("document", "is not a shoplink export", remedy=REMEDY)
        if document.get("version") != VERSION:
            raise InvalidInput("document", f"has another version than {VERSION}", remedy="Use the shoplink that wrote it.")
        self.document: dict[str, Any] = document
        self.whole = sum(len(value) for value in document.values() if isinstance(value, list)) or 1
        self.read = 0

    def entries(self) -> Iterator[Entry | Problem]:
        for name in self.document:
            if name not in {"format", "version", *KINDS}:
                yield Problem(line=self._line_of_key(name), field=show(name, 60), message="there is no such kind of entry")
        for kind in KINDS:
            found = self.document.get(kind)
            if found is not None and not isinstance(found, list):
                yield Problem(line=self._line_of_key(kind), field=kind, message="is not a list")
                continue
            for number, facts in enumerate(found or ()):
                self.read += 1
                entry = Entry(kind, number, facts if isinstance(facts, dict) else {})
                yield entry if isinstance(facts, dict) else self.problem(entry, (), "is not an entry in braces")

    def line(self, kind: str, place: int) -> int:
        return self._line(self._places[kind][place][0])

    def problem(self, entry: Entry, loc: Iterable[int | str], message: str) -> Problem:
        path = [str(part) for part in loc]
        begin, end = self._places[entry.kind][entry.place]
        for name in path:
            found = re.compile(rf'"{re.escape(name)}"\s*:').search(self.text, begin, end)
            begin = found.start() if found else begin
        field = ".".join([f"{entry.kind}[{entry.place}]", *path])
        return Problem(line=self._line(begin), field=show(field, 120), message=show(message))

    @property
    def done(self) -> float:
        return self.read / self.whole

    @cached_property
    def _places(self) -> dict[str, list[tuple[int, int]]]:
        """Find where each entry begins and ends in the text, by scanning it again."""
        found: dict[str, list[tuple[int, int]]] = {}
        scan = json.JSONDecoder().raw_decode
        at = self._past(self.text.index("{") + 1)
        while self.text[at] != "}":
            key, at = scan(self.text, at)
            at = self._past(at)
            if key not in KINDS or self.text[at] != "[":
                at = self._past(scan(self.text, at)[1])
                continue
            found[key] = []
            at = self._past(at + 1)
            while self.text[at] != "]":
                begin = at
                at = scan(self.text, at)[1]
                found[key].append((begin, at))
                at = self._past(at)
            at = self._past(at + 1)
        return found

    def _past(self, at: int) -> int:
        """Skip spaces, commas and colons; the text is known to be JSON."""
        found = _BETWEEN.match(self.text, at)
        return found.end() if found else at

    def _line_of_key(self, name: str) -> int:
        found = re.search(re.escape(json.dumps(name)) + r"\s*:", self.text)
        return self._line(found.start() if found else 0)

    def _line(self, at: int) -> int:
        return self.text.count("\n", 0, at) + 1
