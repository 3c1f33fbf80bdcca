"""Twenty people on one record of a group: each opens screens and writes once in ten seconds, for five minutes."""

import asyncio
import grp
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from random import Random

import click

from core.models import Standing
from core.workspace import Workspace
from tests.benchmarks.benchmark import Benchmark, p95
from tests.support import BIRCH, add_account, add_shop
from tests.tui.support import press
from tui.app import ShoplinkApp

PEOPLE = 20
SECONDS = 300.0
EVERY = 10.0
"""Seconds from one change of a person to the next."""
WAYS = (("enter",), ("enter", "2"), ("down", "enter"), (*["down"] * 3, "enter"), (*["down"] * 4, "enter"))
"""The keys from a shop's settings to the screens that people look at."""


def entries(workspace: Workspace) -> int:
    """How many entries this person's program knows of."""
    return int(workspace.store.value("SELECT max(seq) FROM event"))


async def person(path: Path, number: int, begin: float) -> dict[str, list[list[float]]]:
    """Use the screens until the end: times in seconds of the changes (entries, since when, how long) and of what was shown."""
    random = Random(number)
    changes: list[list[float]] = []
    shown: list[list[float]] = []
    with Workspace.open(path, actor=f"person{number}") as workspace:
        app = ShoplinkApp(workspace, path=path, actor=f"person{number}")
        async with app.run_test(size=(80, 24)) as pilot:
            app.changed.subscribe(app, lambda _: shown.append([entries(workspace), time.time()]), immediate=True)
            following = begin + EVERY * (number + random.random()) / PEOPLE
            while following < begin + SECONDS:
                await press(pilot, *random.choice(WAYS))
                await asyncio.sleep(max(following - time.time(), 0))
                before = time.time()
                workspace.accounts.state("lumen.candles", standing=Standing.GOOD, nickname=f"Lumen {number} {before:.3f}")
                took = time.time() - before
                changes.append([entries(workspace), before, took])
                app.repaint()
                await press(pilot, "escape")
                following += EVERY
            await asyncio.sleep(begin + SECONDS + 3 - time.time())  # the others' last changes are shown
    return {"changes": changes, "shown": shown}


def together(folder: Path) -> tuple[list[float], list[float]]:
    """Return the seconds that each change took, and those until each other person saw it. Any error of a person is raised."""
    path = folder / "group" / "record.db"
    group = grp.getgrgid(os.getegid()).gr_name
    with Workspace.create(path, actor="maya", group=group) as workspace:
        add_shop(workspace)
        add_shop(workspace, "Birch & Bloom", "GB", BIRCH)
        add_account(workspace)
    begin = time.time() + 20
    command = [sys.executable, "-m", "tests.benchmarks.people", str(path)]
    processes = [
        subprocess.Popen([*command, str(number), str(begin)], stdout=subprocess.PIPE, text=True) for number in range(PEOPLE)
    ]
    outputs = [process.communicate()[0] for process in processes]
    assert not any(process.returncode for process in processes)
    found = [json.loads(output) for output in outputs]
    took = [seconds for one in found for _, _, seconds in one["changes"]]
    seen = []
    for one in found:
        for number, before, seconds in one["changes"]:
            for other in found:
                if other is not one:
                    first = min((moment for at, moment in other["shown"] if at >= number), default=float("inf"))
                    seen.append(max(first - before - seconds, 0))
    return took, seen


def changing(folder: Path) -> tuple[float, float]:
    took, seen = together(folder)
    made, shown = (f"p95 {p95(one) * 1000:.0f} ms, at most {max(one) * 1000:.0f} ms" for one in (took, seen))
    late = sum(after > 1 for after in seen)
    click.echo(f"{len(took)} changes: {made}; seen by the others: {shown}, {late} of {len(seen):,} after more than a second")
    assert late == 0, "somebody saw a change too late"
    return p95(took) * 1000, 100


BENCHMARKS = (Benchmark("twenty people on one record: a change, p95", "100 ms", 1.0, changing),)


if __name__ == "__main__":
    click.echo(json.dumps(asyncio.run(person(Path(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])))))
