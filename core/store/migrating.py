"""The migrations: one script a schema, run by sqlite-utils."""

import sqlite3
from collections.abc import Callable, Iterator
from importlib.resources import files

from sqlite_utils import Database, Migrations


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


def migrations(upto: int) -> Migrations:
    """The steps from an empty file to schema `upto`."""
    steps = Migrations("shoplink")
    for number in range(1, upto + 1):
        steps(name=str(number))(_script(number))
    return steps
