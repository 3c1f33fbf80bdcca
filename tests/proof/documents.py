"""Sheets, documents and settings files at random: taken whole and right, or refused in plain words."""

from __future__ import annotations

import json
import re
import resource
import time
import unicodedata
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

from core import scenarios
from core.errors import ShoplinkError
from core.exchange import ImportResult, document, import_file
from core.exchange.kinds import KINDS
from core.text import bare_username, country_code
from core.workspace import Workspace
from tests.proof.children import answers
from tests.proof.hostile.harmless import assert_harmless
from tests.proof.machine.export import check_export
from tests.proof.part import Figures, Run
from tests.proof.random_files import FIELDS, OF_SELLER, YES, Sheet, changed, drawn, encoded
from tests.support import LUMEN, StoppedClock
from tui import config, tours

FOREIGN = re.compile(
    r"pydantic|\bcodec\b|\bdecod|Traceback|NoneType|\bNone\b|<class|Errno|Error\b|surrogate|ordinal|Expecting|delimiter"
    r"|Extra data|Unterminated|Input should|\bbool\b|\bdict\b|\bstr\b|\bint\b|\bfloat\b|utf-8\b"
    r"|constraint|trigger|safeguards|\\x[0-9a-f]|datetime"
)
"""Words of Python, of its libraries and of SQLite."""
DATA = Path(__file__).parents[2] / "data"
SECONDS, BYTES = 5.0, 256 * 2**20
"""Processor time that one file may take, on any machine; memory that all of them may take beyond what the first one took."""


