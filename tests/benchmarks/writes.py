"""A link request, compared with the same statements run by sqlite3 alone."""

import shutil
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

from core.models import AccountKind, Role, Standing
from core.workspace import Workspace
from tests.benchmarks.benchmark import Benchmark, median, taken
from tests.benchmarks.fleet import fleet

SHOPS = 1_000
LINKS = 50


Statement = Callable[[sqlite3.Connection], sqlite3.Cursor]


class Recorder:
    """A connection that records its statements."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.asked: list[Statement] = []

    def execute(self, sql: str, *parameters: Any) -> sqlite3.Cursor:
        return self._asked(lambda connection: connection.execute(sql, *parameters))

    def executemany(self, sql: str, rows: Iterable[Any]) -> sqlite3.Cursor:
        given = [*rows]
        return self._asked(lambda connection: connection.executemany(sql, given))

    def _asked(self, statement: Statement) -> sqlite3.Cursor:
        self.asked.append(statement)
        return statement(self.connection)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.connection, name)


def _decided(synchronous: str) -> Callable[[Path], tuple[float, float]]:
    """The milliseconds of so many requests, and of their statements alone."""

    def measure(folder: Path) -> tuple[float, float]:
        start = folder / "start.db"
        shutil.copy(fleet(SHOPS), start)
        with Workspace.open(start, actor="maya") as workspace:
            shops = [summary.shop.id for summary in workspace.shops.page(state="none", limit=LINKS).shops]
            for number, shop in enumerate(shops):
                workspace.accounts.state(
                    f"new.{number}",
                    kind=AccountKind.BUSINESS,
                    region=workspace.shops.get(shop).region,
                    identity_verified=True,
                    standing=Standing.GOOD,
                    holder_is_adult=True,
                )
        asked: list[Statement] = []

        def opened(name: str) -> Workspace:
            shutil.copy(start, folder / name)
            workspace = Workspace.open(folder / name, actor="maya")
            workspace.store.execute(f"PRAGMA synchronous = {synchronous}")
            return workspace

        def decide(workspace: Workspace) -> None:
            for number, shop in enumerate(shops):
                workspace.links.request(f"new.{number}", shop, Role.OFFICIAL, agreement=True)

        with opened("asked.db") as workspace:
            recorder: Any = Recorder(workspace.store.connection)
            workspace.store.connection = recorder
            decide(workspace)
            asked += recorder.asked

        runs: list[list[float]] = []
        for _ in range(5):
            with opened("ours.db") as workspace, closing(sqlite3.connect(start, isolation_level=None)) as source:
                (folder / "plain.db").unlink(missing_ok=True)
                with closing(sqlite3.connect(folder / "plain.db", isolation_level=None)) as plain:
                    source.backup(plain)
                    plain.execute("PRAGMA foreign_keys = ON")
                    plain.execute(f"PRAGMA synchronous = {synchronous}")
                    runs.append([taken(lambda: decide(workspace)), taken(lambda: _replay(plain, asked))])
        return median([ours for ours, _ in runs]), median([other for _, other in runs])

    return measure


def _replay(connection: sqlite3.Connection, asked: list[Statement]) -> None:
    for statement in asked:
        statement(connection).fetchall()


BENCHMARKS = (
    Benchmark(f"{LINKS} links decided, synchronous OFF", "the same statements in raw sqlite3", 3.0, _decided("OFF")),
    Benchmark(f"{LINKS} links decided, synchronous FULL", "the same statements in raw sqlite3", 1.4, _decided("FULL")),
)
