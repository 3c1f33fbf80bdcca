"""Which schema the file has, and the way to this program's: migrations, run inside the caller's BEGIN IMMEDIATE."""

from __future__ import annotations

import sqlite3
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

APPLICATION_ID = 0x53484C4B  # "SHLK"
VERSION = 1


def is_current(connection: sqlite3.Connection) -> bool:
    """Whether the file has this program's schema. Only reads."""
    return bool(connection.execute("PRAGMA user_version").fetchone()[0] == VERSION)


def migrate(db: Database) -> None:
    """Bring the file to this schema. Call it within BEGIN IMMEDIATE: what is pending is read inside it."""
    from core.store.migrations import migrations

    migrations.apply(db)
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.execute(f"PRAGMA user_version = {VERSION}")


@cache
def expected() -> frozenset[tuple[str, str]]:
    """The (name, SQL) of every table, index and trigger of this schema."""
    from sqlite_utils import Database

    db = Database(sqlite3.connect(":memory:", isolation_level=None), execute_plugins=False)
    migrate(db)
    return frozenset(db.execute("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL").fetchall())
