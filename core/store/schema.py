"""The schema and its migrations, run by sqlite-utils inside the caller's BEGIN IMMEDIATE."""

import sqlite3
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from sqlite_utils import Database, Migrations

APPLICATION_ID = 0x53484C4B  # "SHLK"
VERSION = 2

migrations = Migrations("shoplink")


def statements(script: str) -> Iterator[str]:
    """The statements of an SQL script, one by one: executescript would commit the transaction around it."""
    gathered = ""
    for line in script.splitlines(keepends=True):
        gathered += line
        if sqlite3.complete_statement(gathered):
            yield gathered
            gathered = ""


def _run(db: Database, script: str) -> None:
    for statement in statements(files(__package__).joinpath(script).read_text(encoding="utf-8")):
        db.execute(statement)


@migrations(name="1")
def first_schema(db: Database) -> None:
    _run(db, "schema.sql")


@migrations(name="2")
def speed(db: Database) -> None:
    """Indexes of what grows."""
    _run(db, "schema_speed.sql")


def is_current(db: Database) -> bool:
    """Whether the file has this program's schema. Only reads."""
    return bool(db.execute("PRAGMA user_version").fetchone()[0] == VERSION)


def migrate(db: Database) -> None:
    """Bring the file to this schema. Call it within BEGIN IMMEDIATE: what is pending is read inside it."""
    migrations.apply(db)
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.execute(f"PRAGMA user_version = {VERSION}")


@cache
def expected() -> frozenset[tuple[str, str]]:
    """The (name, SQL) of every table, index and trigger of this schema."""
    db = Database(sqlite3.connect(":memory:", isolation_level=None), execute_plugins=False)
    migrate(db)
    return frozenset(db.execute("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL").fetchall())
