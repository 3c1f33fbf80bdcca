"""Which schema the file has, and the way to this program's: migrations, run inside the caller's BEGIN IMMEDIATE."""

from __future__ import annotations

import sqlite3
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

APPLICATION_ID = 0x53484C4B  # "SHLK"
VERSION = 5

OBJECTS = "SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT GLOB 'event_fts_*'"
"""The tables, indexes and triggers but FTS5's own tables, which every release of SQLite may make in another way."""


def version(connection: sqlite3.Connection) -> int:
    """The schema that the file has. Only reads."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def migrate(db: Database, upto: int = VERSION) -> None:
    """Bring the file to this schema. Call it within BEGIN IMMEDIATE: what is pending is read inside it."""
    from core.store.migrating import migrations

    migrations(upto).apply(db)
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.execute(f"PRAGMA user_version = {upto}")


@cache
def expected() -> frozenset[tuple[str, str]]:
    """The (name, SQL) of every table, index and trigger of this schema."""
    from sqlite_utils import Database

    db = Database(sqlite3.connect(":memory:", isolation_level=None), execute_plugins=False)
    migrate(db)
    return frozenset(db.execute(OBJECTS).fetchall())
