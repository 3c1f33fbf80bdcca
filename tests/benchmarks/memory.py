"""The memory of the screens after each list was opened and scrolled."""

from pathlib import Path

from tests.benchmarks import terminal
from tests.benchmarks.benchmark import Benchmark, measured, median
from tests.benchmarks.keys import DOWN, PAGES, UP
from tests.benchmarks.start import screens

RUNS = 3
STEPS = 5
"""Few enough that the longer list loads no second page, which it would keep."""


def held(shops: int) -> float:
    """Megabytes after the first list and the way to the history of every shop."""
    with terminal.running(screens(shops)) as program:
        program.settle()
        for _, way in PAGES:
            for key in (*way, *[DOWN] * STEPS, *[UP] * STEPS):
                program.press(key)
        return program.megabytes()


def both(_: Path) -> tuple[float, float]:
    """Medians of the screens on many shops and on ten."""
    many, few = measured(RUNS, lambda: held(100_000), lambda: held(10))
    return median(many), median(few)


BENCHMARKS = (Benchmark("memory of the screens on 100,000 shops", "on 10", 1.1, both, "MB"),)
