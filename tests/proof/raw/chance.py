"""Where the statements come from: chance, and what the file holds at the moment."""

import sqlite3
from random import Random
from typing import NamedTuple

from tests.core.store.attacks.sql import HOUR, T, Value

UNUSED = "NOT EXISTS (SELECT 1 FROM link WHERE link.{})"


class Statement(NamedTuple):
    """`act`: what it would do, by which it is counted; `wrong`: the column or safeguard that it goes against on purpose."""

    act: str
    sql: str
    wrong: str = ""


class Chance:
    """Draws from a file as it is now. All chance is `random`'s; `name` keeps two processes' ids apart."""

    def __init__(self, connection: sqlite3.Connection, random: Random, name: str) -> None:
        self.connection = connection
        self.random = random
        self.name = name
        self.drawn = 0

    def some(self, table: str, condition: str = "1") -> dict[str, Value] | None:
        """A row from somewhere in the table."""
        last = self.connection.execute(f"SELECT coalesce(max(seq), 0) FROM {table}").fetchone()[0]
        start = self.random.randint(0, last)
        sql = f"SELECT * FROM {table} WHERE {condition} AND seq >= ? ORDER BY seq LIMIT 1"
        cursor = self.connection.execute(sql, [start])
        row = cursor.fetchone() or self.connection.execute(sql, [0]).fetchone()
        return dict(zip((column[0] for column in cursor.description), row, strict=True)) if row else None

    def id(self) -> str:
        self.drawn += 1
        return f"{self.name}{self.drawn}"

    def moment(self) -> int:
        return T + self.random.randrange(0, 400 * 24) * HOUR

    def near(self, moment: int) -> int:
        """The moment itself, or one just beside it."""
        return moment + self.random.choice((-HOUR, -1, 0, 0, 0, 0, 1, HOUR))

    def free(self) -> tuple[str, str]:
        """A shop of Lumen's and an account, both without a link if there are such."""
        place = self.some("shop", f"region = 'US' AND seller = 'lumen' AND {UNUSED.format('shop = shop.id')}")
        holder = self.some("account", f"region = 'US' AND kind <> 'organization' AND {UNUSED.format('account = username')}")
        return str((place or {"id": "fresh"})["id"]), str((holder or {"username": "free.one"})["username"])
