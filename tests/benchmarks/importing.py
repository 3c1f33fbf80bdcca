"""Importing a sheet of shops, compared with csv and the same rows inserted with raw sqlite3."""

import csv
import json
import sqlite3
import time
import tracemalloc
from contextlib import closing
from itertools import pairwise
from pathlib import Path

from core.exchange import import_file
from core.workspace import Workspace
from tests.benchmarks.benchmark import Benchmark, in_turn, measured, median

SHOPS, ROUNDS = 20_000, 5
MANY, FEW_ROUNDS = 100_000, 3
"""Where the length of the sheet matters."""
SHOPS_OF_A_SELLER = 50
REGIONS = ("US", "GB", "DE", "JP")
HEADER = ("code", "name", "region", "legal_name", "entity_kind", "registration_number", "country")


def sheet(path: Path, shops: int) -> None:
    """Write a sheet of so many shops."""
    with path.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(HEADER)
        for number in range(shops):
            seller = number // SHOPS_OF_A_SELLER
            region = REGIONS[number % len(REGIONS)]
            rows.writerow(
                (
                    f"{region}LC{number:06}",
                    f"Lumen Candles {number}",
                    region,
                    f"Lumen {seller} Ltd",
                    "company",
                    f"R-{seller}",
                    "US",
                )
            )


def _insert(sheet: Path, path: Path) -> None:
    """Write what an import writes, with its history, without any check."""
    entities: list[tuple[object, ...]] = []
    sellers: list[tuple[object, ...]] = []
    shops: list[tuple[object, ...]] = []
    events: list[tuple[object, ...]] = []
    with sheet.open(newline="", encoding="utf-8") as file:
        for number, row in enumerate(csv.DictReader(file)):
            seller = f"sel-{number // SHOPS_OF_A_SELLER}"
            if number % SHOPS_OF_A_SELLER == 0:
                key = (row["country"], row["registration_number"])
                entities.append((*key, row["registration_number"], row["entity_kind"], row["legal_name"], f"evt-{number}"))
                sellers.append((seller, *key))
            shop = {"id": f"shp-{number}", "code": row["code"], "name": row["name"], "region": row["region"], "seller": seller}
            entity = {name: row[name] for name in ("registration_number", "country", "entity_kind", "legal_name")}
            stated = {"code_is_made_up": False, "probation": None, "probation_until": None, "unlinks_before": None}
            details = {"shop": {**shop, **stated}, "seller": {"id": seller, "entity": entity}}
            id, said = f"evt-{number}", f"Shop {row['name']} added"
            shops.append((*shop.values(), id))
            events.append((id, id, 1, 1, "shop.added", "maya", "maya", said, shop["id"], json.dumps(details)))
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA foreign_keys = ON")
        for table, columns, rows in (
            ("entity", "country, registration_key, registration_number, kind, legal_name, entry", entities),
            ("seller", "id, country, registration_key", sellers),
            ("shop", "id, code, name, region, seller, entry", shops),
            ("event", "id, entry, at, recorded_at, kind, actor, entered_by, summary, shop, details", events),
        ):
            marks = ", ".join("?" * len(rows[0]))
            db.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows)
        db.commit()


def _time(folder: Path) -> tuple[float, float]:
    sheet(folder / "shops.csv", SHOPS)

    def fresh(name: str) -> Path:
        path = _fresh(folder / name)
        Workspace.create(path, actor="maya", seed="sheet").close()
        return path

    def ours() -> None:
        with Workspace.open(fresh("ours.db"), actor="maya") as workspace:
            assert import_file(workspace, folder / "shops.csv").created["shops"] == SHOPS

    mine, other = in_turn(ROUNDS, ours, lambda: _insert(folder / "shops.csv", fresh("plain.db")))
    return median(mine), median(other)


def _memory(folder: Path) -> tuple[float, float]:
    """The peak of Python's memory in kB, for a sheet ten times as long and for the short one."""
    _most_memory(folder, 100)  # what is allocated once counts for neither
    long, short = measured(FEW_ROUNDS, lambda: _most_memory(folder, SHOPS), lambda: _most_memory(folder, SHOPS // 10))
    return median(long), median(short)


def _most_memory(folder: Path, shops: int) -> float:
    sheet(folder / f"{shops}.csv", shops)
    with Workspace.create(_fresh(folder / f"{shops}.db"), actor="maya") as workspace:
        tracemalloc.start()
        try:
            import_file(workspace, folder / f"{shops}.csv")
            return tracemalloc.get_traced_memory()[1] / 1024
        finally:
            tracemalloc.stop()


def _progress(folder: Path) -> tuple[float, float]:
    """The longest time between two reports of progress, and half a second."""
    sheet(folder / "shops.csv", MANY)

    def silence() -> float:
        told = [time.perf_counter()]
        with Workspace.create(_fresh(folder / "shops.db"), actor="maya") as workspace:
            import_file(workspace, folder / "shops.csv", progress=lambda done: told.append(time.perf_counter()))
        return max(later - before for before, later in pairwise(told)) * 1000

    (longest,) = measured(FEW_ROUNDS, silence)
    return median(longest), 500


def _fresh(path: Path) -> Path:
    """Remove what is at the path, and return it."""
    path.unlink(missing_ok=True)
    return path


BENCHMARKS = (
    Benchmark(f"import of {SHOPS:,} shops", "csv and the same rows inserted with raw sqlite3", 3.0, _time),
    Benchmark("memory of an import ten times as long", "the short one", 1.1, _memory, "kB"),
    Benchmark(f"longest silence of an import of {MANY:,} shops", "half a second", 1.0, _progress),
)
