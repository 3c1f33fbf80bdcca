"""A file of every schema that was ever released opens, keeps all it holds, and has every safeguard of today."""

import hashlib
import json
import shutil
import sqlite3
from pathlib import Path

import pytest
from sqlite_utils import Database

from core import errors
from core.doctor import examine
from core.store import header, migrating, schema
from core.workspace import Workspace
from tests.core.store.histories import used_workspace
from tests.support import NOW, StoppedClock, everything

RELEASED = sorted(Path(__file__).with_name("released").glob("*.db"))
LATER = StoppedClock(NOW.replace(month=12))


@pytest.fixture(params=RELEASED, ids=lambda path: path.stem)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / "w.db"
    shutil.copyfile(request.param, path)
    path.chmod(0o600)
    return path


def content(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """All rows of all tables, read without the program."""
    with sqlite3.connect(path) as connection:
        tables = [
            name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT GLOB '_*'")
        ]
        return {table: sorted(connection.execute(f"SELECT * FROM {table}").fetchall(), key=repr) for table in tables}


def migrations(path: Path) -> list[str]:
    with sqlite3.connect(path) as connection:
        return [name for (name,) in connection.execute("SELECT name FROM _sqlite_migrations ORDER BY id")]


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def without_details(workspace: Workspace) -> dict[str, list[dict[str, object]]]:
    """All rows, without what today's program only says more fully or writes more tightly."""
    rows = everything(workspace)
    events = [{**event, "details": "", "shop": ""} for event in rows["event"]]
    links = [{**link, "confirmed": json.loads(str(link["confirmed"]))} for link in rows["link"]]
    return {**rows, "event": events, "link": links}


def test_there_is_a_file_of_every_schema_before_this_one() -> None:
    assert {path.stem.split("-")[1] for path in RELEASED} == {str(number) for number in range(1, 4)}


def test_an_older_file_keeps_its_history_and_all_it_holds(old: Path) -> None:
    before = content(old)
    assert before["event"]
    with Workspace.open(old, actor="maya", clock=StoppedClock(NOW)):
        pass
    after = content(old)
    for table, rows in before.items():  # a schema may have added tables, and columns at the end, and dropped the search's
        if table not in after:
            continue
        assert [row[: len(was)] for row, was in zip(after[table], rows, strict=True)] == rows
    assert migrations(old) == [str(number) for number in range(1, schema.VERSION + 1)]


def test_an_older_file_has_every_safeguard_after_it_was_opened(old: Path) -> None:
    with Workspace.open(old, actor="maya", clock=LATER) as workspace:
        assert [check for check in examine(workspace) if not check.ok] == []


def test_what_it_was_is_kept_beside_it_for_its_owner_alone(old: Path) -> None:
    before, schemas = content(old), migrations(old)
    Workspace.open(old, actor="maya", clock=LATER).close()
    (copy,) = (path for path in old.parent.iterdir() if path != old)
    assert copy.name == f"w.db.before-schema-{schema.VERSION}"
    assert content(copy) == before
    assert migrations(copy) == schemas
    assert copy.stat().st_mode & 0o777 == 0o600


def test_a_second_opening_does_nothing(old: Path) -> None:
    Workspace.open(old, actor="maya", clock=LATER).close()
    before = digest(old), sorted(old.parent.iterdir())
    Workspace.open(old, actor="maya", clock=LATER).close()
    assert (digest(old), sorted(old.parent.iterdir())) == before


def test_a_copy_that_is_there_already_is_never_replaced(old: Path) -> None:
    first = old.with_name(f"{old.name}.before-schema-{schema.VERSION}")
    first.write_text("from an attempt that was cut off")
    schemas = migrations(old)
    Workspace.open(old, actor="maya", clock=LATER).close()
    assert first.read_text() == "from an attempt that was cut off"
    assert migrations(old.with_name(f"{first.name}-2")) == schemas


def test_an_older_file_that_cannot_be_written_is_shown_as_it_is(old: Path) -> None:
    before = digest(old)
    with Workspace.open(old, actor="maya", clock=LATER, read_only=True) as workspace:
        assert workspace.shops.page().shops
        assert [check for check in examine(workspace) if not check.ok] == []
        with pytest.raises(errors.ReadOnly):
            workspace.shops.rename(workspace.shops.page().shops[0].shop.code, "Another")
    assert digest(old) == before
    assert list(old.parent.iterdir()) == [old]


def test_a_migration_that_fails_leaves_the_file_as_it_was(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = digest(old)
    monkeypatch.setattr(migrating, "statements", lambda script: ["CREATE TABLE half (way)", "CREATE TABLE half (way)"])
    with pytest.raises(errors.ShoplinkError):
        Workspace.open(old, actor="maya", clock=LATER)
    assert digest(old) == before


def test_a_migration_that_is_stopped_leaves_the_file_as_it_was_and_no_copy(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    migrate = schema.migrate

    def stopped(db: Database) -> None:
        migrate(db)
        raise KeyboardInterrupt

    before = digest(old)
    monkeypatch.setattr(schema, "migrate", stopped)  # at the last moment: all was done
    for _ in range(2):
        with pytest.raises(KeyboardInterrupt):
            Workspace.open(old, actor="maya", clock=LATER)
        assert digest(old) == before
        assert list(old.parent.iterdir()) == [old]


def test_a_file_is_known_as_older_until_it_was_opened(old: Path, tmp_path: Path) -> None:
    assert header.is_older(old)
    Workspace.open(old, actor="maya", clock=LATER).close()
    assert not header.is_older(old)
    for name, content in (("empty", b""), ("another", b"SQLite format 3\0" + bytes(100))):
        (tmp_path / name).write_bytes(content)
        assert not header.is_older(tmp_path / name)
    assert not header.is_older(tmp_path / "none")


def test_a_file_of_a_newer_schema_is_refused_untouched(old: Path) -> None:
    with sqlite3.connect(old) as connection:
        connection.execute(f"PRAGMA user_version = {schema.VERSION + 1}")
    before = digest(old)
    with pytest.raises(errors.TooNew):
        Workspace.open(old, actor="maya")
    assert digest(old) == before
    assert list(old.parent.iterdir()) == [old]


@pytest.mark.parametrize("schema", ["schema-1", "schema-2"])
def test_an_older_file_becomes_what_a_new_one_is(tmp_path: Path, schema: str) -> None:
    shutil.copyfile(next(path for path in RELEASED if path.stem == schema), tmp_path / "old.db")
    with (
        Workspace.open(tmp_path / "old.db", actor="maya", clock=StoppedClock()) as old,
        used_workspace(tmp_path / "new.db", StoppedClock()) as new,
    ):
        assert without_details(old) == without_details(new)
        same = "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY rowid"
        assert old.store.rows(same) == new.store.rows(same)
