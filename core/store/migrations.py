"""The steps that make a workspace file and bring it up to date: sqlite-utils runs those that a file has not had yet."""

import sqlite3
from collections.abc import Iterator
from importlib.resources import files

from sqlite_utils import Database, Migrations

STEPS = Migrations("shoplink")


@STEPS(name="1")
def schema(db: Database) -> None:
    """Make every table, index, view and trigger of schema.sql."""
    for statement in statements(files(__package__).joinpath("schema.sql").read_text(encoding="utf-8")):
        db.execute(statement)


def statements(script: str) -> Iterator[str]:
    """Split an SQL script into its statements: executescript would commit the transaction around them."""
    gathered = ""
    for line in script.splitlines(keepends=True):
        gathered += line
        if sqlite3.complete_statement(gathered):
            yield gathered.strip()
            gathered = ""
