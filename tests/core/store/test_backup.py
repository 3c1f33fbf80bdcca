"""A backup is complete, of one moment, and its owner's alone, whatever is written meanwhile."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from core import exchange, scenarios
from core.doctor import examine
from core.errors import Damaged, Exists, ReadOnly
from core.store import schema
from core.workspace import Workspace
from tests.support import StoppedClock, everything, older_file

WRITER = """
import sys
import time
from pathlib import Path
from core.workspace import Workspace
with Workspace.open(Path(sys.argv[1]), actor="writer") as workspace:
    print("ready", flush=True)
    for number in range(100000):
        workspace.products.add("USLCDEMO01", f"Candle {number}", "1.00")
        print(number, flush=True)
        time.sleep(0.005)  # a commit blocks readers while the disk flushes: without a pause they may wait long
"""


def test_a_backup_is_the_same_workspace_and_usable(tmp_path: Path) -> None:
    with scenarios.create(tmp_path / "w.db", "linked", actor="maya", clock=StoppedClock()) as workspace:
        workspace.store.save_as(tmp_path / "folder" / "backup.db")
        with Workspace.open(tmp_path / "folder" / "backup.db", actor="maya", clock=StoppedClock()) as copy:
            assert everything(copy) == everything(workspace)
            copy.shops.rename("USLCDEMO01", "Lumen Lights")
        assert workspace.shops.get("USLCDEMO01").name == "Lumen Candle Co."
    assert (tmp_path / "folder" / "backup.db").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in (tmp_path / "folder").iterdir()] == ["backup.db"]


def test_a_backup_during_writes_is_sound_and_has_all_acknowledged_changes(tmp_path: Path) -> None:
    path = tmp_path / "w.db"
    scenarios.create(path, "linked", actor="maya").close()
    writer = subprocess.Popen([sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE, text=True)
    try:
        assert writer.stdout
        assert writer.stdout.readline() == "ready\n"
        for number in range(5):
            acknowledged = int(writer.stdout.readline())
            with Workspace.open(path, actor="maya") as workspace:
                workspace.store.save_as(tmp_path / f"{number}.db")
            with Workspace.open(tmp_path / f"{number}.db", actor="maya", read_only=True) as copy:
                assert [check for check in examine(copy) if not check.ok] == []
                titles = {product.title for product in copy.products.of_shop("USLCDEMO01")}
                assert f"Candle {acknowledged}" in titles
                assert len([event for event in exchange.document(copy)["events"] if event["kind"] == "product.added"]) == len(
                    titles
                )
    finally:
        writer.kill()
        writer.communicate()


@pytest.mark.parametrize("suffix", ["-journal", "-wal", "-shm"])
def test_a_leftover_journal_or_log_is_not_applied_to_a_backup(tmp_path: Path, suffix: str) -> None:
    (tmp_path / f"gone.db{suffix}").write_bytes(b"left")
    (tmp_path / f"linked.db{suffix}").symlink_to(tmp_path / "nothing")
    with scenarios.create(tmp_path / "w.db", "linked", actor="maya") as workspace:
        for name in ("gone.db", "linked.db"):
            with pytest.raises(Exists, match=f"{name}{suffix}"):
                workspace.store.save_as(tmp_path / name)
            with pytest.raises(Exists, match=f"{name}{suffix}"):
                Workspace.create(tmp_path / name, actor="maya")
            assert not (tmp_path / name).exists()


def test_a_copy_before_a_migration_takes_a_name_with_nothing_left_over(tmp_path: Path) -> None:
    older = older_file(tmp_path / "w.db")
    (tmp_path / f"w.db.before-schema-{schema.VERSION}-wal").write_bytes(b"left")
    Workspace.open(older, actor="maya").close()
    assert (tmp_path / f"w.db.before-schema-{schema.VERSION}-2").exists()


def test_another_files_log_is_not_played_into_a_workspace_put_in_its_place(tmp_path: Path) -> None:
    with scenarios.create(tmp_path / "good.db", "linked", actor="maya", clock=StoppedClock()) as workspace:
        good = everything(workspace)
    place = tmp_path / "w.db"
    scenarios.create(place, "agency", actor="maya").close()
    with closing(sqlite3.connect(place)) as other:
        other.execute("PRAGMA journal_mode = WAL")
        other.execute("PRAGMA user_version = 1")
        other.execute("CREATE TABLE recipes (name TEXT)")
        log = place.with_name("w.db-wal").read_bytes()
    place.unlink()
    place.write_bytes((tmp_path / "good.db").read_bytes())
    place.with_name("w.db-wal").write_bytes(log)
    (tmp_path / "link.db").symlink_to(place)
    for name in ("w.db", "link.db"):
        with pytest.raises(Damaged, match=r"w\.db-wal"):
            Workspace.open(tmp_path / name, actor="maya")
    place.with_name("w.db-wal").unlink()
    with Workspace.open(place, actor="maya", clock=StoppedClock()) as workspace:
        assert everything(workspace) == good


def test_a_backup_never_overwrites_a_file(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with scenarios.create(tmp_path / "w.db", "linked", actor="maya") as workspace:
        with pytest.raises(Exists):
            workspace.store.save_as(tmp_path / "mine.txt")
        with pytest.raises((ReadOnly, Exists)):
            workspace.store.save_as(tmp_path / "mine.txt" / "below.db")
    assert (tmp_path / "mine.txt").read_text() == "mine"
