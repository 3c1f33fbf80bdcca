"""The workspace that is attacked: shops of three sellers and a link in every state of its life."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import cache
from pathlib import Path

from sqlite_utils import Database

from core.policy import load
from core.store import schema, workspaces
from tests.core.store.attacks.sql import DAY, SHOPS, T, account, event, insert, link, marketing, member, product, shop, workspace


def history() -> Iterator[str]:
    """Statements that any honest program could have written, in an order in which it could have."""
    yield workspace()
    yield insert(
        "entity", country="US", registration_key="84-1", registration_number="84-1", kind="company", legal_name="Lumen LLC"
    )
    yield insert("entity", country="GB", registration_key="09-8", registration_number="09-8")
    yield insert("entity", country="FR", registration_key="idle", registration_number="idle")
    for seller, country, key in (
        ("lumen", "US", "84-1"),
        ("twin", "US", "84-1"),
        ("birch", "GB", "09-8"),
        ("idle", "GB", "09-8"),
    ):
        yield insert("seller", id=seller, country=country, registration_key=key)
    for number, (id, (seller, region, name)) in enumerate(SHOPS.items()):
        yield shop(id=id, code=f"{region}LC0{number}", name=name, seller=seller, region=region)
    yield shop(id="probation", code="USLCP", name="Probation", probation_until=T + 30 * DAY)
    yield shop(id="bare", code="USLCB", name="Bare")
    for username in (
        "official.one",
        "free.one",
        "was.one",
        "now.one",
        "asked.one",
        "auth.one",
        "new.one",
        "busy.one",
        "long.one",
    ):
        yield account(username)
    for number in range(4):
        yield account(f"market.{number}")
    yield account("banned.one", standing="banned")
    yield account("review.one", region="GB")
    yield account("from.britain", region="GB")
    yield account("unknown.one", kind=None, region=None, standing=None, identity_verified=None, holder_is_adult=None)
    organization = {"kind": "organization", "country": "US", "registration_key": "84-1"}
    yield account("lumen.org", **organization, seller="lumen")
    yield account("loose.org", **organization)
    yield account("idle.org", **organization, seller="lumen")
    yield account("birch.org", kind="organization", region="GB", country="GB", registration_key="09-8")
    yield member(id="owner", contact="owner@lumen.example", role="admin", state="active", accepted_at=T)
    yield member(id="sam", contact="sam@lumen.example")
    yield member(id="gone", contact="gone@lumen.example", state="removed", removed_at=T)
    yield from links()
    yield product(id="jar")
    yield product(id="old", status="deleted")
    for number, (id, row) in enumerate(SHOPS.items()):
        yield event(id=f"evt-{number}", shop=id, summary=f"Shop {row[2]} added")
    yield event(id="evt-link", shop="lumen", link="official", account="official.one")


def links() -> Iterator[str]:
    yield link("lumen", "official.one", id="official", state="linked")
    for number in range(4):
        yield marketing("lumen", f"market.{number}", number + 1, id=f"market-{number}", state="linked")
    made = {"origin": "created", "authorize_by": None, "authorized_at": None}
    yield link("other", "lumen.org", id="organization", state="linked", **made)
    for number in range(1, 4):
        began = {"requested_at": T - (50 - 10 * number) * DAY, "authorized_at": T - (50 - 10 * number) * DAY}
        ended = {"linked_at": T - (50 - 10 * number) * DAY, "unlinked_at": T - (48 - 10 * number) * DAY}
        yield link("used", "was.one", id=f"used-{number}", state="unlinked", unlink_number=number, **began, **ended)
    yield link("used", "now.one", id="used", state="linked")
    yield link("third", "was.one", id="rejected", state="rejected", decided_at=T, reason="The name is taken")
    yield link("third", "asked.one", id="asked")
    yield link("twin", "auth.one", id="authorized", state="authorized")
    yield link("birch", "review.one", id="in-review", state="in_review")
    yield link("long", "long.one", id="long", state="in_review")
    yield marketing("probation", "new.one", id="probation", seller="lumen", region="US")
    yield marketing("third", "loose.org", 1, id="loose")
    yield marketing("third", "banned.one", 2, id="banned")
    for number in range(10):
        began = T - (30 - 2 * number) * DAY
        yield marketing(
            "third", "busy.one", 3, id=f"busy-{number}", state="unlinked", requested_at=began, authorized_at=began,
            linked_at=began, unlinked_at=began + DAY,
        )  # fmt: skip
    yield marketing("third", "busy.one", 3, id="busy")


def connect(path: Path | str = ":memory:") -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


@cache
def objects() -> tuple[tuple[str, str, str], ...]:
    """(type, name, SQL) of every table, index and trigger of the schema."""
    with closing(connect()) as connection:
        schema.migrate(Database(connection, execute_plugins=False))
        found = connection.execute(
            """SELECT type, name, sql FROM sqlite_schema
            WHERE sql IS NOT NULL AND name NOT GLOB '*sqlite_*' AND name NOT GLOB 'event_fts*'"""
        )
        return tuple(found.fetchall())


@cache
def rows(fresh: bool) -> tuple[tuple[str, tuple[tuple[object, ...], ...]], ...]:
    """What the world holds: a statement for each table, and what it is given. `fresh`: the markets alone."""
    with closing(connect()) as connection:
        for _, _, sql in objects():
            connection.execute(sql)
        for row in workspaces.limits(load()):
            connection.execute(insert("market", **row))
        for statement in () if fresh else history():
            connection.execute(statement)
        held = []
        for table in (name for type, name, _ in objects() if type == "table"):
            columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]  # generated ones are hidden
            statement = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"
            held.append((statement, tuple(connection.execute(f"SELECT {', '.join(columns)} FROM {table}").fetchall())))
        return tuple(held)


def made(of: tuple[tuple[str, str, str], ...], *, fresh: bool = False) -> sqlite3.Connection:
    """The world under the schema of these objects."""
    connection = connect()
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("BEGIN")
    tables = [sql for type, _, sql in of if type == "table"]
    for sql in tables:
        connection.execute(sql)
    for statement, values in rows(fresh):
        connection.executemany(statement, values)
    for sql in (sql for type, _, sql in of if type != "table"):
        connection.execute(sql)
    connection.execute("COMMIT")
    connection.execute("PRAGMA foreign_keys = ON")
    return connection
