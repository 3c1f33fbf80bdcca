"""Several processes change one workspace at the same moment: the result has to be that of some order of their changes."""

import contextlib
import os
import shutil
import time
from collections import Counter
from functools import partial
from itertools import permutations
from pathlib import Path
from random import Random
from typing import Any

from core.doctor import examine
from core.errors import Locked, ShoplinkError
from core.store.connection import WAIT_SECONDS
from core.workspace import Workspace
from tests.proof.children import Child
from tests.proof.part import Figures, Run
from tests.proof.races import RACES, Act, Race
from tests.support import StoppedClock, everything, new_workspace

Outcomes = tuple[str, ...]
"""The answer to each process: "done", or the error's code with the rules that refused."""
State = dict[str, Any]


def prove(run: Run) -> Figures:
    counted: Counter[str] = Counter()
    known: list[tuple[str, Outcomes, State]] = []
    rounds = [(name, number) for number in range(run.size(2, 36)) for name in RACES]
    for name, number in rounds:
        race, base = RACES[name], run.folder / f"{list(RACES).index(name)}.db"
        if not base.exists():
            clock = StoppedClock()
            with new_workspace(base, race.scenario, clock=clock, seed=race.seed) as workspace:
                race.prepare(workspace, clock)
        outcomes, found, reads = _race(race, base, run.folder / "round.db", Random(f"{run.seed}/concurrency/{name}/{number}"))
        if (name, outcomes, found) not in known:
            where = f"seed {run.seed}, round {number}, {name}: {outcomes}"
            assert _is_an_order(race, base, run.folder / "order.db", outcomes, found), f"{where} is no order of the changes"
            known.append((name, outcomes, found))
        counted.update(outcome.split(":")[0] for outcome in outcomes)
        counted["reads"] += reads
    assert {"done", "refused"} <= set(counted), f"seed {run.seed}: no process won, or none lost"
    differing = [race for race in RACES if sum(name == race for name, _, _ in known) > 1]
    assert len(differing) >= run.size(1, len(RACES)), f"seed {run.seed}: the order mattered only in {differing}"
    return {
        "rounds of 4 processes that want something at the same moment": len(rounds),
        "changes made, none lost": counted["done"],
        "changes refused, as they would have been one after the other": len(rounds) * 4 - counted["done"] - counted["locked"],
        "changes given up after five seconds": counted["locked"],
        "different outcomes, each that of some order": len(known),
        "reads by a fifth process meanwhile, each of a sound workspace": counted["reads"],
    }


def _race(race: Race, base: Path, path: Path, rng: Random) -> tuple[Outcomes, State, int]:
    """Let all processes act at once; return their answers, the final state, and how often another process read."""
    shutil.copy(base, path)
    start, release = os.pipe()
    pauses = [rng.uniform(0, 0.003) for _ in race.acts]
    children = [Child(partial(_act, race, n, path, (start, release), pauses[n])) for n in range(len(race.acts))]
    children.append(Child(partial(_read, race, path, (start, release))))
    for child in children:
        assert child.read() == b"ready"
    os.close(start)
    os.close(release)  # all of them wait for this
    *outcomes, reads = (child.rest() for child in children)
    assert not any(child.end() for child in children), "a process met an unexpected error"
    with Workspace.open(path, actor="maya", clock=race.clock()) as workspace:
        assert all(check.ok for check in examine(workspace) if check.id != "clock")
        return tuple(outcome.decode() for outcome in outcomes), everything(workspace), len(reads)


def _act(race: Race, number: int, path: Path, gate: tuple[int, int], pause: float, pipe: int) -> None:
    with Workspace.open(path, actor=f"actor {number}", clock=race.clock()) as workspace:
        _wait(gate, pipe)
        begin = time.perf_counter()
        while time.perf_counter() < begin + pause:
            pass
        outcome = _answer(race.acts[number], workspace)
        assert outcome != "locked" or time.perf_counter() > begin + WAIT_SECONDS * 0.9, "locked before the wait was over"
    os.write(pipe, outcome.encode())


def _wait(gate: tuple[int, int], pipe: int) -> None:
    """Say that this process is ready, and wait until all of them may start."""
    start, release = gate
    os.close(release)
    os.write(pipe, b"ready")
    os.read(start, 1)


def _answer(act: Act, workspace: Workspace) -> str:
    try:
        act(workspace)
    except ShoplinkError as error:
        return error.code if isinstance(error, Locked) else f"{error.code}: {sorted(verdict.rule for verdict in error.verdicts)}"
    return "done"


def _read(race: Race, path: Path, gate: tuple[int, int], pipe: int) -> None:
    """Read the workspace again and again while the others act."""
    with Workspace.open(path, actor="reader", clock=race.clock(), read_only=True) as workspace:
        _wait(gate, pipe)
        for _ in range(6):
            with contextlib.suppress(Locked), workspace.store.read():
                for shop in workspace.shops.page().shops:
                    workspace.shops.status(shop.shop.code)
                workspace.history.page()
                assert not [check for check in examine(workspace) if not check.ok and check.id != "clock"]
                os.write(pipe, b".")


def _is_an_order(race: Race, base: Path, path: Path, outcomes: Outcomes, found: State) -> bool:
    """Whether the same acts one after the other, in some order, give the same answers and state."""
    took_part = [number for number, outcome in enumerate(outcomes) if outcome != "locked"]
    for order in permutations(sorted(took_part, key=lambda number: outcomes[number] != "done")):  # the likely ones first
        shutil.copy(base, path)
        answers = ["locked"] * len(race.acts)
        for number in order:
            with Workspace.open(path, actor=f"actor {number}", clock=race.clock()) as workspace:
                answers[number] = _answer(race.acts[number], workspace)
        with Workspace.open(path, actor="maya", clock=race.clock()) as workspace:
            if (tuple(answers), everything(workspace)) == (outcomes, found):
                return True
    return False
