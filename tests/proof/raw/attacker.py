"""One process that runs random statements against a file and counts what becomes of them."""

import re
import sqlite3
from collections import Counter
from contextlib import closing
from functools import cache
from pathlib import Path
from random import Random
from typing import NamedTuple

from tests.core.store.attacks.pieces import pieces
from tests.core.store.attacks.world import connect, objects
from tests.proof.raw.chance import Statement
from tests.proof.raw.statements import Statements

FOREIGN_KEY = "a foreign key"


class Counted(NamedTuple):
    """Of one process: how often each act succeeded for good, and how often each safeguard refused one."""

    tried: int
    done: Counter[str]
    refused: Counter[str]


def attack(path: Path, seed: str, number: int) -> Counted:
    """Run `number` statements: half of them in transactions of many, with recursive triggers on and off."""
    random = Random(seed)
    done: Counter[str] = Counter()
    refused: Counter[str] = Counter()
    tried = 0
    with closing(connect(path)) as connection:
        connection.execute("PRAGMA busy_timeout = 300000")
        connection.execute("PRAGMA synchronous = OFF")
        said = Statements(connection, random, f"{seed}.")
        while tried < number:
            connection.execute(f"PRAGMA recursive_triggers = {random.choice(('ON', 'OFF'))}")
            together = random.random() < 0.5
            pending: Counter[str] = Counter()
            if together:
                connection.execute("BEGIN IMMEDIATE")
            for _ in range(random.randint(1, 30) if together else 15):
                for statement in said.next():
                    tried += 1
                    act = _run(connection, statement, refused)
                    if together and not connection.in_transaction:  # OR ROLLBACK took all of it back
                        pending.clear()
                        connection.execute("BEGIN IMMEDIATE")
                    pending.update(act)
            if together:
                if random.random() < 0.1:
                    pending.clear()
                connection.execute("COMMIT" if pending else "ROLLBACK")
            done.update(pending)
    return Counted(tried, done, refused)


def _run(connection: sqlite3.Connection, statement: Statement, refused: Counter[str]) -> list[str]:
    """The act, when something was changed by it."""
    try:
        changed = connection.execute(statement.sql).rowcount > 0
    except sqlite3.IntegrityError as error:
        refused[_refused_by(str(error), statement)] += 1
        return []
    return [statement.act] if changed else []


def _refused_by(told: str, statement: Statement) -> str:
    """The safeguard that said no."""
    if told in _triggers():
        names = _triggers()[told]
        return names.get(statement.sql.split()[0], next(iter(names.values())))
    if match := re.fullmatch(r"NOT NULL constraint failed: (\S+)", told):
        return f"{match[1]} NOT NULL"
    if match := re.fullmatch(r"cannot store \w+ value in \w+ column (\w+)\.\w+", told):
        return f"{match[1]} STRICT"
    if match := re.match(r"CHECK constraint failed: (.*)", told, re.DOTALL):
        return _checks()["".join(match[1].split())]
    if told.startswith("UNIQUE") or told == "datatype mismatch":  # a text for a row's number
        return told
    assert told == "FOREIGN KEY constraint failed", told
    return statement.wrong if statement.wrong in _references().values() else _references().get(statement.wrong, FOREIGN_KEY)


@cache
def _triggers() -> dict[str, dict[str, str]]:
    """The triggers by what they say, and by the verb that each refuses."""
    found: dict[str, dict[str, str]] = {}
    for type, name, sql in objects():
        said = re.search(r"RAISE\(ABORT, '((?:[^']|'')*)'\)", sql)
        if type == "trigger" and said:
            verb = re.search(r"(?:BEFORE|AFTER) (\w+)", sql)
            assert verb
            found.setdefault(said[1].replace("''", "'"), {})[verb[1]] = name
    return found


@cache
def _checks() -> dict[str, str]:
    """The CHECKs by their conditions, written without spaces."""
    return {"".join(name.split("CHECK (", 1)[1][:-1].split()): name for name in pieces() if "CHECK (" in name}


@cache
def _references() -> dict[str, str]:
    """The foreign keys by the column in which a value leads nowhere."""
    found = {}
    for name in pieces():
        if match := re.match(r"(\w+\.\w+) REFERENCES", name):
            found[match[1]] = name
        elif match := re.match(r"(\w+): FOREIGN KEY \(([^)]*)\)", name):
            found |= {f"{match[1]}.{column.strip()}": name for column in match[2].split(",")}
    return found
