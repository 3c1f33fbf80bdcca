"""Every error code with its exit code, on a real file: one document, and the file is unchanged."""

import os
import resource
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TextIO

import pytest
from pydantic_core import SchemaError

from core import exchange
from core.errors import Locked, Unsupported
from core.shops import Shops
from core.store import connection
from tests.tui.cli.support import Run
from tui.cli import run

RENAME = ("rename-shop", "USLCDEMO01", "Lumen Lights", "--yes")


def remove(path: Path) -> None:
    path.unlink()


def empty(path: Path) -> None:
    path.write_bytes(b"")


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])


def be_text(path: Path) -> None:
    path.write_text("These are notes.\n" * 20)


def be_anothers(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as made, made:
        made.execute("CREATE TABLE notes (text)")


def be_a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def be_newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as made, made:
        made.execute("PRAGMA user_version = 99")


def scramble(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xa5" * (len(content) - 4096)
    path.write_bytes(content)


UNUSABLE: dict[str, tuple[Callable[[Path], None], str]] = {
    "missing": (remove, "missing"),
    "empty": (empty, "damaged"),
    "truncated": (truncate, "damaged"),
    "text": (be_text, "damaged"),
    "another program's": (be_anothers, "damaged"),
    "a folder": (be_a_folder, "damaged"),
    "scrambled": (scramble, "damaged"),
    "newer": (be_newer, "too_new"),
}


@pytest.mark.parametrize("case", UNUSABLE)
@pytest.mark.parametrize("command", [("status", "USLCDEMO01"), RENAME, ("export",), ("history",)], ids=lambda words: words[0])
def test_an_unusable_workspace_is_reported_and_left_unchanged(
    practice: Run, tmp_path: Path, case: str, command: tuple[str, ...]
) -> None:
    path = tmp_path / "w.db"
    spoil, code = UNUSABLE[case]
    spoil(path)
    before = path.read_bytes() if path.is_file() else None
    exit_code, document = practice(*command)
    assert (exit_code, document["error"]["code"]) == (3, code)
    assert document["error"]["remedy"]
    assert (path.read_bytes() if path.is_file() else None) == before


def test_a_file_locked_too_long_is_reported(practice: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "WAIT_SECONDS", 0.05)
    other = sqlite3.connect(tmp_path / "w.db", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    for command in (RENAME, ("status", "USLCDEMO01")):
        code, document = practice(*command)
        assert (code, document["error"]["code"]) == (3, "locked")
    other.execute("ROLLBACK")
    other.close()
    assert practice(*RENAME)[0] == 0


def test_read_only_shows_everything_and_refuses_changes(practice: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert practice("status", "USLCDEMO01")[0] == 0
    code, document = practice(*RENAME)
    assert (code, document["error"]["code"]) == (3, "read_only")


def test_a_sqlite_that_is_too_old_is_reported(practice: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuses(*_: object, **__: object) -> None:
        raise Unsupported("SQLite is too old.", remedy="Install a newer one.")

    monkeypatch.setattr(connection.Store, "open", refuses)
    code, document = practice("shops")
    assert (code, document["error"]["code"]) == (3, "unsupported")


def shoplink(path: Path, *arguments: str, limit: int | None = None) -> subprocess.CompletedProcess[str]:
    def limited() -> None:
        if limit is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    command = [sys.executable, "-m", "tui.cli", "--db", str(path), *arguments, "--json"]
    return subprocess.run(command, capture_output=True, text=True, check=False, preexec_fn=limited)


@pytest.mark.parametrize(
    "command",
    [RENAME, ("import", "accounts.csv"), ("backup", "made.db"), ("export", "--out", "made.json")],
    ids=lambda words: words[0],
)
def test_a_full_disk(practice: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]) -> None:
    monkeypatch.chdir(tmp_path)
    Path("accounts.csv").write_text("username\n" + "".join(f"one.{number}\n" for number in range(500)))
    before, files = Path("w.db").read_bytes(), set(os.listdir())
    done = shoplink(Path("w.db"), *command, limit=1000)
    assert done.returncode == 3
    assert '"code": "disk_full"' in done.stdout
    assert practice("status", "USLCDEMO01")[1]["shop"]["name"] == "Lumen Candle Co."  # what was begun is rolled back
    assert Path("w.db").read_bytes() == before
    assert set(os.listdir()) == files
    assert practice(*command)[0] == 0


def test_a_failed_export_leaves_no_partial_file(practice: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(workspace: object, out: TextIO) -> None:
        out.write('{"format": ')
        raise Locked("Another program is writing.")

    monkeypatch.setattr(exchange, "write", fails)
    code, document = practice("export", "--out", str(tmp_path / "all.json"))
    assert (code, document["error"]["code"]) == (3, "locked")
    assert not (tmp_path / "all.json").exists()


def test_an_interrupt_that_pydantic_reports_as_an_error_of_its_own(
    practice: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(*_: object) -> None:
        raise SchemaError('Error building "enum" validator:\n  KeyboardInterrupt: ')

    monkeypatch.setattr(Shops, "rename", interrupted)
    assert run(["--db", str(tmp_path / "w.db"), *RENAME]) == 130
    assert capsys.readouterr().err == "Interrupted. Nothing was left half done.\n"


def broken_pipe() -> int:
    reader, writer = os.pipe()
    os.close(reader)
    return writer


OUTPUTS: dict[str, tuple[Callable[[], int], int]] = {
    "a pipe that nobody reads": (broken_pipe, 0),  # a reader that stops early is no error
    "a full disk": (lambda: os.open("/dev/full", os.O_WRONLY), 3),
    "none": (lambda: -1, 0),
}
"""Kinds of stdout that cannot be written, with the exit code of what succeeds."""


@pytest.mark.parametrize("how", OUTPUTS)
def test_the_exit_code_says_what_happened_though_nobody_can_be_told(tmp_path: Path, how: str) -> None:
    made, code = OUTPUTS[how]
    for arguments, expected in {("scenarios",): code, ("status", "NOPE", "--json"): 3, ("no-such-command",): 2}.items():
        command = [sys.executable, "-m", "tui.cli", "--db", str(tmp_path / "none.db"), *arguments]
        if (out := made()) < 0:
            command = ["/bin/sh", "-c", 'exec "$@" >&-', "sh", *command]
        done = subprocess.run(command, stdout=None if out < 0 else out, stderr=subprocess.PIPE, text=True, check=False)
        assert done.returncode == expected, done
        assert "Traceback" not in done.stderr
        assert "Exception ignored" not in done.stderr
        assert ("No space left on device" in done.stderr) == (code == 3 and arguments == ("scenarios",)), done
        if out >= 0:
            os.close(out)


@pytest.mark.parametrize("more", [(), ("--json",)])
def test_a_change_whose_answer_can_t_be_written_is_said_to_be_saved(practice: Run, tmp_path: Path, more: tuple[str, ...]) -> None:
    command = [sys.executable, "-m", "tui.cli", "--db", str(tmp_path / "w.db"), "desk", "advance", "24h", *more]
    with open("/dev/full", "w", encoding="utf-8") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert (done.returncode, practice("desk", "now")[1]["shifted_by"]) == (3, 86400)
    assert done.stderr.startswith("shoplink: The change was saved; only the answer can't be written: No space left on device.\n")
    assert "try again" not in done.stderr


@pytest.mark.parametrize("command", ["desk reinstate lumen.candles", "import {}/accounts.csv --dry-run"])
def test_without_a_change_an_answer_that_can_t_be_written_can_be_asked_for_again(
    practice: Run, tmp_path: Path, command: str
) -> None:
    (tmp_path / "accounts.csv").write_text("username\none.1\n")
    words = [sys.executable, "-m", "tui.cli", "--db", str(tmp_path / "w.db"), *command.format(tmp_path).split()]
    with open("/dev/full", "w", encoding="utf-8") as full:
        done = subprocess.run(words, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert (done.returncode, "try again" in done.stderr, "saved" in done.stderr) == (3, True, False)


@pytest.mark.parametrize("arguments", [("nonsense",), ("check", "x"), ("links", "--state", "odd"), ("--nope",)], ids=" ".join)
def test_wrong_usage_in_text_is_two_lines_on_stderr(
    practice: Run, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]
) -> None:
    from tui.cli import run

    assert run([*arguments]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith("shoplink: ")
    assert "--help" in told.err


@pytest.mark.parametrize("arguments", [["members"], ["completion"]])
def test_an_incomplete_command_is_reported_in_two_lines(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    assert run(arguments) == 2
    told = capsys.readouterr().err
    assert len(told.splitlines()) == 2
    assert "\u240a" not in told
