"""Shops with their states and what is due, compared with two full scans of the tables."""

from collections.abc import Callable
from pathlib import Path

from core.workspace import Workspace
from tests.benchmarks.benchmark import Benchmark, in_turn, median
from tests.benchmarks.fleet import fleet

SHOPS = 100_000


def _page(*, due_first: bool) -> Callable[[Path], tuple[float, float]]:
    def measure(folder: Path) -> tuple[float, float]:
        with Workspace.open(fleet(SHOPS), actor="maya", read_only=True) as workspace:

            def scans() -> None:
                for _ in range(2):
                    workspace.store.value("SELECT max(probation_until) FROM shop NOT INDEXED")
                    workspace.store.value("SELECT max(linked_at) FROM link NOT INDEXED")

            mine, other = in_turn(10, lambda: workspace.shops.page(due_first=due_first), scans)
        return median(mine), median(other)

    return measure


def _polling(folder: Path) -> tuple[float, float]:
    """The milliseconds that polling takes in a second, ten times a second, and a hundredth of the second."""
    with Workspace.open(fleet(SHOPS), actor="maya", read_only=True) as workspace:
        (asked,) = in_turn(200, lambda: (workspace.version(), workspace.settled()))
    return median(asked) * 10, 10


BENCHMARKS = (
    Benchmark(f"a page of {SHOPS:,} shops with state and what is due", "two scans of both tables", 1.0, _page(due_first=False)),
    Benchmark(f"a page of {SHOPS:,} shops, what is due first", "two scans of both tables", 1.0, _page(due_first=True)),
    Benchmark("a second of polling, ten times", "a hundredth of the second", 1.0, _polling),
)
