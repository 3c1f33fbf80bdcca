"""Which schema a file has, and the way to this program's (schema.sql, and the steps after it)."""

from __future__ import annotations

import sqlite3
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

APPLICATION_ID = 0x53484C4B  # "SHLK"
VERSION = 1
"""How many steps core/store/migrations.py has. It stands here too because opening a file must not import sqlite-utils."""

OBJECTS = "SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT GLOB 'event_fts_*'"
"""The tables, indexes, views and triggers but FTS5's own tables, which every release of SQLite may make in another way."""


def version(connection: sqlite3.Connection) -> int:
    """Read which schema the file has; 0: none yet."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def migrate(db: Database) -> None:
    """Bring the file to this schema. Call it within BEGIN IMMEDIATE: which steps are missing is read inside it."""
    from core.store.migrations import STEPS

    STEPS.apply(db)
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.execute(f"PRAGMA user_version = {VERSION}")


@cache
def expected() -> frozenset[tuple[str, str]]:
    """List the (name, SQL) of every table, index, view and trigger of this schema."""
    from sqlite_utils import Database

    db = Database(sqlite3.connect(":memory:", isolation_level=None), execute_plugins=False)
    migrate(db)
    return frozenset(db.execute(OBJECTS).fetchall())
