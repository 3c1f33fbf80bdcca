"""Long answers: a complete command for the next page; a CSV file has everything."""

import shlex
from pathlib import Path

import pytest

from tui.cli import run


@pytest.mark.parametrize(
    "asked", [["shops", "--query", "ember", "--limit", "2"], ["history", "--shop", "USAGCY0120", "--limit", "1"]]
)
def test_the_suggested_command_shows_the_next_page(tmp_path: Path, capsys: pytest.CaptureFixture[str], asked: list[str]) -> None:
    db = str(tmp_path / "w w.db")
    assert run(["--db", db, "init", "--practice", "agency"]) == 0
    capsys.readouterr()
    assert run(["--db", db, *asked]) == 0
    first = capsys.readouterr().out.splitlines()
    more = shlex.split(first[-1].removeprefix("More: "))
    assert more[:-2] == ["shoplink", "--db", db, *asked]
    assert run(more[1:]) == 0
    second = capsys.readouterr().out.splitlines()
    assert second[0].split() == first[0].split()
    assert second[1] not in first


def test_the_history_as_csv_is_complete(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    db = str(tmp_path / "w.db")
    assert run(["--db", db, "init", "--practice", "agency"]) == 0
    capsys.readouterr()
    assert run(["--db", db, "history", "--csv"]) == 0
    assert len(capsys.readouterr().out.splitlines()) > 900
    assert run(["--db", db, "history", "--csv", "--limit", "7"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 8