def prove(run: Run) -> Figures:
    """Read files at random, of each sort so many."""
    parts = run.size(1, 2)
    counted = sum(answers([partial(_read, run, part, parts) for part in range(parts)], seconds=7200), Counter[str]())
    for sort, (_, _, long) in SORTS.items():
        for how in ("taken", "refused"):
            assert counted[f"{sort}, {how}"] > (long // 50 if run.long else 0), f"hardly any of {sort} was {how}: {counted}"
    return {"files": counted.total(), **{name: counted[name] for name in sorted(counted)}}


def _read(run: Run, first: int, step: int) -> Counter[str]:
    """Read every `step`th file of each sort."""
    counted: Counter[str] = Counter()
    folder = run.folder / str(first)
    folder.mkdir()
    reader = Reader(folder)
    for sort, (read, short, long) in SORTS.items():
        peak = 0
        for number in range(first, run.size(short, long), step):
            seed, begin = f"{run.seed}/{sort}/{number}", time.process_time()
            try:
                counted[f"{sort}, {'taken' if read(reader, Random(seed)) else 'refused'}"] += 1
            except Exception as error:
                again = f"from tests.proof.documents import *; SORTS[{sort!r}][0](Reader(Path('/tmp')), Random({seed!r}))"
                raise AssertionError(f"{seed}: {error}\nTo repeat it: {again}") from error
            assert (passed := time.process_time() - begin) < SECONDS, f"{seed} takes {passed:.1f} s"
            used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
            peak = peak or used
            assert used - peak < BYTES, f"{seed} takes {(used - peak) >> 20} MB"
    return counted


def words_are_ours(text: str) -> None:
    assert_harmless(text, "the answer")
    assert not (found := FOREIGN.search(text)), f"“{found[0]}” in: {text[:300]}"


SETTINGS: dict[str, Callable[[Path], object]] = {
    "scenarios": lambda path: scenarios.in_memory(str(path), actor="maya", clock=StoppedClock()).close(),
    "tours": lambda path: tours.load(str(path)),
    "configuration": lambda path: config.read(path, {"shoplink-dark"}, {"desk": "d"}),
}
"""What reads each kind of settings file."""


class Reader:
    """Imports files into copies of a record that has one shop, and reads settings files. Each says whether one was taken."""

    def __init__(self, folder: Path) -> None:
        clock = StoppedClock()
        self.base, self.now, self.empty, self.other = (
            Workspace.in_memory(actor="maya", clock=clock, seed=seed) for seed in ("base", "now", "other", "other")
        )
        self.base.shops.add("Base", "US", LUMEN, code="USLCBASE01", unlinks_before=0)
        self.before = document(self.base)
        self.path = folder / "file.toml"
        self.exported = []
        for scenario in ("organization", "rejected", "last-unlink"):
            with scenarios.in_memory(scenario, actor="maya", clock=clock, seed="documents") as workspace:
                self.exported.append(json.dumps(document(workspace), indent=1, ensure_ascii=False))
        self.texts = {kind: [path.read_text("utf-8") for path in sorted(DATA.glob(f"{kind}/*.toml"))] for kind in SETTINGS}
        self.texts["configuration"] = ['theme = "shoplink-dark"\nanimation = "none"\nmouse = true\n\n[keys]\ndesk = "f3"\n']

    def sheet(self, chance: Random) -> bool:
        sheet = drawn(chance)
        result = self.imported(sheet.content)
        if sheet.spoiled:
            assert result is None or result.problems, f"{sheet.spoiled}: was taken"
            return False
        assert result, "refused as a whole"
        for problem in result.problems:  # of a row's cells, before what they come to together
            assert problem.field == "" or (problem.line, problem.field) in sheet.bad, f"{problem}; wrong are {sheet.bad}"
        reported = {(problem.line, problem.field) for problem in result.problems}
        assert {line for line, _ in reported} == {line for line, _ in sheet.bad}, f"{result}; wrong are {sheet.bad}"
        missed = {(line, name) for line, name in sheet.bad - reported if (line, "") not in reported}  # a row that goes with none
        assert not missed, f"{missed} are not reported with the others: {result}"
        if not result.problems:
            self.has_rows(sheet)
        return not result.problems

    def document(self, chance: Random) -> bool:
        text = changed(chance, chance.choice(self.exported))
        try:
            said = json.loads(text, object_pairs_hook=_once)
        except (ValueError, RecursionError):
            said = None
        result = self.imported(encoded(chance, text) if chance.random() < 0.1 else text.encode("utf-8", "surrogatepass"))
        taken = result is not None and not result.problems
        assert said is not None or not taken, "what is no JSON was taken"
        if taken:
            self.has_entries(said)
        return taken

    def settings(self, chance: Random) -> bool:
        kind = chance.choice(list(SETTINGS))
        text = changed(chance, chance.choice(self.texts[kind]))
        self.path.write_text(text, encoding="utf-8", errors="surrogatepass", newline="")
        try:
            found = SETTINGS[kind](self.path)
            mistakes = found.mistakes if isinstance(found, config.Config) else []
        except ShoplinkError as error:
            mistakes = [f"{error.message} {error.remedy}"]
        words_are_ours("; ".join(mistakes))
        assert all(re.search(r"line \d+", mistake) for mistake in mistakes), f"names no line: {mistakes}"
        return not mistakes

    def imported(self, content: bytes) -> ImportResult | None:
        """Import the content; return None where it is refused as a whole.

        What is refused has changed nothing. What is taken, exported and imported again, is exported the same.
        """
        self.path.write_bytes(content)
        self.now.store.replace_with(self.base.store)
        try:
            result = import_file(self.now, self.path, zone=UTC)
            words_are_ours("; ".join((*result.notes, *(f"{problem.field}: {problem.message}" for problem in result.problems))))
        except ShoplinkError as error:
            words_are_ours(f"{error.message} {error.remedy}")
            result = None
        if result is None or result.problems:
            assert document(self.now) == self.before, "refused, and something has changed"
            return result
        self.other.store.replace_with(self.empty.store)
        self.after = check_export(self.now, self.path, self.other)
        stored = json.dumps({**self.after, "events": []}, ensure_ascii=False)  # the details of an event may hold anything
        assert_harmless(stored, "the record")
        assert "\\u00" not in stored, "a control character in the record"
        return result

    def has_rows(self, sheet: Sheet) -> None:
        """Check that the record has what the rows mean, and nothing else."""
        after = self.after
        for kind in ("shops", "accounts", "products", "links"):
            more = len(after[kind]) - len(self.before[kind])
            if (sheet.kind, kind) != ("links", "accounts"):
                assert more == (len(sheet.rows) if kind == sheet.kind else 0), f"{more} {kind}"
        names = {entry["id"]: entry.get("code") or entry["username"] for kind in ("shops", "accounts") for entry in after[kind]}
        sellers = {entry["id"]: entry["entity"] for entry in after["sellers"]}
        key = {"shops": "code", "products": "title"}.get(sheet.kind, "username")
        entries = {entry.get(key, names.get(entry.get("account"))): entry for entry in after[sheet.kind]}
        for row in sheet.rows:
            entry = entries[row[key]]
            entity = sellers.get(entry.get("seller"), {})
            there = {**entry, "shop": names.get(entry.get("shop")), "username": row.get("username")}
            there |= {name: entity.get(name.removeprefix("entity_")) for name in OF_SELLER}
            said = {name: None for name in FIELDS[sheet.kind] if name in there} | row
            match sheet.kind:
                case "shops" if str(said["probation"])[:1] == "2":
                    said |= {"probation": "active", "probation_until": said["probation"]}
                case "products":
                    said = {"currency": "USD", "status": "active", **row}
                case "links":
                    said = {**row, "state": "unlinked" if row.get("unlinked_at") else "linked"}
                    said.pop("note", None)
            for name, value in said.items():
                assert means(name, there[name], value, exact=True), f"{name} is {there[name]!r}, the sheet says {value!r}"

    def has_entries(self, said: dict[str, Any]) -> None:
        """Check that the record has what the document says, and nothing else but what it leaves out."""
        new = {event["entry"] for event in self.after["events"]} - {event.get("entry") for event in said.get("events") or []}
        for kind in KINDS:
            entries = {entry["id"]: entry for entry in self.after[kind]}
            for entry in (told := said.get(kind) or []):
                there = entries[str(entry["id"]).strip()]
                for name, value in entry.items():
                    known = means(name, there.get(name), value) or (kind, name) == ("accounts", "former")  # it is in the events
                    known = known or (name == "entry" and there[name] in new)  # no event of the document tells of it
                    assert known, f"{kind} {name}: {there.get(name)!r}, the document says {value!r}"
            more = len(entries) - len(self.before[kind]) - len(told)
            assert more == 0 or kind in {"events", "sellers"}, f"{more} more {kind} than in the document"


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(dict(pairs)) < len(pairs):
        raise ValueError("a name is there twice")
    return dict(pairs)


WRITTEN: dict[str, Callable[[str], object]] = {
    **{"username": bare_username, "former": bare_username, "region": country_code, "country": country_code, "price": Decimal},
}
"""What can be written in more than one way, and how it is read."""


def means(name: str, there: Any, said: Any, exact: bool = False) -> bool:
    """Whether a value of an export is what a file said. Null is unknown, and may have a default where it is not `exact`."""
    if isinstance(said, dict):
        return isinstance(there, dict) and all(means(key, there.get(key), value) for key, value in said.items())
    if isinstance(said, list):
        return isinstance(there, list) and len(said) == len(there) and all(map(means, [name] * len(said), there, said))
    if isinstance(there, bool):
        return there is YES.get(str(said), said)
    if said is None and not exact:
        return not there or isinstance(there, str)
    if isinstance(there, str) and isinstance(said, str | int | float) and not isinstance(said, bool):
        read = WRITTEN.get(name, datetime.fromisoformat if name.endswith(("_at", "_until")) else str)
        written = unicodedata.normalize("NFC", str(said)).strip()
        return there in (said, written) or read(there) == read(written)
    return bool(there == said) and type(there) is type(said)


SORTS: dict[str, tuple[Callable[[Reader, Random], bool], int, int]] = {
    "sheets": (Reader.sheet, 60, 42_000),
    "documents": (Reader.document, 40, 8_000),
    "settings files": (Reader.settings, 150, 10_000),
}
"""What reads each sort of file, and how many there are in the short and in the long form."""
