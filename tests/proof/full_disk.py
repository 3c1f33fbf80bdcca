"""The disk takes no more, or no larger a file: a command says so and changes nothing, and the screens go on."""

import asyncio
import contextlib
import io
import json
import os
import resource
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from random import Random

from core import scenarios
from core.doctor import examine
from core.workspace import Workspace
from tests.proof.changes import CODE, SCENARIO, state
from tests.proof.children import answers
from tests.proof.part import Figures, Run
from tests.support import StoppedClock
from tests.tui.support import press, text_of, until
from tui.app import ShoplinkApp
from tui.cli import run as command

Limit = Callable[[Path, Random], contextlib.AbstractContextManager[None]]

SHEET = "username,kind\n" + "".join(f"sheet.{number},personal\n" for number in range(2_000))
COMMANDS: dict[str, tuple[str, ...]] = {
    "add-product": ("add-product", CODE, "--title", "Candle", "--price", "9.90"),
    "rename-shop": ("rename-shop", CODE, "Lumen Studio"),
    "add-account": ("add-account", "wick.and.wax", "--kind", "personal"),
    "import": ("import", "sheet.csv"),
    "backup": ("backup", "made.db"),
    "export": ("export", "--out", "made.json"),
    "init": ("--db", "made.db", "init", "--practice", "new-shop"),
}


def prove(run: Run) -> Figures:
    tries = run.size(1, 40)
    begin = run.folder / "begin.db"
    scenarios.create(begin, SCENARIO, actor="maya", clock=StoppedClock()).close()
    told: Counter[str] = Counter()
    limits: dict[str, Limit] = {"a limit": _limit, **({"a full disk": _full} if _can_mount(run.folder) else {})}
    for name, limit in limits.items():
        for what in COMMANDS:
            acts = [
                partial(
                    _told, begin, run.folder / f"{name} {what} {number}", what, limit, f"{run.seed}/full/{name}/{what}/{number}"
                )
                for number in range(tries)
            ]
            for said in answers(acts) if run.long else [answers([act])[0] for act in acts]:
                told[said] += 1
                told[f"{name}: {said}"] += 1
    assert told["disk_full"], f"seed {run.seed}: nothing was ever full"
    [screens] = answers([partial(_screens, run.folder / "screens")])
    return {
        "commands that met a limit of a file's size, told and wholly undone": told["a limit: disk_full"],
        "commands that met a full disk, told and wholly undone": told["a full disk: disk_full"] if len(limits) > 1 else "no disk",
        "commands that fitted in": told["done"],
        "screens that told it, kept what was typed, and went on": screens,
    }


@contextlib.contextmanager
def _limit(folder: Path, rng: Random) -> Iterator[None]:
    """No file grows beyond a size by chance."""
    largest = int((folder / "w.db").stat().st_size * rng.choice((0.001, 0.02, rng.random(), rng.random(), 1.01)))
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest, resource.RLIM_INFINITY))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


@contextlib.contextmanager
def _full(folder: Path, rng: Random) -> Iterator[None]:
    """What the folder's disk still has room for is taken, up to a few pages."""
    free = os.statvfs(folder).f_bavail * os.statvfs(folder).f_frsize
    taken = folder / "taken"
    taken.write_bytes(bytes(max(0, free - rng.randrange(5) * 4096)))
    try:
        yield
    finally:
        taken.unlink()


def _told(begin: Path, folder: Path, what: str, limit: Limit, seed: str) -> str:
    """Run a command where there is too little room: "disk_full" when it said so and nothing is changed, else "done"."""
    folder.mkdir()
    if limit is _full:
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m,mode=700", "tmpfs", folder], check=True)
    try:
        os.chdir(folder)
        shutil.copy(begin, "w.db")
        with Workspace.open(Path("w.db"), actor="maya") as workspace:
            before = state(workspace)
        Path("sheet.csv").write_text(SHEET)
        there = set(os.listdir())
        with limit(folder, Random(seed)):
            code, document = _run("--db", "w.db", *COMMANDS[what], "--json")
        with Workspace.open(Path("w.db"), actor="maya") as workspace:
            assert not [check for check in examine(workspace) if not check.ok], f"{seed}: {what} left a file that is not sound"
            unchanged = state(workspace) == before
        if code == 0:
            return "done"
        error = document["error"]
        assert (code, error["code"]) == (3, "disk_full"), f"{seed}: {what} says {error}"
        assert error["message"], seed
        assert error["remedy"], seed
        assert unchanged, f"{seed}: {what} was told as failed and left something"
        assert set(os.listdir()) == there, f"{seed}: {what} left {set(os.listdir()) - there}"
        return "disk_full"
    finally:
        os.chdir("/")
        if limit is _full:
            subprocess.run(["umount", folder], check=True)


def _run(*arguments: str) -> tuple[int, dict[str, dict[str, str]]]:
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
        code = command(list(arguments))
    return code, json.loads(out.getvalue() or "{}")


def _screens(folder: Path) -> int:
    """Rename the shop on its screen while there is no room: it is told, what was typed stays, and with room it is saved."""
    folder.mkdir()
    path = folder / "w.db"

    async def act() -> None:
        with scenarios.create(path, SCENARIO, actor="maya", clock=StoppedClock()) as workspace:
            name = workspace.shops.get(CODE).name
            app = ShoplinkApp(workspace, path=path, actor="maya", clock=StoppedClock())
            async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
                await press(pilot, "ctrl+p", "type:Shop information", "enter", "r", "type: Studio")
                resource.setrlimit(resource.RLIMIT_FSIZE, (100, resource.RLIM_INFINITY))
                await press(pilot, "enter")
                await until(pilot, lambda: getattr(app.focused, "id", None) == "rename")
                await press(pilot, "enter")
                await until(pilot, lambda: "The disk does not take any more" in " ".join(text_of(pilot).split()))
                resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
                assert workspace.shops.get(CODE).name == name
                assert f"{name} Studio" in " ".join(text_of(pilot).split()), text_of(pilot)
                await press(pilot, "escape")
                assert "Shop information" in text_of(pilot), "the screens did not go on"
                assert workspace.shops.rename(CODE, f"{name} Studio")

    asyncio.run(act())
    return 1


def _can_mount(folder: Path) -> bool:
    """Whether a small disk of our own can be had: not everybody may mount one."""
    tried = folder / "mounted"
    tried.mkdir()
    try:
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", tried], check=False, capture_output=True)
    except FileNotFoundError:
        return False
    if done.returncode == 0:
        subprocess.run(["umount", tried], check=True)
    return done.returncode == 0
