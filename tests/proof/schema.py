"""The schema alone: the attacks of tests/core/store/attacks at random, one upon the other, and nothing of the program."""

import re
import sqlite3
from collections import Counter
from contextlib import closing
from random import Random

from core.store.invariants import OBEYED, TELLABLE
from tests.core.store.attacks import ATTACKS
from tests.core.store.attacks.world import KINDS, connect, made, objects
from tests.core.store.test_schema import WAYS, said
from tests.proof.part import Figures, Run

NAMES = re.compile(r"'(forged|new|added\.one|told|other|eve|first|away)'")
"""The ids of the rows that attacks add: each gets a number, so that many are added and later ones meet them."""


def prove(run: Run) -> Figures:
    figures: Counter[str] = Counter()
    for kind in KINDS:
        random = Random(f"{run.seed}.{kind}")
        with closing(made(objects(), kind)) as world, closing(connect(run.folder / f"{kind}.db")) as file:
            world.backup(file)
            before = file.execute("SELECT * FROM event ORDER BY seq").fetchall()
            done, refused = attack(file, random, run.size(1_500, 40_000))
            broken = {promise: file.execute(question).fetchall() for promise, question in promises(kind).items()}
            assert not any(broken.values()), f"seed {run.seed}, {kind}: {broken}"
            assert file.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert file.execute("PRAGMA foreign_key_check").fetchall() == []
            events = file.execute("SELECT * FROM event ORDER BY seq").fetchall()
            assert events[: len(before)] == before, f"seed {run.seed}, {kind}: an event was altered"
            assert [event[0] for event in events] == list(range(1, len(events) + 1)), "an event was lost"
            figures["promises asked"] += len(broken)
            figures["links at the end"] += file.execute("SELECT count(*) FROM link").fetchone()[0]
        figures["statements that changed something"] += done
        figures["statements refused"] += refused
    return dict(figures)


def promises(kind: str) -> dict[str, str]:
    return TELLABLE | OBEYED if kind == "practice" else TELLABLE


def attack(connection: sqlite3.Connection, random: Random, number: int) -> tuple[int, int]:
    """Run so many statements in random ways and transactions; count those that changed something and those refused."""
    attacks = [attack for attack in ATTACKS if not attack.fresh]
    done = refused = 0
    while number > 0:
        connection.execute(f"PRAGMA recursive_triggers = {random.choice(('ON', 'OFF'))}")
        for one in random.sample(attacks, random.randint(1, 8)):
            for statement in (*one.given, said(one.sql, random.choice(WAYS))):
                number -= 1
                try:
                    if random.random() < 0.2:
                        connection.execute("COMMIT" if connection.in_transaction else "BEGIN")
                    done += connection.execute(numbered(statement, random)).rowcount > 0
                except (sqlite3.IntegrityError, sqlite3.OperationalError):
                    refused += 1
    if connection.in_transaction:
        connection.execute("ROLLBACK")  # foreign keys may be deferred, and then lead nowhere
    return done, refused


def numbered(statement: str, random: Random) -> str:
    number = random.randrange(200)
    return NAMES.sub(lambda name: f"'{name[1]}.{number}'", statement)
