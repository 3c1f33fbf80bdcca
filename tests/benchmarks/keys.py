"""The time from a key to its effect in a real process: on lists, in a form and on the Official Account page."""

import sys
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from functools import partial
from itertools import cycle, islice
from pathlib import Path

from tests.benchmarks import terminal
from tests.benchmarks.benchmark import Benchmark, p95
from tests.benchmarks.start import screens

TABLE, BUTTONS = (Path(__file__).with_name(name) for name in ("table.py", "buttons.py"))
DOWN, UP, ENTER, TAB = "\x1b[B", "\x1b[A", "\r", "\t"
PRESSES, WARMING = 150, 10


def pressed(way: Sequence[str], keys: Iterable[str], shops: int, other: Path, other_key: str, _: Path) -> tuple[float, float]:
    """The p95 of these keys on a page, and of one key in another app, pressed in turn."""
    commands = screens(shops), (sys.executable, str(other))
    with ExitStack() as stack:
        ours, bare = (stack.enter_context(terminal.running(command)) for command in commands)
        for program in (ours, bare):
            program.settle()
        for step in way:
            ours.press(step)
        rounds = [(ours.press(key), bare.press(other_key)) for key in islice(cycle(keys), PRESSES + WARMING)][WARMING:]
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
            partial(pressed, way, (DOWN,) if shops > 10 else (DOWN, UP), shops, TABLE, DOWN),  # ten rows end soon
        )
        for shops in (10, 100_000)
        for page, way in PAGES
    ),
    Benchmark(
        "a letter in Add a shop",
        "cursor down in a bare table of 1,000 rows",
        1.5,
        partial(pressed, ("a",), ("b",), 10, TABLE, DOWN),
    ),
    *(
        Benchmark(
            f"tab on the Official Account of {shops:,} shops",
            "tab in a bare app of texts and buttons",  # Textual paints the whole screen when the focus moves
            1.0,
            partial(pressed, (ENTER, ENTER), (TAB,), shops, BUTTONS, TAB),
        )
        for shops in (10, 100_000)
    ),
)
