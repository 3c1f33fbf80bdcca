"""A killed process neither loses an acknowledged change nor leaves half of one.

A full disk is in tests/tui/cli/test_failures.py.
"""

import os
import shutil
import signal
import time
from collections import Counter
from contextlib import suppress
from functools import partial
from pathlib import Path
from random import Random

from core import scenarios
from core.doctor import examine
from core.workspace import Workspace
from tests.proof.children import Child
from tests.proof.part import Figures, Run
from tests.support import StoppedClock

CODE, CHANGES = "USLCDEMO01", 400
"""The shop to rename, and more renames than a process can make before it is killed."""


def prove(run: Run) -> Figures:
    """Kill a process with SIGKILL again and again while it renames a shop, each rename several rows and events."""
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
