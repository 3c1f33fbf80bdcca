"""A killed process neither loses an acknowledged change nor leaves half of one; Ctrl+C ends an import, and nothing is left.

A full disk is in tests/tui/cli/test_failures.py.
"""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import suppress
from functools import partial
from pathlib import Path
from random import Random

from core import scenarios
from core.doctor import examine
from core.store import accounts as account_rows
from core.workspace import Workspace
from tests.proof.children import Child
from tests.proof.part import Figures, Run
from tests.support import StoppedClock
from tui.exit_codes import INTERRUPTED

CODE, CHANGES = "USLCDEMO01", 400
"""The shop to rename, and more renames than a process can make before it is killed."""
ROWS = 3000
"""Accounts in the sheet whose import is interrupted."""


def prove(run: Run) -> Figures:
    """Kill a process with SIGKILL again and again while it renames a shop, and interrupt another while it imports a sheet."""
    return _killed(run) | _interrupted(run)


def _killed(run: Run) -> Figures:
    """Kill a process while it renames a shop, each rename several rows and events."""
    begin, path = run.folder / "begin.db", run.folder / "killed.db"
    with scenarios.create(begin, "organization", actor="maya", clock=StoppedClock()) as workspace:
        names = [workspace.shops.get(CODE).name, *map(_name, range(CHANGES))]
    journal = path.with_name(f"{path.name}-journal")
    counted: Counter[str] = Counter()
    for number in range(run.size(10, 500)):
        rng, where = Random(f"{run.seed}/kills/{number}"), f"seed {run.seed}, kill {number}"
        shutil.copy(begin, path)
        child = Child(partial(_rename_often, path))
        said = child.read()
        time.sleep(rng.uniform(0, 0.06))
        until = time.monotonic() + (rng.random() < 0.7)  # mostly wait for the next commit
        while not _is_hot(journal) and time.monotonic() < until:
            pass
        os.kill(child.pid, signal.SIGKILL)
        acknowledged = len(said + child.rest()) - 1
        assert child.end() == -signal.SIGKILL, "it was not killed while it worked"
        counted["kills"] += 1
        counted["of them during a commit, rolled back on the next open"] += _is_hot(journal)
        counted["changes acknowledged before a kill, all kept"] += acknowledged
        with Workspace.open(path, actor="maya", clock=StoppedClock()) as workspace:
            found = workspace.shops.get(CODE).name
            problems = [check for check in examine(workspace) if not check.ok and check.id != "clock"]
        assert not problems, f"{where}: {problems}"
        assert found in names[acknowledged : acknowledged + 2], f"{where}: {found} after {acknowledged} acknowledged"
        assert not _is_hot(journal), f"{where}: the journal was not rolled back"
    assert all(counted.values()), f"seed {run.seed}: {counted}"
    return dict(counted)


def _interrupted(run: Run) -> Figures:
    """Press Ctrl+C while a sheet is imported, from its first write on. Only an import that was done by then leaves something."""
    path, sheet = run.folder / "interrupted.db", run.folder / "accounts.csv"
    sheet.write_text("username,kind\n" + "".join(f"one.{number},\n" for number in range(ROWS)))
    journal = path.with_name(f"{path.name}-journal")
    counted: Counter[str] = Counter()
    for number in range(run.size(4, 300)):
        path.unlink(missing_ok=True)
        Workspace.create(path, actor="maya").close()
        where = f"seed {run.seed}, interruption {number}"
        command = [sys.executable, "-m", "tui.cli", "--db", str(path), "import", str(sheet)]
        importing = subprocess.Popen(
            command,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 # a shell's background ignores it
        )
        while not journal.exists() and importing.poll() is None:
            time.sleep(0.001)
        time.sleep(Random(f"{run.seed}/interruptions/{number}").uniform(0, 0.2))
        importing.send_signal(signal.SIGINT)
        _, message = importing.communicate()
        with Workspace.open(path, actor="maya") as workspace:
            accounts = account_rows.count(workspace.store)
        if importing.returncode == 0:
            assert accounts == ROWS, where
            continue
        ended = {INTERRUPTED, -signal.SIGINT}  # Python ends by the signal itself if that came while it ran an exec
        assert importing.returncode in ended, f"{where}: {importing.returncode} {message}"
        assert message.strip() == "Interrupted. Nothing was left half done.", f"{where}: {message}"
        assert accounts in {0, ROWS}, f"{where}: {accounts} accounts"
        counted["imports interrupted by Ctrl+C, nothing left of them"] += not accounts
    assert any(counted.values()), f"seed {run.seed}: {counted}"
    return dict(counted)


def _name(number: int) -> str:
    return f"Lumen {number}"


def _rename_often(path: Path, pipe: int) -> None:
    with Workspace.open(path, actor="maya", clock=StoppedClock()) as workspace:
        os.write(pipe, b".")
        for number in range(CHANGES):
            workspace.shops.rename(CODE, _name(number))
            os.write(pipe, b".")


def _is_hot(journal: Path) -> bool:
    """Whether the next program to open the file has to roll it back: the journal's header has been written."""
    with suppress(FileNotFoundError), journal.open("rb") as file:
        return file.read(1) not in {b"", b"\0"}
    return False
