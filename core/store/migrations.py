"""The migrations, one a schema, run by sqlite-utils."""

import sqlite3
from collections.abc import Iterator
from importlib.resources import files

from sqlite_utils import Database, Migrations

migrations = Migrations("shoplink")


def statements(script: str) -> Iterator[str]:
    """The statements of an SQL script, one by one: executescript would commit the transaction around it."""
    gathered = ""
    for line in script.splitlines(keepends=True):
        gathered += line
        if sqlite3.complete_statement(gathered):
            yield gathered
            gathered = ""


@migrations(name="1")
def first_schema(db: Database) -> None:
    for statement in statements(files(__package__).joinpath("schema.sql").read_text(encoding="utf-8")):
        db.execute(statement)
