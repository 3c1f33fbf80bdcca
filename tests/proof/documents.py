"""Sheets, documents and settings files at random: taken whole and right, or refused in plain words. The files are in files."""

from __future__ import annotations

import json
import re
import resource
import time
import unicodedata
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from decimal import Decimal
from multiprocessing import get_context
from pathlib import Path
from random import Random
from typing import Any

from core import scenarios
from core.errors import ShoplinkError
from core.exchange import document, import_file
from core.exchange.kinds import KINDS
from core.models import ProductStatus
from core.text import bare_username, country_code
from core.workspace import Workspace
from tests.proof.files import mutated
from tests.proof.files.sheets import BASE, FIELDS, OF_SELLER, YES, Bad, Sheet, drawn
from tests.proof.hostile.harmless import assert_harmless
from tests.proof.machine.export import check_export
from tests.proof.part import Figures, Run
from tests.support import LUMEN, StoppedClock
from tui import config, tours

PROMISE = (
    "Whatever a spreadsheet, a typo or an accident does to a sheet, a document or a settings file, either it is accepted "
    "whole and the record says what the file says, or it is refused by line and field in plain words and nothing changes."
)
FOREIGN = re.compile(
    r"pydantic|codec|decod|Traceback|NoneType|\bNone\b|<class|Errno|Error\b|surrogate|ordinal|Expecting|delimiter|Extra data"
    r"|Unterminated|Input should|\bbool\b|\bdict\b|\bstr\b|\bint\b|\bfloat\b|utf-8\b|constraint"
    r"|trigger|safeguards|\\x[0-9a-f]|datetime"
)
"""Words of Python, of its libraries and of SQLite."""
DATA = Path(__file__).parents[2] / "data"
LONGEST = 5.0
"""Seconds of processor time that one file may take, on any machine."""
MOST = 256 * 2**20
"""Bytes of memory that all of them together may take at their peak beyond what the first ones took."""


