"""Many programs start at once on a file that is not there yet, is just being made, or has an older schema."""

import shutil
import sqlite3
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from functools import partial
from multiprocessing import get_context
from multiprocessing.pool import Pool
from pathlib import Path
from threading import Barrier
from typing import NamedTuple

from core.doctor import examine
from core.errors import Exists, Missing, ShoplinkError
from core.store import schema
from core.workspace import Workspace
from tests.core.store.test_released import RELEASED
from tests.proof.part import Figures, Run
from tests.support import NOW, StoppedClock

PROMISE = "Any number of programs may start at once, on a new or an older file: one makes or brings it up to date, all work on."

PATIENCE = 60
"""Seconds after which a process that did not come makes the round fail."""

barrier: Barrier
"""Where the processes of this module wait for one another."""


class Seen(NamedTuple):
    """What one process saw: whether it made the file, how often nothing was there yet, the schema, the shops, what is wrong."""

    outcome: str
    waited: int
    version: int
    seed: str
    shops: int
    wrong: tuple[str, ...]


def prove(run: Run) -> Figures:
    processes = run.size(4, 8)
    context = get_context("forkserver")
    context.set_forkserver_preload([__name__])
    counted: Counter[str] = Counter()
    with context.Pool(processes, _begin, (context.Barrier(processes),)) as pool:
        for round in range(run.size(4, 50)):
            _round_on_a_new_file(pool, processes, run.folder / f"new-{round}.db", counted)
            for released in RELEASED if run.long else [RELEASED[round % len(RELEASED)]]:
                _round_on_an_old_file(pool, processes, released, run.folder / f"{released.stem}-{round}.db", counted)
    assert counted["opened a new file while it was made"], "nobody was ever early enough"
    return {"processes": processes, **counted, "errors": 0}


def _begin(shared: Barrier) -> None:
    global barrier  # noqa: PLW0603 - a pool hands its processes a barrier in no other way
    barrier = shared


def _round_on_a_new_file(pool: Pool, processes: int, path: Path, counted: Counter[str]) -> None:
    """Half of them want to make it, the others to open it as soon as it is there."""
    acts = [make if number % 2 else open_when_there for number in range(processes)]
    seen = pool.map(partial(_started, path), acts, chunksize=1)
    outcomes = Counter(one.outcome for one in seen)
    assert outcomes == {"made": 1, "exists": processes // 2 - 1, "opened": processes - processes // 2}, f"{path.name}: {outcomes}"
    _all_the_same(path, seen)
    counted["rounds on a new file"] += 1
    counted["told that somebody else made it"] += outcomes["exists"]
    counted["opened a new file while it was made"] += sum(one.waited > 0 for one in seen)


def _round_on_an_old_file(pool: Pool, processes: int, released: Path, path: Path, counted: Counter[str]) -> None:
    shutil.copyfile(released, path)
    path.chmod(0o600)
    seen = pool.map(partial(_started, path), [open_when_there] * processes, chunksize=1)
    _all_the_same(path, seen)
    copies = list(path.parent.glob(f"{path.name}.before-schema-*"))
    assert len(copies) == 1, f"{path.name}: {len(copies)} copies"
    counted["rounds on an older file"] += 1
    counted["opened an older file at once"] += processes


def _all_the_same(path: Path, seen: list[Seen]) -> None:
    assert {one.wrong for one in seen} == {()}, f"{path.name}: {seen}"
    assert {one.version for one in seen} == {schema.VERSION}, f"{path.name}: {seen}"
    assert len({(one.seed, one.shops) for one in seen}) == 1, f"{path.name}: {seen}"
    with closing(sqlite3.connect(path)) as connection:
        applied = [name for (name,) in connection.execute("SELECT name FROM _sqlite_migrations ORDER BY id")]
    assert applied == [str(number) for number in range(1, schema.VERSION + 1)], f"{path.name}: {applied}"
    left = [found.name for found in path.parent.iterdir() if found.name.startswith((f".{path.name}", f"{path.name}-"))]
    assert not left, f"{path.name}: left behind: {left}"


def make(path: Path) -> tuple[str, int]:
    try:
        Workspace.create(path, actor="maya", clock=StoppedClock()).close()
    except Exists:
        return "exists", 0
    return "made", 0


def open_when_there(path: Path) -> tuple[str, int]:
    waited = 0
    while True:
        try:
            Workspace.open(path, actor="sam", clock=StoppedClock(NOW.replace(month=12))).close()
        except Missing:
            waited += 1
        else:
            return "opened", waited


def _started(path: Path, act: Callable[[Path], tuple[str, int]]) -> Seen:
    """One program: it starts together with the others, and looks at the file when it is there."""
    barrier.wait(PATIENCE)
    outcome, waited = "", 0
    try:
        outcome, waited = act(path)
        with Workspace.open(path, actor="maya", clock=StoppedClock(NOW.replace(month=12))) as workspace:
            wrong = tuple(check.id for check in examine(workspace) if not check.ok)
            seed = str(workspace.store.value("SELECT seed FROM workspace"))
            return Seen(outcome, waited, schema.version(workspace.store.connection), seed, workspace.shops.count(), wrong)
    except ShoplinkError as error:
        return Seen(outcome or "failed", waited, 0, "", 0, (f"{type(error).__name__}: {error.message}",))
