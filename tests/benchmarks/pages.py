"""Pages of shops and of the history, at 100,000 shops to the same at 1,000, and what a search of them takes at most."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import count
from pathlib import Path
from typing import Literal

from core.workspace import Workspace
from tests.benchmarks.benchmark import Benchmark, in_turn, p95
from tests.benchmarks.fleet import WORDS, fleet

MANY, FEW = 100_000, 1_000
RUNS = 60

Ask = Callable[[Workspace, int], object]
"""Asks for one page; the number is that of the repetition."""


def _typed(number: int, least: int = 1, most: int = 99) -> str:
    """What stands in the field after some letter of a name, a code, a username or something unknown was typed."""
    tag = f"{number * 7 % 100:05}"
    whole = (f"{WORDS[number % 10]} {tag}", f"USLC{tag}0", f"{WORDS[number % 9]}.{tag}".lower(), "qxzqxz", "TikTok approved")
    typed = whole[number % len(whole)][:most]
    return typed[: least + number // len(whole) % (len(typed) - least + 1)]


def _read(path: Path) -> None:
    """Read the file into the system's cache, so that neither the disk nor earlier benchmarks matter."""
    with path.open("rb") as file:
        while file.read(2**20):
            pass


def _compared(ask: Ask) -> Callable[[Path], tuple[float, float]]:
    """Ask for the page in both workspaces in turn, and return the p95 of each."""

    def measure(folder: Path) -> tuple[float, float]:
        with ExitStack() as opened:

            def side(shops: int) -> Callable[[], object]:
                _read(fleet(shops))
                workspace = opened.enter_context(Workspace.open(fleet(shops), actor="maya", read_only=True))
                numbers: Iterator[int] = count()
                return lambda: ask(workspace, next(numbers))

            many, few = in_turn(RUNS, side(MANY), side(FEW))
        return p95(many), p95(few)

    return measure


def _searched(ask: Ask, most: float) -> Callable[[Path], tuple[float, float]]:
    """The p95 of what is asked for in the larger workspace, and what it is to take at most, in milliseconds."""

    def measure(folder: Path) -> tuple[float, float]:
        _read(fleet(MANY))
        with Workspace.open(fleet(MANY), actor="maya", read_only=True) as workspace:
            numbers = count()
            (times,) = in_turn(5 * RUNS, lambda: ask(workspace, next(numbers)))
        return p95(times), most

    return measure


def _next_shops() -> Ask:
    """Page after page down the list."""
    cursors: dict[Path, str | None] = {}

    def ask(workspace: Workspace, number: int) -> None:
        cursors[workspace.path] = workspace.shops.page(after=cursors.get(workspace.path)).next

    return ask


def _next_events() -> Ask:
    cursors: dict[Path, str | None] = {}

    def ask(workspace: Workspace, number: int) -> None:
        cursors[workspace.path] = workspace.history.page(after=cursors.get(workspace.path)).next

    return ask


def _last_shops() -> Ask:
    starts: dict[Path, str] = {}

    def ask(workspace: Workspace, number: int) -> None:
        if workspace.path not in starts:
            found = workspace.store.row("SELECT code FROM shop ORDER BY name COLLATE NOCASE DESC, seq DESC LIMIT 1 OFFSET 50")
            starts[workspace.path] = found["code"] if found else ""
        assert workspace.shops.page(after=starts[workspace.path]).next is None

    return ask


def _last_events() -> Ask:
    starts: dict[Path, str] = {}

    def ask(workspace: Workspace, number: int) -> None:
        if workspace.path not in starts:
            found = workspace.store.row("SELECT id FROM event ORDER BY at, seq LIMIT 1 OFFSET 50")
            starts[workspace.path] = found["id"] if found else ""
        assert workspace.history.page(after=starts[workspace.path]).next is None

    return ask


STATES: tuple[Literal["linked", "pending", "none"], ...] = ("linked", "pending", "none")
KINDS = ("link.", "shop.", "account.", "workspace.", "member.")

ASKED: dict[str, Ask] = {
    "first page of shops": lambda workspace, number: workspace.shops.page(),
    "next page of shops": _next_shops(),
    "last page of shops": _last_shops(),
    "shops of a region": lambda workspace, number: workspace.shops.page(region="FR"),
    "shops by state": lambda workspace, number: workspace.shops.page(state=STATES[number % len(STATES)]),
    "first page of history": lambda workspace, number: workspace.history.page(),
    "next page of history": _next_events(),
    "last page of history": _last_events(),
    "history by kind": lambda workspace, number: workspace.history.page(kind=KINDS[number % len(KINDS)]),
}

SEARCHED: dict[str, tuple[Ask, float]] = {
    "shops searched as typed": (lambda workspace, number: workspace.shops.page(query=_typed(number)), 70),
    "shops searched as typed, by what is due": (
        lambda workspace, number: workspace.shops.page(query=_typed(number), due_first=True),
        300,
    ),
    "history searched by one and two letters": (
        lambda workspace, number: workspace.history.page(query=_typed(number, most=2)),
        100,
    ),
    "history searched by three letters and more": (
        lambda workspace, number: workspace.history.page(query=_typed(number, least=3)),
        20,
    ),
}
"""With what each is to take at most, in milliseconds."""

_OF = f"{MANY:,} shops and {10 * MANY:,} events, p95"
BENCHMARKS = (
    *(Benchmark(f"{what}, {_OF}", f"{FEW:,} shops", 1.5, _compared(ask)) for what, ask in ASKED.items()),
    *(Benchmark(f"{what}, {_OF}", "its limit", 1.0, _searched(ask, most)) for what, (ask, most) in SEARCHED.items()),
)
