"""Every file that is no usable workspace gets its own error and is left unchanged."""

import hashlib
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from core import errors
from core.store import connection, header, schema
from core.workspace import Workspace
from tests.support import StoppedClock, add_shop, record_workspace


def empty(path: Path) -> None:
    path.touch()


def text(path: Path) -> None:
    path.write_text("Dear diary, today I linked an account.\n" * 10)


def strangers_database(path: Path) -> None:
    with closing(sqlite3.connect(path)) as other, other:
        other.execute("CREATE TABLE recipes (name TEXT)")


def newer(path: Path) -> None:
    ours(path)
    with closing(sqlite3.connect(path)) as other, other:
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


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes have no name here")
def test_a_folder_a_pipe_and_a_device_are_no_workspace_and_are_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.db")
    (tmp_path / "device.db").symlink_to("/dev/zero")
    for path, what in ((tmp_path, "a folder"), (tmp_path / "pipe.db", "a pipe"), (tmp_path / "device.db", "a device")):
        with pytest.raises(errors.Damaged, match=what):
            Workspace.open(path, actor="maya")
        with pytest.raises(errors.Exists):
            Workspace.create(path, actor="maya")
        assert not header.is_older(path)


def test_a_pipe_in_the_place_of_the_journal_is_not_waited_for(tmp_path: Path) -> None:
    record_workspace(tmp_path, StoppedClock()).close()
    os.mkfifo(tmp_path / "record.db-journal")
    header.check(tmp_path / "record.db")


def test_a_link_to_nothing_is_reported_as_one(tmp_path: Path) -> None:
    (tmp_path / "w.db").symlink_to("gone.db")
    with pytest.raises(errors.Missing, match=r"link to gone\.db"):
        Workspace.open(tmp_path / "w.db", actor="maya")
    with pytest.raises(errors.Exists, match=r"link to gone\.db"):
        Workspace.create(tmp_path / "w.db", actor="maya")


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


def test_a_sqlite_that_is_too_old_is_reported_with_both_versions_and_nothing_is_touched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record_workspace(tmp_path, StoppedClock()).close()
    before = (tmp_path / "record.db").read_bytes()
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 36, 0))
    monkeypatch.setattr(sqlite3, "sqlite_version", "3.36.0")
    for act in (
        lambda: Workspace.open(tmp_path / "record.db", actor="maya"),
        lambda: Workspace.create(tmp_path / "n.db", actor="m"),
    ):
        with pytest.raises(errors.Unsupported, match=r"3\.36\.0.*3\.37"):
            act()
    assert (tmp_path / "record.db").read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["record.db"]


def test_a_shorter_wait_for_a_write_holds_only_within_its_block(tmp_path: Path) -> None:
    with record_workspace(tmp_path, StoppedClock()) as workspace:
        wait = workspace.store.value("PRAGMA busy_timeout")
        for seconds in (0, 0.05):
            with workspace.store.waiting(seconds):
                assert workspace.store.value("PRAGMA busy_timeout") == seconds * 1000 < wait
            assert workspace.store.value("PRAGMA busy_timeout") == wait
