"""doctor on the command line: what it checks besides the workspace."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.tui.cli.support import Run
from tui import paths


def test_doctor_reports_every_configuration_mistake_in_full(
    practice: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "config.toml"
    monkeypatch.setattr(paths, "config", lambda: path)
    path.write_text('theme = "pink"\n[keys]\nflip = "f10"\n')
    code, document = practice("doctor")
    assert (code, document["ok"]) == (0, True)
    told = next(check for check in document["checks"] if check["id"] == "configuration")
    assert (told["ok"], told["note"]) == (True, True)
    code, text = practice("doctor", text=True)
    for words in ("line 1", "line 3", "dracula", "ticket"):
        assert words in told["message"]
        assert words in " ".join(text.split())  # a long path wraps anywhere
    assert "No problems. See the note above." in text


def test_doctor_without_a_mistake_has_no_note(practice: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "config", lambda: tmp_path / "config.toml")
    for text in (None, "mouse = true\n"):
        if text:
            (tmp_path / "config.toml").write_text(text)
        code, document = practice("doctor")
        assert (code, [check["id"] for check in document["checks"] if check["note"] or not check["ok"]]) == (0, [])


def test_doctor_notes_a_file_that_cannot_be_written(practice: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.access", lambda *_: False)
    code, document = practice("doctor")
    assert (code, document["ok"]) == (0, True)
    assert [check["id"] for check in document["checks"] if check["note"]] == ["writable", "search"]
    assert "note" in practice("doctor", text=True)[1]


def test_doctor_builds_a_damaged_search_index_again(practice: Run, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "w.db")) as other, other:
        other.execute("DELETE FROM event_fts_docsize WHERE id = 1")
    code, document = practice("doctor")
    assert code == 3
    (wrong,) = (check for check in document["checks"] if not check["ok"])
    assert wrong["id"] == "search"
    assert "the record itself is fine" in wrong["message"]
    assert "doctor --rebuild-search" in wrong["message"]
    assert practice("doctor", "--rebuild-search")[0] == practice("doctor")[0] == 0


def test_doctor_tells_what_is_in_the_place_of_a_file(practice: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = tmp_path / "config.toml"
    monkeypatch.setattr(paths, "config", lambda: config)
    config.symlink_to("gone")
    told = next(check for check in practice("doctor")[1]["checks"] if check["id"] == "configuration")
    assert (told["note"], "a link to gone" in told["message"]) == (True, True)
    os.mkfifo(tmp_path / "pipe.db")
    code, document = practice("doctor", db=tmp_path / "pipe.db")
    assert (code, "it is a pipe" in document["checks"][0]["message"]) == (3, True)
