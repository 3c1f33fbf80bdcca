"""A new folder is there whole or not at all, and is its owner's alone."""

import os
import stat
from pathlib import Path

import pytest

from core.errors import Exists, ReadOnly
from core.store.new_file import new_folder


def fill(folder: Path) -> None:
    with new_folder(folder) as made:
        (made / "one.txt").write_text("one")


def test_a_new_folder_and_its_files_are_their_owners_alone(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        fill(tmp_path / "made")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "made").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "made" / "one.txt").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["made"]


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    (tmp_path / "made").mkdir(mode=0o755)
    fill(tmp_path / "made")
    assert (tmp_path / "made" / "one.txt").read_text() == "one"
    assert stat.S_IMODE((tmp_path / "made").stat().st_mode) == 0o700


@pytest.mark.parametrize("there", ["file", "full", "link", "dangling"])
def test_what_is_there_is_never_replaced(tmp_path: Path, there: str) -> None:
    path = tmp_path / "made"
    match there:
        case "file":
            path.write_text("mine")
        case "full":
            path.mkdir()
            (path / "mine.txt").write_text("mine")
        case "link":
            (tmp_path / "elsewhere").mkdir()
            path.symlink_to(tmp_path / "elsewhere")
        case "dangling":
            path.symlink_to(tmp_path / "nowhere")
    before = sorted(found.name for found in tmp_path.rglob("*"))
    with pytest.raises(Exists):
        fill(path)
    assert sorted(found.name for found in tmp_path.rglob("*")) == before


def test_what_comes_there_meanwhile_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "made"

    def made_by_others() -> None:
        with new_folder(path):
            path.mkdir()
            (path / "mine.txt").write_text("mine")

    with pytest.raises(Exists):
        made_by_others()
    assert [found.name for found in tmp_path.rglob("*")] == ["made", "mine.txt"]


def test_nothing_is_left_of_what_fails(tmp_path: Path) -> None:
    def fails() -> None:
        with new_folder(tmp_path / "made") as made:
            (made / "one.txt").write_text("one")
            raise KeyError

    with pytest.raises(KeyError):
        fails()
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_reported(tmp_path: Path) -> None:
    with pytest.raises(ReadOnly):
        fill(tmp_path / "missing" / "made")
