"""The schema alone: the attacks of tests/core/store/attacks at random, one upon the other, and nothing of the program."""

import re
import sqlite3
from collections import Counter
from contextlib import closing
from random import Random

from core.store.invariants import OBEYED, TELLABLE
from tests.core.store.attacks import ATTACKS
from tests.core.store.attacks.world import KINDS, connect, made
from tests.core.store.test_schema import WAYS, said
from tests.proof.part import Figures, Run

NAMES = re.compile(r"'(forged|new|added\.one|told|other|eve|first|away)'")
"""The ids of the rows that attacks add: each gets a number, so that many are added and later ones meet them."""


def prove(run: Run) -> Figures:
    figures: Counter[str] = Counter()
    for kind in KINDS:
        where = f"seed {run.seed}, {kind}"
        with closing(made(kind)) as world, closing(connect(run.folder / f"{kind}.db")) as file:
            world.backup(file)
            before = file.execute("SELECT * FROM event ORDER BY seq").fetchall()
            attack(file, Random(where), run.size(1_500, 40_000), figures)
            for promise, question in (TELLABLE | OBEYED if kind == "practice" else TELLABLE).items():
                assert not (broken := file.execute(question).fetchall()), f"{where}: {promise} {broken}"
                figures["promises asked"] += 1
            assert file.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert file.execute("PRAGMA foreign_key_check").fetchall() == []
            events = file.execute("SELECT * FROM event ORDER BY seq").fetchall()
            assert events[: len(before)] == before, f"{where}: an event was altered"
            assert [event[0] for event in events] == list(range(1, len(events) + 1)), f"{where}: an event was lost"
    return figures


def attack(connection: sqlite3.Connection, random: Random, number: int, figures: Counter[str]) -> None:
    """Run so many statements in random ways and transactions; count those that changed something and those refused."""
    attacks = [attack for attack in ATTACKS if not attack.fresh]
    while number > 0:
        connection.execute(f"PRAGMA recursive_triggers = {random.choice(('ON', 'OFF'))}")
        for one in random.sample(attacks, random.randint(1, 8)):
            for statement in (*one.given, said(one.sql, random.choice(WAYS))):
                number -= 1
                numbered = NAMES.sub(rf"'\1.{random.randrange(200)}'", statement)
                try:
                    if random.random() < 0.2:
                        connection.execute("COMMIT" if connection.in_transaction else "BEGIN")
                    figures["statements that changed something"] += connection.execute(numbered).rowcount > 0
                except (sqlite3.IntegrityError, sqlite3.OperationalError):
                    figures["statements refused"] += 1
    if connection.in_transaction:
        connection.execute("ROLLBACK")  # foreign keys may be deferred, and then lead nowhere
