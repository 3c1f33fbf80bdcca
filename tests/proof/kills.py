"""A process that changes a workspace is killed at any moment: what it acknowledged is kept, all else whole or absent."""

import os
import shutil
import time
from collections import Counter
from functools import partial
from pathlib import Path
from random import Random

from core.doctor import examine
from core.workspace import Workspace
from tests.proof.changes import KINDS, Plan, plan, state
from tests.proof.children import Child, answers
from tests.proof.part import Figures, Run
from tests.support import StoppedClock

LONGEST = 0.06
"""Seconds after which a process is killed at the latest: a handful of changes."""

OFTEN = 3
"""Kills in a row after which a change that takes long is given more time, or the plan would never come past it."""

BEGUN = b"begun"


def prove(run: Run) -> Figures:
    kills = run.size(15, 1_000)
    parents = run.size(1, 2)
    acts = [
        partial(_rounds, run.folder / f"kills{number}", f"{run.seed}/kills/{number}", kills // parents, run.size(45, 80))
        for number in range(parents)
    ]
    told = sum((Counter(count) for count in (answers(acts, seconds=1800) if run.long else [act() for act in acts])), Counter())
    interrupted = [kind for kind in KINDS if told[kind]]
    assert told["journals"], f"seed {run.seed}: no kill fell into a commit"
    assert told["acknowledged"], f"seed {run.seed}: nothing was acknowledged before a kill"
    if run.long:
        assert len(interrupted) == len(KINDS), f"seed {run.seed}: never interrupted: {set(KINDS) - set(interrupted)}"
    return {
        "kills": told["kills"],
        "of them in the middle of a commit, which the next to open took back": told["journals"],
        "kinds of change that were interrupted": f"{len(interrupted)} of {len(KINDS)}",
        "changes acknowledged before a kill, all kept": told["acknowledged"],
        "changes not acknowledged and wholly absent": told["absent"],
        "changes not acknowledged and wholly there": told["there"],
    }


def _rounds(folder: Path, seed: str, kills: int, length: int) -> Counter[str]:
    """Kill so often; when a plan is at its end, begin with another."""
    folder.mkdir()
    told: Counter[str] = Counter()
    number = 0
    while told["kills"] < kills:
        rng = Random(f"{seed}/{number}")
        planned = plan(folder / str(number), rng, length)
        path = folder / f"{number}.db"
        shutil.copy(planned.begin, path)
        at = tries = 0
        while told["kills"] < kills and at < len(planned.changes):
            before = at
            at = _kill(
                planned, path, at, LONGEST * 2 ** max(0, tries - OFTEN), rng, told, f"seed {seed}/{number}, after change {at}"
            )
            tries = tries + 1 if at == before else 0
        shutil.rmtree(folder / str(number))
        number += 1
    return told


def _kill(planned: Plan, path: Path, at: int, longest: float, rng: Random, told: Counter[str], where: str) -> int:
    """Let a process go on from change `at`, and kill it within `longest` seconds; how many changes the file holds then."""
    child = Child(lambda tell: _go_on(planned, path, at, tell))
    first = child.read()  # it may have gone on meanwhile
    assert first.startswith(BEGUN), f"{where}: it could not begin"
    journal = path.with_name(f"{path.name}-journal")
    moment = time.perf_counter() + rng.uniform(0, longest)
    while time.perf_counter() < moment:
        pass
    if longest == LONGEST and rng.random() < 0.7:  # aimed at the next commit, and a little into it
        while not _is_hot(journal) and time.perf_counter() < moment + LONGEST:
            pass
        moment = time.perf_counter() + rng.uniform(0, 0.001)
        while time.perf_counter() < moment:
            pass
    os.kill(child.pid, 9)
    acknowledged = at + len((first + child.rest()).removeprefix(BEGUN))
    if not child.end():
        return acknowledged  # it was at the end of its plan already
    told["kills"] += 1
    hot = _is_hot(journal)
    told["journals"] += hot
    told["acknowledged"] += acknowledged - at
    with Workspace.open(path, actor="maya", clock=StoppedClock()) as workspace:
        found = state(workspace)
        wrong = [check for check in examine(workspace) if not check.ok and check.id != "clock"]
    assert not wrong, f"{where}: {wrong}"
    assert not (hot and journal.exists()), f"{where}: what was begun was not taken back"
    if acknowledged == len(planned.changes):
        return acknowledged
    kind = planned.changes[acknowledged].kind
    told[kind] += 1
    if kind == "backup":
        _look_at_backup(planned, acknowledged, where)
    if found == planned.states[acknowledged]:
        told["absent"] += 1
        return acknowledged
    assert found == planned.states[acknowledged + 1], f"{where}: {kind} is neither whole nor absent"
    told["there"] += 1
    return acknowledged + 1


def _is_hot(journal: Path) -> bool:
    """Whether the next to open has to play it back: a journal whose header is not written yet belongs to a change not begun."""
    try:
        with journal.open("rb") as file:
            return file.read(1) not in {b"", b"\0"}
    except FileNotFoundError:
        return False


def _go_on(planned: Plan, path: Path, at: int, tell: int) -> None:
    clock = StoppedClock()
    with Workspace.open(path, actor="maya", clock=clock) as workspace:
        os.write(tell, BEGUN)
        for change in planned.changes[at:]:
            change.carry_out(workspace, clock)
            os.write(tell, b".")


def _look_at_backup(planned: Plan, at: int, where: str) -> None:
    """A backup that was cut off is not there; one that is there is whole."""
    backup = planned.begin.with_name("backup.db")
    if backup.exists():
        with Workspace.open(backup, actor="maya", clock=StoppedClock(), read_only=True) as copy:
            assert state(copy) in planned.states[: at + 1], f"{where}: a backup is not what the workspace was"
