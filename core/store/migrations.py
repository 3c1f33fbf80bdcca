"""The migrations of the workspace file; sqlite-utils runs those still missing."""

import sqlite3
from collections.abc import Iterator
from importlib.resources import files

from sqlite_utils import Database, Migrations

STEPS = Migrations("shoplink")


@STEPS(name="1")
def schema(db: Database) -> None:
    """Create every table, index, view and trigger of schema.sql."""
    for statement in statements(files(__package__).joinpath("schema.sql").read_text(encoding="utf-8")):
        db.execute(statement)


def statements(script: str) -> Iterator[str]:
    """Split an SQL script into statements: executescript() would commit first."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement.strip()
            statement = ""
