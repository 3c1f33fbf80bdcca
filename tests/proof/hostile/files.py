"""Hostile text in every file and setting: sheets, documents, scenarios, tours, the configuration, the actor's name."""

import csv
import json
import os
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import fields
from functools import cache
from pathlib import Path
from unittest.mock import patch

from core import scenarios
from core.errors import ShoplinkError
from core.exchange import ROWS
from core.exchange import document as exported
from core.text import problem, show
from core.workspace import Workspace
from tests.proof.hostile.commands import CODE, Answer, answered, try_command
from tests.proof.hostile.harmless import assert_harmless
from tests.support import StoppedClock
from tests.tui.support import SHORT_TOUR
from tui import config, tours

DATA = Path(__file__).parents[3] / "data"
SCENARIO = DATA / "scenarios" / "new-shop.toml"
CONFIG_PLACES = ("theme = {}", "animation = {}", "mouse = {}", "{} = 1", "[keys]\ndesk = {}", '[keys]\n{} = "f3"', "{}")


@cache
def _sample(kind: str) -> dict[str, str]:
    """The first row of the sample sheet, with every field that a sheet of this kind can have."""
    row = next(csv.DictReader((DATA / "samples" / f"{kind}.csv").read_text(encoding="utf-8").splitlines()))
    return {field.name: row.get(field.name, "") for field in fields(ROWS[kind])}


@cache
def _document() -> str:
    """An export with entries of every kind."""
    with scenarios.in_memory("organization", actor="maya", clock=StoppedClock(), seed="document") as workspace:
        return json.dumps(exported(workspace))


def prepare(folder: Path) -> None:
    """Make the workspaces that files are imported into: one with the shops of the samples, and an empty record."""
    shops = str(DATA / "samples" / "shops.csv")
    for arguments in (["w.db", "init", "--practice", "new-shop"], ["w.db", "import", shops], ["record.db", "init", "--record"]):
        assert answered(["--db", str(folder / arguments[0]), *arguments[1:]]).code == 0


def _sheet(folder: Path, text: str, place: str) -> Answer:
    """A CSV sheet with the text in one cell, or as the name of a column."""
    kind, field = place.split(".")
    row = {**_sample(kind), **({text: "x"} if field == "header" else {field: text})}
    path = folder / "sheet.csv"
    with path.open("w", encoding="utf-8", errors="surrogatepass", newline="") as file:
        csv.writer(file).writerows((row, row.values()))
    return _imported(folder / "w.db", path, f"{place} with {text[:60]!a}")


def _json(folder: Path, text: str, place: str) -> Answer:
    """An export's document with the text in one field, or as the name of a field or of a kind."""
    kind, field = place.split(".")
    content = json.loads(_document())
    if field == "kind":
        content[text] = [{}]
    else:
        entry = content[kind][0]
        (entry["entity"] if field in (entry.get("entity") or ()) else entry)[text if field == "field" else field] = text
    path = folder / "document.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    return _imported(folder / "record.db", path, f"{place} with {text[:60]!a}")


def _imported(base: Path, path: Path, where: str) -> Answer:
    """Import a file into a copy of a workspace; what is stored then is clean, whatever the file held."""
    db = base.with_name("in.db")
    db.write_bytes(base.read_bytes())
    answer = try_command(str(db), ("import", str(path)), as_json=False, what=where)
    if answer.code == 0:
        stored_is_clean(db, where)
    return answer


def _scenario(folder: Path, text: str, place: str) -> Answer:
    """A scenario with the text as one of its values: a practice workspace is made from it, or its mistake reported."""
    path, db = folder / "mine.toml", folder / "practice.db"
    path.write_text(_with(SCENARIO, place, text), encoding="utf-8")
    db.unlink(missing_ok=True)
    where = f"scenario {place} with {text[:60]!a}"
    answer = try_command(str(db), ("init", "--practice", str(path)), as_json=False, what=where)
    if answer.code == 0:
        stored_is_clean(db, where)
    return answer


