"""The schema and its migrations, run by sqlite-utils inside the caller's BEGIN IMMEDIATE."""

import sqlite3
from collections.abc import Callable, Iterator
from functools import cache
from importlib.resources import files

from sqlite_utils import Database, Migrations

APPLICATION_ID = 0x53484C4B  # "SHLK"
VERSION = 2
READABLE = 1
"""The oldest schema whose file can be read as it is: those after it changed nothing that is read."""


def statements(script: str) -> Iterator[str]:
    """The statements of an SQL script, one by one: executescript would commit the transaction around it."""
    gathered = ""
    for line in script.splitlines(keepends=True):
        gathered += line
        if sqlite3.complete_statement(gathered):
            yield gathered
            gathered = ""


def _script(number: int) -> Callable[[Database], None]:
    """What brings a file from the schema before to schema `number`: the statements of migrations/NUMBER.sql."""

    def run(db: Database) -> None:
        for statement in statements(files(__package__).joinpath(f"migrations/{number}.sql").read_text(encoding="utf-8")):
            db.execute(statement)

    return run


migrations = Migrations("shoplink")
for number in range(1, VERSION + 1):
    migrations(name=str(number))(_script(number))


def version(db: Database) -> int:
    """The schema that the file has. Only reads."""
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def is_current(db: Database) -> bool:
    """Whether the file has this program's schema. Only reads."""
    return version(db) == VERSION


def is_readable(db: Database) -> bool:
    """Whether this program can show the file as it is, without bringing it to its own schema. Only reads."""
    return READABLE <= version(db) <= VERSION


def migrate(db: Database, upto: int = VERSION) -> None:
    """Bring the file to this schema. Call it within BEGIN IMMEDIATE: what is pending is read inside it."""
    migrations.apply(db, stop_before=str(upto + 1))
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.execute(f"PRAGMA user_version = {upto}")


@cache
def expected(version: int = VERSION) -> frozenset[tuple[str, str]]:
    """The (name, SQL) of every table, index and trigger of this schema, or of an older one."""
    db = Database(sqlite3.connect(":memory:", isolation_level=None), execute_plugins=False)
    migrate(db, version)
    return frozenset(db.execute("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL").fetchall())
