"""Hostile texts through every way in and every way out. The ways are tables in tests/proof/hostile; tests keep them whole."""

import asyncio
import os
import random
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path

from core.workspace import Workspace
from tests.proof.hostile import command_line, commands_out, files_in, screens, storyboards, walk
from tests.proof.hostile.texts import ALL, TEN_MEGABYTES
from tests.proof.hostile.workspace import flooded
from tests.proof.part import Figures, Run
from tui.app import ShoplinkApp

PROMISE = (
    "A text is only ever a text, wherever it comes from and wherever it is shown: no name, reason or file can act on your "
    "terminal, be read as markup, a formula or a tag, or end the program."
)
SIZE = (80, 24)


@dataclass(frozen=True)
class Job:
    """A part of the work. In the long form there are two of each, in two processes, each with half of the texts."""

    does: "Callable[[Path, Job], Counter[str]]"
    folder: Path
    seed: int
    half: int
    long: bool

    @property
    def chance(self) -> random.Random:
        return random.Random(self.seed + self.half)

    def texts(self, number: int, some: int) -> list[str]:
        """The texts for the way of this number: all of this half, or some, in turn."""
        if self.long:
            return [text for place, text in enumerate(ALL) if (place + number) % 2 == self.half]
        return [ALL[(number * some + more) % len(ALL)] for more in range(some)]


def prove(run: Run) -> Figures:
    halves = 2 if run.long else 1
    jobs = [
        Job(does, run.folder / f"{does.__name__}-{half}", run.seed, half, run.long) for does in JOBS for half in range(halves)
    ]
    counted: Counter[str] = Counter()
    if run.long:
        with ProcessPoolExecutor(2) as pool:
            for done in pool.map(_done, jobs):
                counted += done
    else:
        for job in jobs:
            counted += _done(job)
    ways_in = sum(map(len, command_line.COMMANDS.values())) + len(command_line.GROUP)
    ways_in += sum(len(places) for _, places in files_in.FILES.values()) + len(screens.VIEWS)
    ways_out = len(commands_out.WHOLE) + len(commands_out.OF_ONE) + len(commands_out.DOCUMENTS) + len(screens.VIEWS) + 2
    for what in WHAT:
        assert counted[what], f"never tried: {what}"
    return {
        "hostile texts": len(ALL),
        "ways in (arguments, fields of files, settings, screens)": ways_in,
        "ways out (answers, documents, screens, pages, the terminal itself)": ways_out,
        **{what: counted[what] for what in WHAT},
    }


IN, KEPT, REFUSED = "texts sent in", "of them taken, and what was stored is clean", "of them refused with a reason"
TYPED, ANSWERS, ENTRIES = "texts pasted into fields of screens", "answers of commands", "entries in CSV, calendars and JSON"
SHOWN, PICTURES, PAGES = "screens looked at", "pictures (SVG) read", "files of storyboards read (HTML, Markdown, SVG, text)"
SENT, BYTES = "sequences sent to a real terminal, each of them meant", "characters on it, none of which acts"
WHAT = (IN, KEPT, REFUSED, TYPED, ANSWERS, ENTRIES, SHOWN, PICTURES, PAGES, SENT, BYTES)


def through_commands(folder: Path, job: Job) -> Counter[str]:
    """Each way of each command; in the long form with every text, in the short one with some, every text once or more."""
    chance = job.chance
    counted: Counter[str] = Counter()
    db = str(folder / "w.db")
    assert command_line.answered(["--db", db, "init", "--practice", "organization"]).code == 0
    ways = [way for name in command_line.COMMANDS for way in command_line.COMMANDS[name]] + list(command_line.GROUP)
    for number, way in enumerate(ways):
        for text in job.texts(number, 1 if way.slow else 3)[: 40 if way.slow else None]:
            if "\0" in text:
                continue  # the system hands no argument over that holds one
            said = command_line.try_way(way, text, db=db, as_json=chance.random() < 0.5)
            counted.update({IN: 1, KEPT if said.code == 0 else REFUSED: 1})
    files_in.stored_is_clean(Path(db), "the commands")
    return counted


def through_files(folder: Path, job: Job) -> Counter[str]:
    """Each place of each kind of file, and each setting."""
    counted: Counter[str] = Counter()
    assert command_line.answered(["--db", str(folder / "w.db"), "init", "--practice", "new-shop"]).code == 0
    number = 0
    for name, (way, places) in files_in.FILES.items():
        taken: Counter[bool] = Counter()
        for place in places:
            number += 1
            for text in job.texts(number, 2):
                taken[way(folder, text, place).code == 0] += 1
        assert name in {"SHOPLINK_DB", "a file's name"} or taken[True], f"{name}: nothing was taken in"
        assert name in {"the configuration", "SHOPLINK_ACTOR"} or taken[False], f"{name}: nothing was refused"
        counted.update({IN: taken.total(), KEPT: taken[True], REFUSED: taken[False]})
        if name not in {"SHOPLINK_DB", "SHOPLINK_ACTOR"}:
            assert way(folder, TEN_MEGABYTES if job.long else TEN_MEGABYTES[: 2**20], places[0])
    return counted