def prove(run: Run) -> Figures:
    """Read files at random, of each sort so many."""
    if run.long:
        with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
            counted = sum(pool.map(_read, (run, run), (0, 1), (2, 2)), Counter[str]())
    else:
        counted = _read(run, 0, 1)
    for sort, (_, _, long) in SORTS.items():
        for how in ("taken", "refused"):
            assert counted[f"{sort}, {how}"] > (long // 50 if run.long else 0), f"hardly any of {sort} was {how}: {counted}"
    return {
        "files": counted.total(),
        **{name: counted[name] for name in sorted(counted)},
        "seconds of processor time for the slowest, at most": int(LONGEST),
    }


def _read(run: Run, first: int, step: int) -> Counter[str]:
    """Read every `step`th file of each sort."""
    counted: Counter[str] = Counter()
    folder = run.folder / str(first)
    folder.mkdir()
    for sort, (make, short, long) in SORTS.items():
        read = make(folder)
        peak = 0
        for number in range(first, run.size(short, long), step):
            begin = time.process_time()
            try:
                counted[f"{sort}, {read.one(Random(f'{run.seed}/{sort}/{number}'))}"] += 1
            except Exception as error:
                make_it = f"SORTS[{sort!r}][0](Path('/tmp')).one(Random('{run.seed}/{sort}/{number}'))"
                again = f"from tests.proof.documents import *; {make_it}"
                raise AssertionError(f"{sort} {number} of seed {run.seed}: {error}\nTo repeat it: {again}") from error
            passed = time.process_time() - begin
            assert passed < LONGEST, f"{sort} {number} of seed {run.seed} takes {passed:.1f} s"
            used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
            peak = peak or used
            assert used - peak < MOST, f"{sort} {number} of seed {run.seed} takes {(used - peak) >> 20} MB"
    return counted


def words_are_ours(text: str) -> None:
    assert_harmless(text, "the answer")
    assert not (found := FOREIGN.search(text)), f"“{found[0]}” in: {text[:300]}"


class Takes:
    """Imports files into copies of one record."""

    def __init__(self, folder: Path) -> None:
        clock = StoppedClock()
        self.base = Workspace.in_memory(actor="maya", clock=clock, seed="base")
        self.fill()
        self.now = Workspace.in_memory(actor="maya", clock=clock, seed="now")
        self.empty = Workspace.in_memory(actor="kai", clock=clock, seed="empty")
        self.other = Workspace.in_memory(actor="kai", clock=clock, seed="other")
        self.before = document(self.base)
        self.path = folder / "file"

    def fill(self) -> None:
        """Enter what is there before."""

    def taken(self, content: bytes) -> tuple[Any, list[Any]]:
        """Import the content; return its result and problems. What is refused has changed nothing; what is taken is exported."""
        self.path.write_bytes(content)
        self.now.store.replace_with(self.base.store)
        try:
            result = import_file(self.now, self.path, zone=UTC)
        except ShoplinkError as error:
            words_are_ours(f"{error.message} {error.remedy}")
            assert document(self.now) == self.before, "refused, and something has changed"
            return error, []
        for problem in result.problems:
            words_are_ours(f"{problem.field}: {problem.message}")
        for note in result.notes:
            words_are_ours(note)
        if result.problems:
            assert document(self.now) == self.before, "refused, and something has changed"
        else:
            self.goes_round()
        return result, list(result.problems)

    def goes_round(self) -> None:
        """What was taken, exported and imported into an empty record, is exported again the same."""
        self.other.store.replace_with(self.empty.store)
        exported = check_export(self.now, self.path, self.other)
        for kind in set(KINDS) - {"events"}:  # whose details may hold anything
            stored = json.dumps(exported[kind], ensure_ascii=False)
            assert_harmless(stored, f"the {kind}")
            assert "\\u00" not in stored, f"a control character in the {kind}"


class Sheets(Takes):
    """Imports sheets into a record with a shop, an account and a product."""

    def fill(self) -> None:
        self.base.shops.add("Base", "US", LUMEN, code="USLCBASE01", unlinks_before=0)
        self.base.accounts.state(**BASE["accounts"])
        candle = self.base.products.add("USLCBASE01", "Base candle", "5.00")
        self.base.products.change(candle.id, status=ProductStatus.INACTIVE)

    def one(self, chance: Random) -> str:
        sheet = drawn(chance)
        result, problems = self.taken(sheet.content)
        if sheet.spoiled:
            assert problems or isinstance(result, ShoplinkError), f"{sheet.spoiled}: was taken"
            return "refused"
        assert not isinstance(result, ShoplinkError), result.message
        for problem in problems:  # of a row's cells, before what they come to together
            assert problem.field == "" or Bad(problem.line, problem.field) in sheet.bad, f"{problem}; wrong are {sheet.bad}"
        assert {problem.line for problem in problems} == {bad.line for bad in sheet.bad}, f"{problems}; wrong are {sheet.bad}"
        if problems:
            return "refused"
        self.says(sheet, result.created[sheet.kind])
        return "taken"

    def says(self, sheet: Sheet, created: int) -> None:
        """Check that the record has what the rows mean, and nothing else."""
        after = document(self.now)
        for kind in ("shops", "accounts", "products", "links"):
            more = len(after[kind]) - len(self.before[kind])
            assert more == (created if kind == sheet.kind else 0) or (sheet.kind, kind) == ("links", "accounts"), f"{more} {kind}"
        names = {
            entry["id"]: entry.get("code") or entry.get("username") for kind in ("shops", "accounts") for entry in after[kind]
        }
        sellers = {entry["id"]: entry["entity"] for entry in after["sellers"]}
        key = {"shops": "code", "products": "title"}.get(sheet.kind, "username")
        entries = {entry.get(key, names.get(entry.get("account"))): entry for entry in after[sheet.kind]}
        for row in sheet.rows:
            entry = entries[row[key]]
            there = {**entry, "shop": names.get(entry.get("shop")), "username": row.get("username")}
            entity = sellers.get(entry.get("seller")) or entry.get("entity") or {}
            there |= {name: entity.get({"entity_kind": "kind"}.get(name, name)) for name in OF_SELLER}
            means = dict(row)
            if str(means.get("probation"))[:1] == "2":
                means |= {"probation": "active", "probation_until": means["probation"]}
            if sheet.kind == "products":
                means = {"currency": "USD", "status": "active", **means, "price": Decimal(means["price"])}
                there["price"] = Decimal(there["price"])
            if sheet.kind == "links":
                means.pop("note", None)
                means |= {"state": "unlinked" if means.get("unlinked_at") else "linked"}
            unknown = {name: None for name in FIELDS[sheet.kind] if name in there and name not in means}
            for name, value in {**unknown, **means}.items():
                assert same(there[name], value), f"{name} is {there[name]!r}, the sheet says {value!r}"


class Documents(Takes):
    """Imports documents into an empty record, and into the one that they are exports of."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.exported = []
        for scenario in ("organization", "rejected", "last-unlink"):
            with scenarios.in_memory(scenario, actor="maya", clock=StoppedClock(), seed="documents") as workspace:
                self.exported.append(document(workspace))

    def one(self, chance: Random) -> str:
        exported = chance.choice(self.exported)
        content, said = mutated.document(chance, exported)
        result, problems = self.taken(content)
        if problems or isinstance(result, ShoplinkError):
            return "refused"
        if said:
            self.says(said)
        return "taken"

    def says(self, said: dict[str, Any]) -> None:
        """Check that the record has what the document says, and nothing else but what it leaves out."""
        after = document(self.now)
        for kind in KINDS:
            entries = {entry["id"]: entry for entry in after[kind]}
            told = {str(entry["id"]).strip(): entry for entry in said.get(kind) or []}
            assert entries.keys() >= told.keys(), f"{kind}: {told.keys() - entries.keys()} not there"
            assert kind in {"events", "sellers"} or len(entries) == len(told), (
                f"{kind}: {entries.keys() - told.keys()} were not in the document"
            )
            for id, entry in told.items():
                for name, value in entry.items():
                    there = entries[id].get(name)
                    assert means(there, value), f"{kind} {id}: {name} is {there!r}, the document says {value!r}"


class Settings:
    """Reads scenarios, tours and the configuration, each from a file."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "mine.toml"
        self.texts = {
            self.scenario: [path.read_text(encoding="utf-8") for path in sorted((DATA / "scenarios").glob("*.toml"))],
            self.tour: [path.read_text(encoding="utf-8") for path in sorted((DATA / "tours").glob("*.toml"))],
            self.configuration: ['theme = "shoplink-dark"\nanimation = "none"\nmouse = true\n\n[keys]\ndesk = "f3"\n'],
        }

    def one(self, chance: Random) -> str:
        read = chance.choice(list(self.texts))
        self.path.write_text(
            mutated.settings(chance, chance.choice(self.texts[read])), encoding="utf-8", errors="surrogatepass", newline=""
        )
        try:
            return read()
        except ShoplinkError as error:
            words_are_ours(f"{error.message} {error.remedy}")
            if not re.search(r"line \d+", error.message):
                raise AssertionError(f"names no line: {error.message}") from None
            return "refused"

    def scenario(self) -> str:
        with scenarios.in_memory(str(self.path), actor="maya", clock=StoppedClock()):
            return "taken"

    def tour(self) -> str:
        tours.load(str(self.path))
        return "taken"

    def configuration(self) -> str:
        found = config.read(self.path, {"shoplink-dark"}, {"desk"})
        for mistake in found.mistakes:
            words_are_ours(mistake)
        return "refused" if found.mistakes else "taken"


def same(there: Any, said: Any) -> bool:
    if isinstance(there, str) and isinstance(said, str) and re.match(r"\d{4}-\d\d-\d\dT", said):
        return datetime.fromisoformat(there) == datetime.fromisoformat(said)
    return there == said and type(there) is type(said)


def means(there: Any, said: Any) -> bool:
    """Whether a value of an export is what a document said: null is unknown, a text may be written in another case or form."""
    if there == said and type(there) is type(said):
        return True
    if isinstance(there, str) and isinstance(said, int | float) and not isinstance(said, bool):
        return Decimal(there) == Decimal(str(said))
    if said is None:
        return there in (None, False, 0, "", [], {}) or isinstance(there, str)  # a default
    if isinstance(said, dict):
        return isinstance(there, dict) and all(means(there.get(name), value) for name, value in said.items())
    if isinstance(said, list):
        return isinstance(there, list) and len(said) == len(there) and all(map(means, there, said))
    if isinstance(said, str) and isinstance(there, str):
        plain = unicodedata.normalize("NFC", said).strip()
        try:
            return bare_username(plain) == there.lower() or country_code(plain) == there or same(there, plain)
        except ValueError:
            return False
    if isinstance(there, bool):
        return YES.get(str(said), said) == there
    return bool(there == said) and (isinstance(there, bool) == isinstance(said, bool))


SORTS: dict[str, tuple[Callable[[Path], Any], int, int]] = {
    "sheets": (Sheets, 60, 42_000),
    "documents": (Documents, 10, 8_000),
    "settings files": (Settings, 150, 40_000),
}
"""What reads each sort of file, and how many there are in the short and in the long form."""
