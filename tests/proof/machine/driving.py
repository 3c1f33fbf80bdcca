"""Runs the machine for a number of steps, all chance from one seed."""

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
from core.rules import catalog
from core.situation import Situation
from core.verdict import Verdict
from tests.proof.machine.compare import Tally
from tests.proof.machine.histories import Histories
from tests.proof.machine.start import Start, prepare

MEMORY = Path("/dev/shm")
"""A file system in memory, where there is one: nothing here is about surviving a power cut."""

SETTINGS = settings(
    max_examples=10,
    stateful_step_count=40,
    database=None,
    deadline=None,
    derandomize=False,  # the seed is given
    print_blob=False,
    report_multiple_bugs=False,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.generate],  # a failure is shown with its steps: shrinking takes long and hides which one it was
)


def drive(number: int, steps: int, folder: Path, tally: Tally | None = None) -> Tally:
    """Run at least this many steps from the seed `number` on. Raises AssertionError, with how to repeat it."""
    tally = tally or Tally()
    with _in_memory(folder) as place, listening(tally):
        starts = prepare(place, practice=False, tally=tally), prepare(place, practice=True, tally=tally)
        while tally.steps < steps:
            _run(number, place, starts, tally)
            number += 1
    return tally


def _run(number: int, place: Path, starts: tuple[Start, Start], tally: Tally) -> None:
    machine = type("Run", (Histories,), {"starts": starts, "folder": place, "tally": tally})
    seed(number)(machine)
    before = tally.steps
    try:
        run_state_machine_as_test(machine, settings=SETTINGS)
    except Exception as error:
        again = f"from tests.proof.machine.driving import drive; drive({number}, 1, Path('/tmp'))"
        raise AssertionError(
            f"seed {number}, step {(tally.failed or tally.steps) - before}: {error}\nTo repeat it: {again}"
        ) from error


@contextmanager
def _in_memory(folder: Path) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else folder) as place:
        yield Path(place)


@contextmanager
def listening(tally: Tally) -> Iterator[None]:
    """Count what each rule answers to anybody."""
    judge = rules.judge

    def heard(rule: str, situation: Situation, policy: Policy, now: datetime) -> Verdict:
        verdict = judge(rule, situation, policy, now)
        tally.pairs[rule, str(verdict.outcome)] += 1
        return verdict

    modules = (rules, catalog)  # `ask` finds it in the latter, whoever asks one rule in the former
    for module in modules:
        module.judge = heard
    try:
        yield
    finally:
        for module in modules:
            module.judge = judge
