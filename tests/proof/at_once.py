"""Several processes act on one workspace at the same moment; see races.py for what they want of it."""

import contextlib
import json
import os
import shutil
import time
from collections import Counter
from collections.abc import Iterator
from itertools import permutations
from pathlib import Path
from random import Random

from core.doctor import examine
from core.errors import Locked, ShoplinkError
from core.store.connection import WAIT_SECONDS
from core.workspace import Workspace
from tests.proof.changes import state
from tests.proof.children import Child
from tests.proof.part import Figures, Run
from tests.proof.races import RACES, Act, Race
from tests.support import StoppedClock, new_workspace

PROMISE = (
    "Several programs can work on one workspace at once: what comes out is what would have come out one after the other, "
    "and nobody meets an error other than a rule's refusal or, after five seconds, that the file is in use."
)

Outcomes = tuple[str, ...]
"""What each of the processes was answered: "done", or the error's code with the rules that refused."""


def prove(run: Run) -> Figures:
    rounds = run.size(28, 504)
    told: Counter[str] = Counter()
    known: set[tuple[str, Outcomes, bytes]] = set()
    prepared = {name: _prepare(run.folder / str(number), race) for number, (name, race) in enumerate(RACES.items())}
    for number in range(rounds):
        name = list(RACES)[number % len(RACES)]
        race, base = RACES[name], prepared[name]
        outcomes, found, looks = _race(race, base, run.folder / "round.db", Random(f"{run.seed}/at_once/{number}"))
        where = f"seed {run.seed}, round {number}, {name}: {outcomes}"
        if (name, outcomes, found) not in known:
            assert _is_an_order(race, base, run.folder / "order.db", outcomes, found), f"{where} is no order of the acts"
            known.add((name, outcomes, found))
        told.update(outcome.split(":")[0] for outcome in outcomes)
        told["looks"] += looks
    assert {"done", "refused"} <= set(told), f"seed {run.seed}: nobody won, or nobody lost"
    differing = [race for race in RACES if sum(name == race for name, _, _ in known) > 1]
    assert len(differing) >= run.size(1, len(RACES)), f"seed {run.seed}: only in {differing} it mattered who came first"
    return {
        "rounds in which 4 processes wanted something at once": rounds,
        "kinds of these": len(RACES),
        "acts done, none lost": told["done"],
        "acts refused, as they would have been one after the other": told["refused"] + told["not_found"] + told["invalid"],
        "acts that gave up after five seconds": told["locked"],
        "different outcomes, each that of some order": len(known),
        "looks of a fifth process meanwhile, each at a sound workspace": told["looks"],
    }


def _prepare(folder: Path, race: Race) -> Path:
    """The workspace as it is before the race."""
    folder.mkdir()
    clock = StoppedClock()
    with new_workspace(folder / "base.db", race.scenario, actor="maya", clock=clock, seed=race.seed) as workspace:
        race.prepare(workspace, clock)
    return folder / "base.db"


def _race(race: Race, base: Path, path: Path, rng: Random) -> tuple[Outcomes, bytes, int]:
    """Let every process act at once; what each was answered, the state that came out, and how often another looked."""
    shutil.copy(base, path)
    wait, go = os.pipe()
    pauses = [rng.uniform(0, 0.003) for _ in race.acts]
    children = [Child(lambda tell, n=n: _act(race, n, path, go, wait, pauses[n], tell)) for n in range(len(race.acts))]
    reader = Child(lambda tell: _look(race, path, go, wait, tell))
    for child in (*children, reader):
        assert child.read() == b"ready"
    os.close(wait)
    os.close(go)  # all of them wait for it
    outcomes = tuple(child.rest().decode() for child in children)
    assert [child.end() for child in children] == [0] * len(children), "a process met an error that is none of ours"
    looks = len(reader.rest())
    assert reader.end() == 0, "a process that only looked met an error"
    with Workspace.open(path, actor="maya", clock=race.clock()) as workspace:
        assert all(check.ok for check in examine(workspace) if check.id != "clock")
        return outcomes, state(workspace), looks


def _act(race: Race, number: int, path: Path, go: int, wait: int, pause: float, tell: int) -> None:
    os.close(go)
    with Workspace.open(path, actor=f"actor {number}", clock=race.clock()) as workspace:
        os.write(tell, b"ready")
        os.read(wait, 1)
        begin = time.perf_counter()
        while time.perf_counter() < begin + pause:
            pass
        outcome = _answered(race.acts[number], workspace)
        assert outcome != "locked" or time.perf_counter() > begin + WAIT_SECONDS * 0.9, "locked before the wait was over"
    os.write(tell, outcome.encode())


def _answered(act: Act, workspace: Workspace) -> str:
    try:
        act(workspace)
    except ShoplinkError as error:
        rules = json.dumps(sorted(verdict.rule for verdict in error.verdicts))
        return error.code if isinstance(error, Locked) else f"{error.code}: {rules}"
    return "done"


def _look(race: Race, path: Path, go: int, wait: int, tell: int) -> None:
    """Look at the workspace, over and over, while the others act."""
    os.close(go)
    with Workspace.open(path, actor="reader", clock=race.clock(), read_only=True) as workspace:
        os.write(tell, b"ready")
        os.read(wait, 1)
        for _ in range(6):
            with contextlib.suppress(Locked), workspace.store.read():
                for shop in workspace.shops.page().shops:
                    workspace.shops.status(shop.shop.code)
                workspace.history.page()
                assert not [check for check in examine(workspace) if not check.ok and check.id != "clock"]
                os.write(tell, b".")


def _is_an_order(race: Race, base: Path, path: Path, outcomes: Outcomes, found: bytes) -> bool:
    """Whether acting one after the other, in some order, answers and leaves just that."""
    took_part = [number for number, outcome in enumerate(outcomes) if outcome != "locked"]
    return any(_one_after_the_other(race, base, path, order) == (outcomes, found) for order in _orders(took_part, outcomes))


def _orders(took_part: list[int], outcomes: Outcomes) -> Iterator[tuple[int, ...]]:
    """The likely ones first: who won before who lost."""
    yield from permutations(sorted(took_part, key=lambda number: outcomes[number] != "done"))


def _one_after_the_other(race: Race, base: Path, path: Path, order: tuple[int, ...]) -> tuple[Outcomes, bytes]:
    shutil.copy(base, path)
    outcomes = ["locked"] * len(race.acts)
    for number in order:
        with Workspace.open(path, actor=f"actor {number}", clock=race.clock()) as workspace:
            outcomes[number] = _answered(race.acts[number], workspace)
    with Workspace.open(path, actor="maya", clock=race.clock()) as workspace:
        return tuple(outcomes), state(workspace)
