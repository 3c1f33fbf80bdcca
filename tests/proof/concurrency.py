"""Several processes change one workspace at the same moment: the result has to be that of some order of their changes."""

import contextlib
import json
import os
import shutil
import time
from collections import Counter
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
    bases = {name: _prepared(run.folder / f"{number}.db", race) for number, (name, race) in enumerate(RACES.items())}
    rounds = run.size(2, 36) * len(RACES)
    for number in range(rounds):
        name = list(RACES)[number % len(RACES)]
        race, path = RACES[name], run.folder / "round.db"
        outcomes, found, reads = _race(race, bases[name], path, Random(f"{run.seed}/concurrency/{number}"))
        if (name, outcomes, found) not in known:
            where = f"seed {run.seed}, round {number}, {name}: {outcomes}"
            assert _is_an_order(race, bases[name], run.folder / "order.db", outcomes, found), (
                f"{where} is no order of the changes"
            )
            known.append((name, outcomes, found))
        counted.update(outcome.split(":")[0] for outcome in outcomes)
        counted["reads"] += reads
    assert {"done", "refused"} <= set(counted), f"seed {run.seed}: no process won, or none lost"
    differing = [race for race in RACES if sum(name == race for name, _, _ in known) > 1]
    assert len(differing) >= run.size(1, len(RACES)), f"seed {run.seed}: the order mattered only in {differing}"
    return {
        "rounds of 4 processes that want something at the same moment": rounds,
        "changes made, none lost": counted["done"],
        "changes refused, as they would have been one after the other": rounds * 4 - counted["done"] - counted["locked"],
        "changes given up after five seconds": counted["locked"],
        "different outcomes, each that of some order": len(known),
        "reads by a fifth process meanwhile, each of a sound workspace": counted["reads"],
    }


def _prepared(path: Path, race: Race) -> Path:
    """The workspace as it is before the race."""
    clock = StoppedClock()
    with new_workspace(path, race.scenario, actor="maya", clock=clock, seed=race.seed) as workspace:
        race.prepare(workspace, clock)
    return path


def _race(race: Race, base: Path, path: Path, rng: Random) -> tuple[Outcomes, State, int]:
    """Let all processes act at once; return their answers, the final state, and how often another process read."""
    shutil.copy(base, path)
    start, release = os.pipe()
    pauses = [rng.uniform(0, 0.003) for _ in race.acts]
    children = [Child(lambda pipe, n=n: _act(race, n, path, (start, release), pauses[n], pipe)) for n in range(len(race.acts))]
    reader = Child(lambda pipe: _read(race, path, (start, release), pipe))
    for child in (*children, reader):
        assert child.read() == b"ready"
    os.close(start)
    os.close(release)  # all of them wait for this
    outcomes = tuple(child.rest().decode() for child in children)
    assert [child.end() for child in children] == [0] * len(children), "a process met an unexpected error"
    reads = len(reader.rest())
    assert reader.end() == 0, "the process that only reads met an error"
    with Workspace.open(path, actor="maya", clock=race.clock()) as workspace:
        assert all(check.ok for check in examine(workspace) if check.id != "clock")
        return outcomes, everything(workspace), reads


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
        rules = json.dumps(sorted(verdict.rule for verdict in error.verdicts))
        return error.code if isinstance(error, Locked) else f"{error.code}: {rules}"
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
    likely_first = sorted(took_part, key=lambda number: outcomes[number] != "done")
    return any(_one_by_one(race, base, path, order) == (outcomes, found) for order in permutations(likely_first))


def _one_by_one(race: Race, base: Path, path: Path, order: tuple[int, ...]) -> tuple[Outcomes, State]:
    shutil.copy(base, path)
    outcomes = ["locked"] * len(race.acts)
    for number in order:
        with Workspace.open(path, actor=f"actor {number}", clock=race.clock()) as workspace:
            outcomes[number] = _answer(race.acts[number], workspace)
    with Workspace.open(path, actor="maya", clock=race.clock()) as workspace:
        return tuple(outcomes), everything(workspace)
