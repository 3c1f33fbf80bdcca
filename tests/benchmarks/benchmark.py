"""What a benchmark is: two sides measured side by side, and the ratio between them that is the goal."""

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path


@dataclass(frozen=True)
class Benchmark:
    """`measure` is given a folder of its own and gives the two sides in the same unit: ours and what it is compared with."""

    what: str
    compared_with: str
    goal: float
    """The ratio of ours to the other at most."""
    measure: Callable[[Path], tuple[float, float]]
    unit: str = "ms"


def taken(what: Callable[[], object]) -> float:
    """How long it takes once, in milliseconds."""
    begin = time.perf_counter()
    what()
    return (time.perf_counter() - begin) * 1000


def in_turn(runs: int, *sides: Callable[[], object]) -> list[list[float]]:
    """Each side timed in turn, so that what else the machine does falls on both. The first round only warms up."""
    return measured(runs + 1, *(partial(taken, side) for side in sides), skipped=1)


def measured(runs: int, *sides: Callable[[], float], skipped: int = 0) -> list[list[float]]:
    """What each side gives, asked in turn; the first rounds can be left out."""
    rounds = [[side() for side in sides] for _ in range(runs)][skipped:]
    return [list(values) for values in zip(*rounds, strict=True)]


def median(times: Sequence[float]) -> float:
    return statistics.median(times)


def p95(times: Sequence[float]) -> float:
    return sorted(times)[int(len(times) * 0.95)]
