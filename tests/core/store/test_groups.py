"""A record of a group: its own folder and file, for that group and for nobody else."""

import grp
import os
import shutil
import stat
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from core import doctor
from core.errors import Exists, InvalidInput, ReadOnly
from core.store.groups import group_of
from core.workspace import Workspace
from tests.support import StoppedClock, add_shop

MINE = grp.getgrgid(os.getegid()).gr_name


def made(path: Path, group: str = MINE) -> Workspace:
    return Workspace.create(path, actor="maya", clock=StoppedClock(), group=group)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_folder_and_file_are_the_groups_and_the_journal_with_them(tmp_path: Path) -> None:
    path = tmp_path / "shops" / "record.db"
    with made(path) as workspace:
        assert (mode(path.parent), mode(path)) == (0o2770, 0o660)
        with workspace.change():
            add_shop(workspace)
            assert mode(path.with_name("record.db-journal")) == 0o660
        assert group_of(path) == MINE
        assert next(doctor.examine(workspace)).message == f"{path}, for the group {MINE} only."


def test_a_folder_that_is_there_keeps_its_rights(tmp_path: Path) -> None:
    before = mode(tmp_path)
    with pytest.raises(Exists, match="doesn't change its permissions"):
        made(tmp_path / "record.db")
    assert (mode(tmp_path), list(tmp_path.iterdir())) == (before, [])


@pytest.mark.parametrize("group", ["no.such.group", "", "a\0b"])
def test_a_group_that_does_not_exist_is_reported_and_nothing_is_made(tmp_path: Path, group: str) -> None:
    if not group:
        made(tmp_path / "alone.db", group).close()
        assert mode(tmp_path / "alone.db") == 0o600
        return
    with pytest.raises(InvalidInput, match="is not known"):
        made(tmp_path / "shops" / "record.db", group)
    assert list(tmp_path.iterdir()) == []


def test_a_group_that_one_is_not_in_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(os, "getegid", lambda: -2)
    monkeypatch.setattr(os, "getgroups", lambda: [-2])
    with pytest.raises(InvalidInput, match="is not one of your groups"):
        made(tmp_path / "shops" / "record.db")
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_cannot_be_written_takes_the_folder_along(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Workspace, "moved_to", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        made(tmp_path / "shops" / "record.db")
    assert list(tmp_path.iterdir()) == []


def test_doctor_finds_a_file_of_a_group_that_others_can_reach(tmp_path: Path) -> None:
    path = tmp_path / "shops" / "record.db"
    with made(path) as workspace:
        path.chmod(0o664)
        assert not next(doctor.examine(workspace)).ok


@pytest.fixture
def public() -> Iterator[Path]:
    """A folder that everybody can look into."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def done_by(person: int, groups: list[int], act: Callable[[], object]) -> bool:
    """Do something as another person, in a process of their own; return whether it was done.

    All modules that it needs have to be imported: the person may not read them.
    """
    child = os.fork()
    if child == 0:
        try:
            os.setgroups(groups)
            os.setgid(person)
            os.setuid(person)
            act()
        except ReadOnly:
            os._exit(3)
        except BaseException:
            os._exit(1)
        os._exit(0)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert code in {0, 3}
    return code == 0


@pytest.mark.skipif(os.geteuid() != 0, reason="takes root to act for other people")
@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_two_people_of_the_group_write_one_record_and_a_third_cannot_even_read_it(public: Path, tmp_path: Path) -> None:
    group = next(entry for entry in grp.getgrall() if entry.gr_gid not in {0, os.getegid()})
    path = public / "shops" / "record.db"
    made(path, group.gr_name).close()

    def add(person: str, file: Path = path) -> None:
        with Workspace.open(file, actor=person, clock=StoppedClock()) as workspace:
            add_shop(workspace, f"Shop of {person}")
            workspace.shops.page()

    made(tmp_path / "shops" / "warm.db").close()
    add("nobody", tmp_path / "shops" / "warm.db")  # imports what it needs
    assert done_by(54321, [group.gr_gid], lambda: add("ana"))
    assert done_by(54322, [group.gr_gid], lambda: add("bo"))
    assert not done_by(54323, [], lambda: add("eve"))
    assert not done_by(54323, [], lambda: Workspace.open(path, actor="eve", read_only=True))
    with Workspace.open(path, actor="maya", clock=StoppedClock()) as workspace:
        added = [event.entered_by for event in workspace.history.page(kind="shop.added").events]
    assert added == ["bo", "ana"]
    assert (mode(path.parent), mode(path)) == (0o2770, 0o660)
