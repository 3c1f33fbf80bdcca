"""The time from a key to its effect in a real process: on Shops, History and the Official Account page."""

import sys
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from functools import partial
from itertools import cycle, islice
from pathlib import Path

from tests.benchmarks import terminal
from tests.benchmarks.benchmark import Benchmark, p95
from tests.benchmarks.start import screens

TABLE = (sys.executable, str(Path(__file__).with_name("table.py")))
DOWN, UP, ENTER, TAB = "\x1b[B", "\x1b[A", "\r", "\t"
PRESSES, WARMING = 150, 10


def pressed(way: Sequence[str], keys: Iterable[str], shops: int, _: Path) -> tuple[float, float]:
    """The p95 of these keys on a page, and of cursor down in a bare table, pressed in turn."""
    with ExitStack() as stack:
        ours, table = (stack.enter_context(terminal.running(command)) for command in (screens(shops), TABLE))
        for program in (ours, table):
            program.settle()
        for step in way:
            ours.press(step)
        rounds = [(ours.press(key), table.press(DOWN)) for key in islice(cycle(keys), PRESSES + WARMING)][WARMING:]
    return p95([first for first, _ in rounds]), p95([second for _, second in rounds])


PAGES = (
    ("Shops", ()),
    ("History", (ENTER, *[DOWN] * 4, ENTER, "v")),  # of every shop
)
"""The lists, each with the way to it from the first page."""

BENCHMARKS = (
    *(
        Benchmark(
            f"a key on {page} of {shops:,} shops",
            "cursor down in a bare table of 1,000 rows",
            1.5,
            partial(pressed, way, (DOWN,) if shops > 10 else (DOWN, UP), shops),  # ten rows end soon
        )
        for shops in (10, 100_000)
        for page, way in PAGES
    ),
    *(
        Benchmark(
            f"a key on the Official Account of {shops:,} shops",
            "cursor down in a bare table of 1,000 rows",
            1.5,
            partial(pressed, (ENTER, ENTER), (TAB,), shops),
        )
        for shops in (10, 100_000)
    ),
)