def out_of_commands(folder: Path, job: Job) -> Counter[str]:
    """What every command tells of a workspace full of hostile texts, as words and as a document."""
    chance, long = job.chance, job.long
    counted: Counter[str] = Counter()
    db = folder / "w.db"
    names = flooded(db, ALL, every=1 if long else 20)
    for as_json in (False, True):
        for command in commands_out.WHOLE:
            commands_out.told(str(db), command, as_json)
            counted[ANSWERS] += 1
    for read in commands_out.DOCUMENTS.values():
        counted[ENTRIES] += read(str(db))
    for number, command in enumerate(commands_out.OF_ONE):
        for name in names if long else [names[number % len(names)]]:
            commands_out.told(str(db), commands_out.filled(command, name), chance.random() < 0.5)
            counted[ANSWERS] += 1
    return counted


def on_screens(folder: Path, job: Job) -> Counter[str]:
    """Every screen on shops whose every text is hostile, and hostile texts pasted into its fields."""
    chance, long = job.chance, job.long
    db = folder / "w.db"
    names = flooded(db, ALL, every=8 if long else 20)
    return asyncio.run(_on_screens(db, names[job.half :: 2] if long else names, chance, long))


async def _on_screens(db: Path, names: list[str], chance: random.Random, long: bool) -> Counter[str]:
    counted: Counter[str] = Counter()
    with Workspace.open(db, actor="maya") as workspace:
        app = ShoplinkApp(workspace, path=db, actor="maya", zone=UTC)
        async with app.run_test(size=SIZE, notifications=True, tooltips=True) as pilot:
            await screens.settled(pilot)
            depth = len(app.screen_stack)
            for number, view in enumerate(screens.VIEWS):
                if not long and (number % 2 or view.kind in {earlier.kind for earlier in screens.VIEWS[:number]}):
                    continue  # the walk on a real terminal goes through every place in the short form too
                for name in names if long else [names[number % len(names)]]:
                    where = f"{view.kind.__name__} of {name!a}"
                    if not await screens.opened(pilot, view, screens.Rows.named(name)):
                        continue
                    screens.look(app, where)
                    counted[SHOWN] += 1
                    if long or number % 10 == 0:
                        screens.look_at_picture(app, where)
                        counted[PICTURES] += 1
                    text = TEN_MEGABYTES if chance.random() < 0.05 else chance.choice(ALL)
                    counted[TYPED] += await screens.typed(pilot, text, where)
                    await screens.back_to(pilot, depth)
    return counted


def in_storyboards(folder: Path, job: Job) -> Counter[str]:
    """Storyboards of tours with hostile captions."""
    chance, long = job.chance, job.long
    texts = storyboards.fitting(ALL)
    chance.shuffle(texts)
    rounds = [texts[start : start + 12] for start in range(0, len(texts), 12)][job.half :: 2 if long else 99]
    return Counter({PAGES: sum(storyboards.told(folder, captions, number) for number, captions in enumerate(rounds))})


def on_a_terminal(folder: Path, job: Job) -> Counter[str]:
    """The program itself on a real terminal."""
    chance, long = job.chance, job.long
    db = folder / "w.db"
    flooded(db, ALL, every=chance.randrange(15, 25))
    pasted = [text for text in ALL if "\x1b[201~" not in text and len(text) < 500]
    seen = [walk.screens(folder, db, chance.sample(pasted, 40 if long else 1))]
    commands = commands_out.WHOLE if long else commands_out.WHOLE[:1]
    seen += [walk.command(folder, ["--db", str(db), *command], codes=(0, 3)) for command in commands]
    return Counter({SENT: sum(one.sequences for one in seen), BYTES: sum(len(one.seen) for one in seen)})


def _done(job: Job) -> Counter[str]:
    with own_place(job.folder) as place:
        try:
            return job.does(place, job)
        except AssertionError as error:
            raise AssertionError(f"seed {job.seed}, {job.does.__name__}: {error}") from error


JOBS = (through_commands, through_files, out_of_commands, on_screens, in_storyboards, on_a_terminal)


@contextmanager
def own_place(folder: Path) -> Iterator[Path]:
    """A folder to work in, deep enough that no name leads out of it, with home and settings in it."""
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