def _tour(folder: Path, text: str, place: str) -> Answer:
    """A tour with the text as one of its values: it is read, or its mistake reported."""
    path = folder / "tour.toml"
    path.write_text(_with(Path(SHORT_TOUR), place, text), encoding="utf-8")
    with suppress(ShoplinkError):
        tours.load(str(path))
        return Answer(0, "", "")
    where = f"tour {place} with {text[:60]!a}"
    return try_command(str(folder / "w.db"), ("storyboard", str(path), "--out", "made"), as_json=False, what=where)


def _configuration(folder: Path, text: str, place: str) -> Answer:
    """The configuration with the text as a value or a name: its mistakes are reported harmlessly."""
    path = folder / "config.toml"
    path.write_text(place.replace("{}", quoted(text)), encoding="utf-8")
    for mistake in config.read(path, {"shoplink-dark"}, {"desk"}).mistakes:
        assert_harmless(show(mistake, 4000), f"configuration {place!r}")
    return Answer(0, "", "")


def _actor(folder: Path, text: str, place: str) -> Answer:
    """Who acts, from the environment, as the system passes bytes that are not UTF-8."""
    name = text.replace("\0", "").encode("utf-8", "surrogatepass").decode("utf-8", "surrogateescape")
    with patch.dict(os.environ, SHOPLINK_ACTOR=name):
        answer = answered(["--db", str(folder / "w.db"), "rename-shop", CODE, f"Wax {len(text)}", "--yes"])
    assert answer.code == 0, answer.err
    stored_is_clean(folder / "w.db", f"{place} with {text[:60]!a}")
    return answer


def _content(path: Path) -> str:
    """A TOML file, its texts of several lines shortened to one."""
    return re.sub(r'"""\n.*?"""', '"Notes."', path.read_text(encoding="utf-8"), flags=re.DOTALL)


def _places(path: Path) -> tuple[str, ...]:
    """Each key of a TOML file whose value is or holds a string."""
    return tuple(dict.fromkeys(re.findall(r'^(\w+) = \[?"', _content(path), re.MULTILINE)))


def _with(path: Path, key: str, text: str) -> str:
    """A TOML file in which the first string of the first value of this key is the text."""
    return re.sub(rf'^({key} = \[?)"[^"]*"', lambda found: found[1] + quoted(text), _content(path), count=1, flags=re.MULTILINE)


def quoted(text: str) -> str:
    """A TOML string; half of a character cannot be in one."""
    return json.dumps(text.encode("utf-8", "replace").decode(), ensure_ascii=False).replace("\x7f", "\\u007f")


def files() -> dict[str, tuple[Callable[[Path, str, str], Answer], tuple[str, ...]]]:
    """Each kind of file with the places in it that take a text."""
    document = {kind: entries[0] for kind, entries in json.loads(_document()).items() if isinstance(entries, list) and entries}
    texts = [
        f"{kind}.{name}" for kind, entry in document.items() for name, value in entry.items() if isinstance(value, str | None)
    ]
    entity = [f"sellers.{name}" for name in ("legal_name", "registration_number", "country")]
    return {
        "a CSV sheet": (_sheet, tuple(f"{kind}.{field}" for kind in ROWS for field in (*_sample(kind), "header"))),
        "a JSON document": (_json, (*texts, *entity, "shops.field", "shops.kind")),
        "a scenario": (_scenario, _places(SCENARIO)),
        "a tour": (_tour, _places(Path(SHORT_TOUR))),
        "the configuration": (_configuration, CONFIG_PLACES),
        "SHOPLINK_ACTOR": (_actor, ("actor",)),
    }


def stored_is_clean(db: Path, where: str) -> None:
    """Raise AssertionError when any text of the workspace could act."""
    with Workspace.open(db, actor="maya") as workspace:
        for table in ("entity", "seller", "shop", "account", "link", "member", "product", "event"):
            for row in workspace.store.rows(f"SELECT * FROM {table}"):
                for column, value in row.items():
                    if isinstance(value, str) and column != "details":
                        assert not (found := problem(value, 10_000)), f"{where}: {table}.{column} {found}"
