"""Running the machine for a number of steps, all chance from one seed."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from core import rules
from core.policy import Policy
from core.situation import Situation
from core.verdict import Verdict
from tests.proof.machine.beside import Tally
from tests.proof.machine.lives import Lives
from tests.proof.machine.plants import PLANTS
from tests.proof.machine.start import Start, prepare

MEMORY = Path("/dev/shm")
"""A file system without flushes, where there is one: what is proved here is not what survives a power cut."""

RUNS = 10
"""Runs of the machine from one seed."""

SETTINGS = settings(
    max_examples=RUNS,
    stateful_step_count=40,
    database=None,
    deadline=None,
    derandomize=False,  # the seed is handed in
    print_blob=False,
    report_multiple_bugs=False,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.generate],  # what is found is told with its acts: a long search for a shorter way would hide the count
)


def drive(number: int, steps: int, folder: Path, tally: Tally | None = None) -> Tally:
    """At least this many steps from the seed `number` on. Raises AssertionError, saying how to see it again."""
    tally = tally or Tally()
    with _quick(folder) as place, listening(tally):
        _drive(number, steps, place, _starts(place, tally), tally)
    return tally


def steps_to_find(name: str, number: int, most: int, folder: Path) -> int:
    """After how many steps a planted bug makes the machine fail. Raises AssertionError when it does not within `most`."""
    tally = Tally()
    with _quick(folder) as place:
        starts = _starts(place, tally)
        for start in starts:
            PLANTS[name].dig(start.path)
        with PLANTS[name].growing():
            try:
                _drive(number, most, place, starts, tally)
            except AssertionError:
                return tally.failed or tally.steps
    raise AssertionError(f"planted, but not found within {tally.steps} steps: {name} (seed {number})")


def _starts(place: Path, tally: Tally) -> tuple[Start, Start]:
    return prepare(place, practice=False, tally=tally), prepare(place, practice=True, tally=tally)


def _drive(number: int, steps: int, place: Path, starts: tuple[Start, Start], tally: Tally) -> None:
    while tally.steps < steps:
        _run(number, place, starts, tally)
        number += 1


def _run(number: int, place: Path, starts: tuple[Start, Start], tally: Tally) -> None:
    machine = type("Run", (Lives,), {"starts": starts, "folder": place, "tally": tally})
    seed(number)(machine)
    begun = tally.steps
    try:
        run_state_machine_as_test(machine, settings=SETTINGS)
    except Exception as error:
        again = f"from tests.proof.machine.driving import drive; drive({number}, 1, Path('/tmp'))"
        raise AssertionError(
            f"seed {number}, step {(tally.failed or tally.steps) - begun}: {error}\nTo see it again: {again}"
        ) from error


@contextmanager
def _quick(folder: Path) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else folder) as place:
        yield Path(place)


@contextmanager
def listening(tally: Tally) -> Iterator[None]:
    """Count what each rule answers, whoever asks it."""
    judge = rules.judge

    def heard(rule: str, situation: Situation, policy: Policy, now: datetime) -> Verdict:
        verdict = judge(rule, situation, policy, now)
        tally.pairs[rule, str(verdict.outcome)] += 1
        return verdict

    rules.judge = heard
    try:
        yield
    finally:
        rules.judge = judge
