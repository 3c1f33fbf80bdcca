"""Hostile text through every way in and out of the program. The ways are in tests/proof/hostile."""

import asyncio
import os
import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path

from core.workspace import Workspace
from tests.proof.hostile import commands, screens
from tests.proof.hostile.texts import ALL, TEN_MEGABYTES
from tests.proof.hostile.workspace import flooded
from tests.proof.part import Figures, Run
from tui.app import ShoplinkApp

PROMISE = (
    "Text stays text, wherever it comes from and wherever it is shown: no name, reason or file can act on your terminal, be"
    " read as markup, a formula or a tag, or end the program."
)


@dataclass(frozen=True)
class Job:
    """A part of the work, in a process of its own in the long form."""

    work: "Callable[[Path, Job], Counter[str]]"
    folder: Path
    seed: int
    long: bool

    @property
    def chance(self) -> random.Random:
        return random.Random(self.seed)

    def texts(self, number: int, some: int) -> Sequence[str]:
        """The texts for the way of this number: all of them, or `some` in turn."""
        return ALL if self.long else [ALL[(number * some + more) % len(ALL)] for more in range(some)]


def prove(run: Run) -> Figures:
    jobs = [Job(work, run.folder / work.__name__, run.seed, run.long) for work in JOBS]
    counted: Counter[str] = Counter()
    if run.long:
        with ProcessPoolExecutor(2) as pool:
            for done in pool.map(_done, jobs):
                counted += done
    else:
        for job in jobs:
            counted += _done(job)
    for what in WHAT:
        assert counted[what], f"never tried: {what}"
    kinds = {kind.__name__ for kind in screens.classes()}
    return {
        "hostile texts": len(ALL),
        "ways in (arguments and options; documents has those of files)": len(commands.ways_in()),
        "ways out (answers and documents of commands, places with their keys)": len(commands.ways_out()) + len(screens.ways()),
        **{what: counted[what] for what in WHAT},
        f"kinds of screens that were seen, of {len(kinds)}": len([kind for kind in kinds if counted[kind]]),
    }


IN, KEPT, REFUSED = "texts sent in", "of them accepted, and what was stored is clean", "of them refused with a reason"
TYPED, ANSWERS = "texts pasted into fields of screens", "answers of commands"
SHOWN = "screens looked at"
WHAT = (IN, KEPT, REFUSED, TYPED, ANSWERS, SHOWN)


def through_commands(folder: Path, job: Job) -> Counter[str]:
    """Each argument and option of each command."""
    chance, counted, db = job.chance, Counter[str](), str(folder / "w.db")
    assert commands.answered(["--db", db, "init", "--practice", "organization"]).code == 0
    for number, way in enumerate(commands.ways_in()):
        slow = way[0] in commands.SLOW
        for text in job.texts(number, 1 if slow else 3)[: 40 if slow else None]:
            if "\0" in text:
                continue  # no system passes an argument with one
            arguments = tuple(word.replace(commands.TEXT, text) for word in way)
            os.environ["SHOPLINK_ACTOR"] = text.encode("utf-8", "surrogatepass").decode("utf-8", "surrogateescape")
            answer = commands.try_command(db, arguments, as_json=chance.random() < 0.5)
            counted.update({IN: 1, KEPT if answer.code == 0 else REFUSED: 1})
    commands.stored_is_clean(Path(db), "the commands")
    return counted


def out_of_commands(folder: Path, job: Job) -> Counter[str]:
    """What every command says of a workspace full of hostile text, as text and as JSON."""
    counted, db = Counter[str](), folder / "w.db"
    names = flooded(db, ALL, every=1 if job.long else 20)
    commands.check_history_csv(str(db))
    for number, way in enumerate(commands.ways_out()):
        for name in names if job.long else [names[number % len(names)]]:
            for as_json in (False, True):
                answer = commands.try_command(str(db), commands.filled(way, name), as_json=as_json)
                assert answer.code != 3 or way[0] == "doctor", f"{way} finds damage: {answer.err or answer.out}"
                assert "\r" not in answer.out + answer.err, way
                counted[ANSWERS] += 1
            if not any(word.startswith("<") for word in way):
                break
    return counted


def on_screens(folder: Path, job: Job) -> Counter[str]:
    """Every place with each of its keys, on shops full of hostile text, and hostile text pasted into the fields there."""
    return asyncio.run(_on_screens(folder / "w.db", flooded(folder / "w.db", ALL, every=8 if job.long else 20), job))


async def _on_screens(db: Path, names: list[str], job: Job) -> Counter[str]:
    counted, chance = Counter[str](), job.chance
    with Workspace.open(db, actor="maya") as workspace:
        app = ShoplinkApp(workspace, path=db, actor="maya", zone=UTC)
        async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
            await screens.settled(pilot)
            for number, (place, key) in enumerate(screens.ways()[:: 1 if job.long else 2]):
                for name in names if job.long else [names[number % len(names)]]:
                    text = TEN_MEGABYTES if job.long and chance.random() < 0.05 else chance.choice(ALL)
                    seen, fields = await screens.look_at(pilot, place, key, f"shp-{name}", text)
                    counted.update({SHOWN: 1, TYPED: fields, **dict.fromkeys(seen, 1)})
    return counted


def _done(job: Job) -> Counter[str]:
    with own_place(job.folder) as place:
        try:
            return job.work(place, job)
        except AssertionError as error:
            raise AssertionError(f"seed {job.seed}, {job.work.__name__}: {error}") from error


JOBS = (through_commands, out_of_commands, on_screens)


@contextmanager
def own_place(folder: Path) -> Iterator[Path]:
    """A folder to work in, so deep that no name leads out of it, with the home folder and the settings in it."""
    place = folder / "a" / "b" / "c" / "d"
    place.mkdir(parents=True)
    before, kept, mask = Path.cwd(), dict(os.environ), os.umask(0o077)
    os.environ.update({f"XDG_{kind}_HOME": str(place / kind.lower()) for kind in ("DATA", "CONFIG", "STATE")})
    os.environ.update({"HOME": str(place), "TZ": "UTC"})
    os.chdir(place)
    try:
        yield place
    finally:
        os.chdir(before)
        os.environ.clear()
        os.environ.update(kept)
        os.umask(mask)
