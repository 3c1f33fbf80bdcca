"""The whole record written as one document, compared with the same rows dumped with json."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

from core import exchange
from core.workspace import Workspace
from tests.benchmarks.benchmark import Benchmark, in_turn, median
from tests.benchmarks.fleet import TABLES, fleet

SHOPS, ROUNDS = 20_000, 5


def _measure(folder: Path) -> tuple[float, float]:
    path = fleet(SHOPS)

    def ours() -> None:
        with Workspace.open(path, actor="maya") as workspace, (folder / "ours.json").open("w", encoding="utf-8") as out:
            exchange.write(workspace, out)

    def plain() -> None:
        with closing(sqlite3.connect(path)) as db, (folder / "plain.json").open("w", encoding="utf-8") as out:
            for table in TABLES:
                cursor = db.execute(f"SELECT * FROM {table}")
                names = [column[0] for column in cursor.description]
                for row in cursor:
                    out.write(json.dumps(dict(zip(names, row, strict=True))) + "\n")

    mine, other = in_turn(ROUNDS, ours, plain)
    return median(mine), median(other)


BENCHMARKS = (Benchmark(f"export of {SHOPS:,} shops", "the same rows dumped with json", 2.0, _measure),)
