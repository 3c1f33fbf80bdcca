"""A benchmark: two things measured in the same run, and a goal for their ratio."""

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path


@dataclass(frozen=True)
class Benchmark:
    """`measure` is given an empty folder and returns two values in the same unit: ours, and the one to compare it with."""

    what: str
    compared_with: str
    goal: float
    """The highest ratio of ours to the other."""
    measure: Callable[[Path], tuple[float, float]]
    unit: str = "ms"


def taken(what: Callable[[], object]) -> float:
    """Call it once and return the milliseconds it took."""
    begin = time.perf_counter()
    what()
    return (time.perf_counter() - begin) * 1000


def in_turn(runs: int, *sides: Callable[[], object]) -> list[list[float]]:
    """Time both sides in turn, so that other load on the machine affects both. The first round only warms up."""
    return measured(runs + 1, *(partial(taken, side) for side in sides), skipped=1)


def measured(runs: int, *sides: Callable[[], float], skipped: int = 0) -> list[list[float]]:
    """Call each side in turn and return their values, without the `skipped` first rounds."""
    rounds = [[side() for side in sides] for _ in range(runs)][skipped:]
    return [list(values) for values in zip(*rounds, strict=True)]


def median(times: Sequence[float]) -> float:
    return statistics.median(times)


def p95(times: Sequence[float]) -> float:
    return sorted(times)[int(len(times) * 0.95)]
