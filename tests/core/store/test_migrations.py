"""The next schema, made up: a file of this one is brought to it, keeps all it holds, and is never left half way."""

import hashlib
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database, Migrations

from core import errors
from core.doctor import examine
from core.store import header, migrations, schema
from core.workspace import Workspace
from tests.core.store.histories import used_workspace
from tests.support import NOW, StoppedClock

LATER = StoppedClock(NOW.replace(month=12))
FIRST = migrations.STEPS


def next_step(db: Database) -> None:
    """A second step: another table, a column, and the column's values from what is there."""
    db.execute("CREATE TABLE ticket (number INTEGER PRIMARY KEY, note TEXT NOT NULL) STRICT")
    db.execute("ALTER TABLE product ADD COLUMN letters INTEGER")
    db.execute("UPDATE product SET letters = length(title)")


def steps(second: Callable[[Database], None]) -> Migrations:
    made = Migrations("shoplink")
    made(name="1")(migrations.schema)
    made(name="2")(second)
    return made


@pytest.fixture
def old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A file of this schema, met by a program that knows the next one."""
    path = tmp_path / "w.db"
    used_workspace(path, StoppedClock()).close()
    monkeypatch.setattr(schema, "VERSION", schema.VERSION + 1)
    monkeypatch.setattr(migrations, "STEPS", steps(next_step))
    schema.expected.cache_clear()
    yield path
    schema.expected.cache_clear()


def content(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """All rows of all our tables, read without the program."""
    with closing(sqlite3.connect(path)) as connection, connection:
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        ours = [name for name in names if not name.startswith(("_", "event_fts"))]
        return {name: connection.execute(f"SELECT * FROM {name}").fetchall() for name in ours}


def applied(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection, connection:
        return [name for (name,) in connection.execute("SELECT name FROM _sqlite_migrations ORDER BY id")]


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_the_version_counts_the_steps() -> None:
    made = Database(memory=True)
    assert len(FIRST.pending(made)) == schema.VERSION


def test_an_older_file_keeps_all_it_holds_and_has_every_safeguard(old: Path) -> None:
    before = content(old)
    with Workspace.open(old, actor="maya", clock=LATER) as workspace:
        assert [check for check in examine(workspace) if not check.ok] == []
        assert workspace.store.rows("SELECT letters FROM product") == [{"letters": len("Amber jar")}]
        assert schema.version(workspace.store.connection) == schema.VERSION
    before["ticket"] = []
    before["product"] = [(*row, len("Amber jar")) for row in before["product"]]
    assert content(old) == before
    assert applied(old) == ["1", "2"]


def test_what_it_was_is_kept_beside_it_for_its_owner_alone(old: Path) -> None:
    before = content(old)
    Workspace.open(old, actor="maya", clock=StoppedClock()).close()
    (copy,) = (path for path in old.parent.iterdir() if path != old)
    assert copy.name == "w.db.before-schema-2"
    assert content(copy) == before
    assert applied(copy) == ["1"]
    assert copy.stat().st_mode & 0o777 == 0o600


def test_a_second_opening_does_nothing(old: Path) -> None:
    Workspace.open(old, actor="maya", clock=LATER).close()
    before = digest(old), sorted(old.parent.iterdir())
    Workspace.open(old, actor="maya", clock=LATER).close()
    assert (digest(old), sorted(old.parent.iterdir())) == before


def test_a_copy_that_is_there_already_is_never_replaced(old: Path) -> None:
    first = old.with_name(f"{old.name}.before-schema-2")
    first.write_text("from an attempt that was cut off")
    Workspace.open(old, actor="maya", clock=LATER).close()
    assert first.read_text() == "from an attempt that was cut off"
    assert applied(old.with_name(f"{first.name}-2")) == ["1"]


def test_a_file_that_another_program_writes_is_not_brought_up_to_date(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.store.connection.WAIT_SECONDS", 0.05)
    other = sqlite3.connect(old, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(errors.Locked):
        Workspace.open(old, actor="maya", clock=LATER)
    other.close()
    Workspace.open(old, actor="maya", clock=LATER).close()
    assert applied(old) == ["1", "2"]


def test_an_older_file_that_cannot_be_written_is_shown_as_it_is(old: Path) -> None:
    before = digest(old)
    with Workspace.open(old, actor="maya", clock=LATER, read_only=True) as workspace:
        assert workspace.store.rows("SELECT letters FROM product")
        assert [check for check in examine(workspace) if not check.ok] == []
        with pytest.raises(errors.ReadOnly):
            workspace.shops.rename(workspace.shops.page().shops[0].shop.code, "Another")
    assert digest(old) == before
    assert list(old.parent.iterdir()) == [old]


def test_a_step_that_fails_leaves_the_file_as_it_was(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(db: Database) -> None:
        next_step(db)
        next_step(db)

    monkeypatch.setattr(migrations, "STEPS", steps(fails))
    before = digest(old)
    with pytest.raises(errors.ShoplinkError):
        Workspace.open(old, actor="maya", clock=LATER)
    assert digest(old) == before


def test_a_step_that_is_stopped_leaves_the_file_as_it_was_and_no_copy(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(db: Database) -> None:
        next_step(db)
        raise KeyboardInterrupt

    monkeypatch.setattr(migrations, "STEPS", steps(stopped))
    before = digest(old)
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


def test_a_file_of_a_newer_schema_is_refused_untouched(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Workspace.open(old, actor="maya", clock=LATER).close()
    monkeypatch.setattr(schema, "VERSION", 1)
    before = digest(old)
    with pytest.raises(errors.TooNew):
        Workspace.open(old, actor="maya")
    assert digest(old) == before
