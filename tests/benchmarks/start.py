"""The time to start: of the screens, and of commands."""

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from core.workspace import Workspace
from tests.benchmarks import terminal
from tests.benchmarks.benchmark import Benchmark, in_turn, measured, median
from tests.benchmarks.fleet import fleet
from tests.support import add_shop

HERE = Path(__file__).parent
FLOOR = (sys.executable, str(HERE / "floor.py"))
SHOPLINK = (sys.executable, "-c", "from tui.cli import main; main()")
RUNS = 15


def screens(shops: int) -> tuple[str, ...]:
    """The command that opens the screens on so many shops."""
    return (*SHOPLINK, "--db", str(fleet(shops)))


def painted(ours: Sequence[str], other: Sequence[str]) -> tuple[float, float]:
    """Medians from exec to the settled first page, of two programs started in turn."""
    first, second = measured(RUNS + 1, lambda: terminal.start(ours), lambda: terminal.start(other), skipped=1)
    return median(first), median(second)


def one_shop(folder: Path) -> tuple[float, float]:
    path = folder / "record.db"
    with Workspace.create(path, actor="maya") as workspace:
        add_shop(workspace)
    return painted((*SHOPLINK, "--db", str(path)), FLOOR)


def run(command: Sequence[str]) -> None:
    """Run it to its end."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=environment)


def commands(ours: Callable[[], Sequence[str]], other: str, _: Path) -> tuple[float, float]:
    """Medians of a whole command and of a Python import, run in turn."""
    first, second = in_turn(RUNS, partial(run, (*SHOPLINK, *ours())), partial(run, (sys.executable, "-c", other)))
    return median(first), median(second)


def status() -> Sequence[str]:
    return "--db", str(fleet(10)), "status", "USLC000000", "--json"


BENCHMARKS = (
    Benchmark("the screens on one shop", "the smallest Textual app", 1.3, one_shop),
    Benchmark("the demo", "the smallest Textual app", 1.6, lambda _: painted((*SHOPLINK, "demo"), FLOOR)),
    Benchmark("the screens on 10 shops", "the smallest Textual app", 1.3, lambda _: painted(screens(10), FLOOR)),
    Benchmark("the screens on 100,000 shops", "on 10", 1.1, lambda _: painted(screens(100_000), screens(10))),
    Benchmark("--version", "importing click", 1.2, partial(commands, lambda: ("--version",), "import click")),
    Benchmark("--help", "importing click", 1.2, partial(commands, lambda: ("--help",), "import click")),
    Benchmark(
        "status --json", "importing sqlite-utils and pydantic", 1.3, partial(commands, status, "import sqlite_utils, pydantic")
    ),
)
