"""Read a file's schema version, and migrate it to this program's schema."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

APPLICATION_ID = 0x53484C4B  # "SHLK"
VERSION = 1
"""The number of migrations, repeated here because opening a file must not import sqlite-utils."""

OLDEST_SQLITE = (3, 37, 0)
"""The first SQLite with STRICT tables; the search's trigram tokenizer is older."""

OBJECTS = "SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT GLOB 'event_fts_*'"
"""The tables, indexes, views and triggers, without FTS5's own tables, which differ by SQLite release."""


def version(connection: sqlite3.Connection) -> int:
    """Read the file's schema version; 0: none yet."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def migrate(db: Database) -> None:
    """Run the missing migrations. Call it within BEGIN IMMEDIATE."""
    from core.store.migrations import STEPS

    STEPS.apply(db)
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.execute(f"PRAGMA user_version = {VERSION}")


@cache
def expected() -> frozenset[tuple[str, str]]:
    """List the (name, SQL) of every table, index, view and trigger of this schema."""
    from sqlite_utils import Database

    with closing(sqlite3.connect(":memory:", isolation_level=None)) as memory:
        db = Database(memory, execute_plugins=False)
        migrate(db)
        return frozenset(db.execute(OBJECTS).fetchall())
