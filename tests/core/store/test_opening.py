"""Every file that is no usable workspace gets its own error and is left unchanged."""

import hashlib
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from core import errors
from core.store import connection, schema
from core.workspace import Workspace
from tests.support import StoppedClock, add_shop, record_workspace


def empty(path: Path) -> None:
    path.touch()


def text(path: Path) -> None:
    path.write_text("Dear diary, today I linked an account.\n" * 10)


def strangers_database(path: Path) -> None:
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE recipes (name TEXT)")


def newer(path: Path) -> None:
    ours(path)
    with sqlite3.connect(path) as other:
        other.execute(f"PRAGMA user_version = {schema.VERSION + 1}")


def truncated(path: Path) -> None:
    ours(path)
    path.write_bytes(path.read_bytes()[:8192])


def ours(path: Path) -> None:
    Workspace.create(path, actor="maya", clock=StoppedClock()).close()


@pytest.mark.parametrize(
    ("make", "error"),
    [
        (empty, errors.Damaged),
        (text, errors.Damaged),
        (strangers_database, errors.Damaged),
        (newer, errors.TooNew),
        (truncated, errors.Damaged),
    ],
)
def test_a_file_that_is_no_workspace_is_reported_and_left_unchanged(
    tmp_path: Path, make: Callable[[Path], None], error: type[errors.WorkspaceError]
) -> None:
    path = tmp_path / "file.db"
    make(path)
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    with pytest.raises(error) as told:
        Workspace.open(path, actor="maya")
    assert told.value.remedy
    assert hashlib.sha256(path.read_bytes()).hexdigest() == before
    assert [entry.name for entry in tmp_path.iterdir()] == ["file.db"]


def test_a_missing_file_is_reported_and_not_created(tmp_path: Path) -> None:
    with pytest.raises(errors.Missing):
        Workspace.open(tmp_path / "nothing.db", actor="maya")
    assert not list(tmp_path.iterdir())


def test_a_folder_is_no_workspace(tmp_path: Path) -> None:
    with pytest.raises(errors.Damaged):
        Workspace.open(tmp_path, actor="maya")


def test_an_existing_file_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "file.db"
    text(path)
    before = path.read_bytes()
    with pytest.raises(errors.Exists):
        Workspace.create(path, actor="maya")
    assert path.read_bytes() == before


def test_a_file_locked_by_another_program_says_locked_and_nothing_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "WAIT_SECONDS", 0.05)
    with record_workspace(tmp_path, StoppedClock()) as workspace:
        other = sqlite3.connect(workspace.path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(errors.Locked):
            add_shop(workspace)
        other.execute("ROLLBACK")
        other.close()
        assert add_shop(workspace).name


def test_a_read_only_workspace_shows_everything_and_refuses_changes(tmp_path: Path) -> None:
    with record_workspace(tmp_path, StoppedClock()) as workspace:
        shop = add_shop(workspace)
    with Workspace.open(workspace.path, actor="maya", read_only=True, clock=StoppedClock()) as reader:
        assert reader.shops.status(shop.code).shop == shop
        with pytest.raises(errors.ReadOnly):
            add_shop(reader, "Another")


def test_the_file_is_its_owners_alone_with_a_rollback_journal_and_synchronous_extra(tmp_path: Path) -> None:
    with record_workspace(tmp_path, StoppedClock()) as workspace:
        assert workspace.path.stat().st_mode & 0o777 == 0o600
        pragmas = {name: workspace.store.value(f"PRAGMA {name}") for name in ("journal_mode", "synchronous", "foreign_keys")}
        assert pragmas == {"journal_mode": "delete", "synchronous": 3, "foreign_keys": 1}
        assert workspace.store.value("PRAGMA application_id") == schema.APPLICATION_ID
        tables = workspace.store.rows("SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND type = 'table'")
        loose = {row["name"] for row in tables if not row["strict"]}
        assert loose <= {"_sqlite_migrations", "sqlite_schema"}


def test_every_change_begins_immediately(tmp_path: Path) -> None:
    with record_workspace(tmp_path, StoppedClock()) as workspace:
        said: list[str] = []
        workspace.store.connection.set_trace_callback(said.append)
        add_shop(workspace)
        begun = [statement for statement in said if statement.startswith("BEGIN")]
        assert begun == ["BEGIN IMMEDIATE"]


def test_a_change_by_another_connection_is_seen(tmp_path: Path) -> None:
    with (
        record_workspace(tmp_path, StoppedClock()) as one,
        Workspace.open(one.path, actor="sam", clock=StoppedClock()) as two,
    ):
        before = one.version()
        add_shop(two)
        assert one.version() != before
        assert one.shops.count() == 1
