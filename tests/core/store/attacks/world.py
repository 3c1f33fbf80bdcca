"""The workspace that is attacked, as practice and as a record: shops of three sellers and a link in every state of its life."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import cache
from pathlib import Path

from sqlite_utils import Database

from core.clock import from_ms
from core.policy import load
from core.store import schema, workspaces
from tests.core.store.attacks.sql import (
    SHOPS,
    T,
    account,
    entity,
    event,
    insert,
    link,
    marketing,
    member,
    past,
    practice,
    product,
    seller,
    shop,
    workspace,
)  # fmt: skip

KINDS = {"practice": practice(), "record": workspace()}


def history(kind: str) -> Iterator[str]:
    """Statements that any honest program could have written, in an order in which it could have."""
    yield KINDS[kind]
    yield entity(country="US", registration_key="84-1", registration_number="84-1", kind="company", legal_name="Lumen LLC")
    yield entity(country="GB", registration_key="09-8", registration_number="09-8")
    yield entity(country="FR", registration_key="idle", registration_number="idle")
    yield seller(id="lumen")
    yield seller(id="twin")
    for id in ("birch", "idle"):
        yield seller(id=id, country="GB", registration_key="09-8")
    for number, (id, (owner, region, name)) in enumerate(SHOPS.items()):
        yield shop(id=id, code=f"{region}LC0{number}", name=name, seller=owner, region=region)
    yield account("official.one", nickname="Lumen")
    yield account("now.one", nickname="Used up")
    for username in ("free.one", "was.one", "asked.one", "auth.one", "busy.one"):
        yield account(username)
    for number in range(4):
        yield account(f"market.{number}")
    yield account("banned.one", standing="banned")
    yield account("review.one", region="GB")
    yield account("from.britain", region="GB")
    yield account("unknown.one", kind=None, region=None, standing=None, identity_verified=None, holder_is_adult=None)
    organization = {"kind": "organization", "country": "US", "registration_key": "84-1"}
    yield account("lumen.org", **organization, nickname="Other")
    yield account("loose.org", **organization)
    yield account("idle.org", **organization)
    yield account("birch.org", kind="organization", region="GB", country="GB", registration_key="09-8")
    yield member(id="owner", contact="owner@lumen.example", role="admin", state="active", accepted_at=T)
    yield member(id="sam", contact="sam@lumen.example")
    yield member(id="gone", contact="gone@lumen.example", state="removed", removed_at=T)
    yield from links()
    yield product(id="jar")
    yield product(id="old", status="deleted")
    for id, row in SHOPS.items():
        yield event(id=f"evt-{id}", shop=id, summary=f"Shop {row[2]} added")
    yield event(id="evt-link", shop="lumen", link="official", account="official.one")


def links() -> Iterator[str]:
    yield link("lumen", "official.one", id="official", state="linked")
    for number in range(4):
        yield marketing("lumen", f"market.{number}", id=f"market-{number}", state="linked")
    yield link("other", "lumen.org", id="organization", state="linked", origin="created", authorize_by=None, authorized_at=None)
    for number in range(3):
        yield past("used", "was.one", 40 - 10 * number, 38 - 10 * number, id=f"used-{number}")
    yield link("used", "now.one", id="used", state="linked")
    yield link("third", "was.one", id="rejected", state="rejected", decided_at=T, reason="The name is taken")
    yield link("third", "asked.one", id="asked")
    yield link("twin", "auth.one", id="authorized", state="authorized")
    yield link("birch", "review.one", id="in-review", state="in_review")
    yield marketing("third", "loose.org", id="loose")
    yield past("third", "idle.org", 9, 8, id="idle", role="marketing")
    yield marketing("third", "banned.one", id="banned")
    for number in range(10):
        yield past("third", "busy.one", 30 - 2 * number, 29 - 2 * number, id=f"busy-{number}", role="marketing")
    yield marketing("third", "busy.one", id="busy")


def connect(path: Path | str = ":memory:") -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA trusted_schema = OFF")
    return connection


@cache
def objects() -> tuple[tuple[str, str, str], ...]:
    """(type, name, SQL) of every table, index, view and trigger of the schema; the SQL without its comments."""
    with closing(connect()) as connection:
        schema.migrate(Database(connection, execute_plugins=False))
        found = connection.execute(
            """SELECT type, name, sql FROM sqlite_schema
            WHERE sql IS NOT NULL AND name NOT GLOB '*sqlite_*' AND name NOT GLOB 'event_fts*'"""
        )
        return tuple((type, name, re.sub(r"--[^\n]*", "", sql)) for type, name, sql in found)


@cache
def rows(kind: str) -> tuple[tuple[str, tuple[tuple[object, ...], ...]], ...]:
    """What the world holds: a statement for each table, and what it is given. Without a kind: the markets alone."""
    with closing(connect()) as connection:
        for _, _, sql in objects():
            connection.execute(sql)
        for row in workspaces.limits(load(), from_ms(T)):
            connection.execute(insert("market", **row))
        for statement in history(kind) if kind else ():
            connection.execute(statement)
        held = []
        for table in (name for type, name, _ in objects() if type == "table"):
            columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]  # generated ones are hidden
            statement = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"
            held.append((statement, tuple(connection.execute(f"SELECT {', '.join(columns)} FROM {table}").fetchall())))
        return tuple(held)


def made(kind: str) -> sqlite3.Connection:
    """The world of this kind; without a kind, a file that is no workspace yet."""
    connection = connect()
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("BEGIN")
    for sql in (sql for type, _, sql in objects() if type == "table"):
        connection.execute(sql)
    for statement, values in rows(kind):
        connection.executemany(statement, values)
    for sql in (sql for type, _, sql in objects() if type != "table"):
        connection.execute(sql)
    connection.execute("COMMIT")
    connection.execute("PRAGMA foreign_keys = ON")
    return connection
