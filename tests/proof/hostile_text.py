"""Hostile text through every way in and out of the program. The ways are in tests/proof/hostile."""

import asyncio
import json
import os
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC
from itertools import count
from pathlib import Path
from random import Random
from zlib import crc32

from core import scenarios
from core.text import bare_username
from core.workspace import Workspace
from tests.proof.hostile import commands, screens
from tests.proof.hostile.texts import ALL
from tests.proof.part import Figures, Run
from tui.app import ShoplinkApp

IDS = {"id", "code", "entry", "shop", "seller", "account", "link", "member"}
TEXTS = {
    *("registration_number", "legal_name", "name", "nickname", "phone", "email", "requested_by", "linked_by", "reason"),
    *("contact", "title", "currency", "actor", "entered_by", "summary", "note", "details", "username"),
}
"""The columns that become hostile. An id becomes the same wherever it is."""

IN, KEPT, REFUSED = "texts sent in", "of them accepted, and what was stored is clean", "of them refused with a reason"
ANSWERS, SHOWN = "answers of commands", "screens looked at, places with each of their keys"


def prove(run: Run) -> Figures:
    counted: Counter[str] = Counter()
    chance = Random(run.seed)
    with own_place(run.folder) as place:
        through_commands(place / "in.db", run, chance, counted)
        for first in range(0, len(ALL), 40 if run.long else len(ALL)):
            db = place / f"{first}.db"
            ids = flooded(db, first)
            out_of_commands(db, ids, run, counted)
            asyncio.run(on_screens(db, ids["shop id"], run, chance, counted))
    assert counted[KEPT], "no text was accepted"
    return {"hostile texts": len(ALL), **counted}


def through_commands(db: Path, run: Run, chance: Random, counted: Counter[str]) -> None:
    """Each argument and option of each command."""
    assert commands.answered(["--db", str(db), "init", "--practice", "organization"]).code == 0
    ways = commands.ways_in()
    for number, way in enumerate(ways if run.long else ways[run.seed % 3 :: 3]):
        for text in ALL if run.long else [ALL[number * 3 % len(ALL)]]:
            if "\0" in text:
                continue  # no system passes an argument with one
            os.environ["SHOPLINK_ACTOR"] = text.encode("utf-8", "surrogatepass").decode("utf-8", "surrogateescape")
            arguments = tuple(word.replace(commands.TEXT, text) for word in way)
            answer = commands.try_command(str(db), arguments, as_json=chance.random() < 0.5)
            counted.update({IN: 1, KEPT if answer.code == 0 else REFUSED: 1})
    commands.stored_is_clean(db)


def flooded(path: Path, first: int) -> dict[str, list[str]]:
    """Make a practice workspace whose texts and ids are all hostile, from the text at `first` on, past all that refuses them.

    Return ids by what commands call their rows.
    """
    scenarios.create(path, "agency", actor="maya", seed="flood").close()
    kept = [text for text in ALL if text.strip() and text.encode(errors="ignore").decode() == text]
    turn = count(first)

    def hostile(column: str, value: str | None) -> str | None:
        text, more = kept[next(turn) % len(kept)], kept[-next(turn) % len(kept)]
        if column in IDS or column == "username":  # without the letter where SQLite stops to compare
            text = kept[(crc32((value or "").encode()) + first) % len(kept)][:100].replace("\0", "")
            return value and (f"{text}-{value}" if column in IDS else bare_username(f"{text}-{value}"))
        return json.dumps({"name": text, text: [more, {"at": text}]}) if column == "details" else text

    with closing(sqlite3.connect(path)) as db, db:
        db.execute("BEGIN")  # or each trigger dropped and made again is a transaction of its own
        db.execute("PRAGMA ignore_check_constraints = ON")
        db.create_function("hostile", 2, hostile)
        triggers = db.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            db.execute(f"DROP TRIGGER {name}")
        for table in commands.TABLES:
            columns = [row[1] for row in db.execute(f"PRAGMA table_info({table})") if row[1] in TEXTS | IDS]
            changes = ", ".join(f"{column} = hostile('{column}', {column})" for column in columns)
            db.execute(f"UPDATE {table} SET {changes}")
        for _, sql in triggers:
            db.execute(sql)
        db.execute("INSERT INTO event_fts (event_fts) VALUES ('rebuild')")
        ids = {"shop": "code FROM shop", "username": "username FROM account", "shop id": "id FROM shop"}
        ids |= {table: f"id FROM {table}" for table in ("link", "member", "product")}
        return {what: [id for (id,) in db.execute(f"SELECT {column}")] for what, column in ids.items()}


def out_of_commands(db: Path, ids: dict[str, list[str]], run: Run, counted: Counter[str]) -> None:
    """What every command says of a workspace full of hostile text, as text and as JSON."""
    commands.check_history_csv(str(db))
    for number, way in enumerate(commands.ways_out()[:: run.size(3, 1)]):
        for turn in range(run.size(1, 5)):
            row = {f"<{what}>": found[(number + turn) % len(found)] for what, found in ids.items()}
            for as_json in (False, True) if run.long else (number % 2 == 0,):
                answer = commands.try_command(str(db), tuple(row.get(word, word) for word in way), as_json=as_json)
                assert answer.code != 3 or way[0] == "doctor", f"{way} finds damage: {answer.err or answer.out}"
                counted[ANSWERS] += 1


async def on_screens(db: Path, shops: list[str], run: Run, chance: Random, counted: Counter[str]) -> None:
    """Every place with each of its keys, on shops full of hostile text."""
    with Workspace.open(db, actor="maya") as workspace:
        app = ShoplinkApp(workspace, path=db, actor="maya", zone=UTC)
        async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
            await screens.settled(pilot)
            ways = screens.ways()
            desk = ("linked_accounts.official", "d")  # its acts can be clicked
            for place, key in ways if run.long else (*chance.sample(ways, 5), desk):
                await screens.look_at(pilot, place, key, chance.choice(shops))
                counted[SHOWN] += 1


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
