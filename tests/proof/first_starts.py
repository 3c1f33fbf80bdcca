"""Several programs start at once, on a file that is just being made and on one of an older schema."""

import sqlite3
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from random import Random

from core.doctor import examine
from core.errors import Exists, Missing
from core.store import schema
from core.workspace import Workspace
from tests.proof.changes import state
from tests.proof.children import answers
from tests.proof.part import Figures, Run
from tests.support import NOW, StoppedClock

PROMISE = "However many programs start at once, on a new file or on an older one, each of them finds one whole workspace."

RELEASED = sorted((Path(__file__).parents[1] / "core" / "store" / "released").glob("*.db"))
LATER = StoppedClock(NOW.replace(month=12))


def prove(run: Run) -> Figures:
    processes = run.size(4, 8)
    told: Counter[str] = Counter()
    for number in range(run.size(4, 50)):
        rng = Random(f"{run.seed}/starts/{number}")
        where = f"seed {run.seed}, round {number}"
        folder = run.folder / str(number)
        folder.mkdir()
        told += _on_a_new_file(folder / "new.db", processes, rng, where)
        told += _on_an_older_file(folder / "old.db", processes, rng, where)
    return {
        "rounds": number + 1,
        "processes that started at once": processes,
        "starts": told.total() - told["migrated"],
        "files made, once each": told["made"],
        "makers that found one there": told["exists"],
        "opened, the new ones in the moment in which they were there": told["opened"],
        "files of an older schema brought to this one, once each": told["migrated"],
    }


def _at_once(acts: list[Callable[[], str]], rng: Random) -> list[str]:
    """What becomes of each, all begun at one moment, some a little later."""
    moment = time.monotonic() + 0.03
    return answers([partial(_begun, act, moment + rng.choice((0, 0, rng.uniform(0, 0.02)))) for act in acts], seconds=60)


def _begun(act: Callable[[], str], moment: float) -> str:
    while time.monotonic() < moment:
        pass
    return act()


def _on_a_new_file(path: Path, processes: int, rng: Random, where: str) -> Counter[str]:
    """Half of them make the file, half open it as soon as there is one."""
    told = Counter(_at_once([partial(_make if one % 2 else _open, path) for one in range(processes)], rng))
    assert told["made"] == 1, f"{where}: {told['made']} of them made the file"
    _is_one_and_sound(path, [str(number) for number in range(1, schema.VERSION + 1)], where)
    assert [entry.name for entry in path.parent.iterdir()] == [path.name], f"{where}: something was left beside the file"
    return told


def _on_an_older_file(path: Path, processes: int, rng: Random, where: str) -> Counter[str]:
    path.write_bytes(rng.choice(RELEASED).read_bytes())
    path.chmod(0o600)
    told = Counter(_at_once([partial(_open, path)] * processes, rng))
    assert told["opened"] == processes, f"{where}: {told}"
    _is_one_and_sound(path, [str(number) for number in range(1, schema.VERSION + 1)], where)
    copies = [entry.name for entry in path.parent.iterdir() if entry.name.startswith(f"{path.name}.")]
    assert copies == [f"{path.name}.before-schema-{schema.VERSION}"], f"{where}: {copies}"
    told["migrated"] += 1
    return told


def _make(path: Path) -> str:
    try:
        Workspace.create(path, actor="maya", scenario="new-shop", clock=LATER).close()
    except Exists:
        return "exists"
    return "made"


def _open(path: Path) -> str:
    while True:
        try:
            with Workspace.open(path, actor="maya", clock=LATER) as workspace:
                assert workspace.shops.page().shops
                assert state(workspace)
                return "opened"
        except Missing:
            time.sleep(0)


def _is_one_and_sound(path: Path, migrations: list[str], where: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        found = [name for (name,) in connection.execute("SELECT name FROM _sqlite_migrations ORDER BY id")]
    assert found == migrations, f"{where}: the migrations {found}"
    with Workspace.open(path, actor="maya", clock=LATER) as workspace:
        assert not [check for check in examine(workspace) if not check.ok], where
