"""The schema alone: with the program's checks bypassed, raw SQL from another connection breaks no promise.

Each attack is refused in every way of saying it, and each safeguard of the schema is needed: without it an attack succeeds.
"""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from core.store.invariants import BROKEN
from tests.core.store.attacks import ATTACKS, Attack
from tests.core.store.attacks.columns import seller
from tests.core.store.attacks.pieces import pieces, without
from tests.core.store.attacks.sql import DAY, T, event, link, member, product, shop, update
from tests.core.store.attacks.world import connect, made, objects

WAYS = ("", "OR ABORT", "OR FAIL", "OR IGNORE", "OR REPLACE", "OR ROLLBACK")

REFERRED_TO = {
    "entity: PRIMARY KEY (country, registration_key)": seller(),
    "seller.id UNIQUE": shop(),
    "shop.id UNIQUE": product(),
    "shop: UNIQUE (id, seller, region)": link(),
    "account.username UNIQUE": member(),
    "link.id UNIQUE": event(link="official"),
}
"""What a foreign key leads to, with a row that refers to it: without it SQLite does not take the row at all."""

_REPLACED = "OR REPLACE would take the other row away before it looks, so a trigger looks first: it finds the row by this"
_ENTITY_KEY = (
    "entity: PRIMARY KEY (country, registration_key)",
    "seller: FOREIGN KEY (country, registration_key) REFERENCES entity (country, registration_key)",
    "account: FOREIGN KEY (country, registration_key) REFERENCES entity (country, registration_key)",
)
TWICE: dict[str, tuple[str | tuple[str, ...], str]] = {
    "shop.code UNIQUE": ("shop_no_replace", _REPLACED),
    "member.id UNIQUE": ("member_no_replace", _REPLACED),
    "member_once": ("member_no_replace", _REPLACED),
    "product.id UNIQUE": ("product_no_replace", _REPLACED),
    "event.id UNIQUE": ("event_no_replace", _REPLACED),
    "official_one_per_shop": ("link_no_replace", _REPLACED),
    "official_one_shop": ("link_no_replace", _REPLACED),
    "one_role_per_shop": ("link_no_replace", _REPLACED),
    "marketing_place": ("link_no_replace", _REPLACED),
    "official_unlink": ("link_unlink_limit", "the trigger counts the unlinks by this, and wants the next number"),
    "link.unlink_number CHECK (unlink_number >= 1)": ("link_limits_added", "since schema 2 the first number is 1 by counting"),
    "link: CHECK (unlinked_at >= linked_at)": ("link_unlink_wait_added", "it holds where a market's wait is nothing too"),
    "link.state NOT NULL": ("link.live NOT NULL", "whether a link is live follows from its state"),
    "link.live NOT NULL": ("link.state NOT NULL", "whether a link is live follows from its state"),
    "event.at NOT NULL": (
        ("workspace.newest_at NOT NULL", "workspace_time"),
        "an event at no moment would make the newest one none",
    ),
    "entity.country NOT NULL": (_ENTITY_KEY, "a key without rowid has no NULL"),
    "entity.registration_key NOT NULL": (_ENTITY_KEY, "a key without rowid has no NULL"),
}
"""Safeguards that another one repeats, with the other (or those that go with it) and why both are there."""


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[bool, Path]:
    """The world, and a file in which nothing is yet but the markets."""
    folder = tmp_path_factory.mktemp("attacked")
    for fresh in (False, True):
        with closing(made(objects(), fresh=fresh)) as world, closing(sqlite3.connect(folder / f"{fresh}.db")) as file:
            world.backup(file)
    return {fresh: folder / f"{fresh}.db" for fresh in (False, True)}


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(connect(path)) as connection:
        yield connection


def content(connection: sqlite3.Connection) -> list[list[tuple[object, ...]]]:
    return [connection.execute(f"SELECT * FROM {name}").fetchall() for type, name, _ in objects() if type == "table"]


def said(sql: str, way: str) -> str:
    """The statement with this OR clause; a DELETE has none."""
    return re.sub(r"^(INSERT|UPDATE)( OR \w+)?", rf"\1 {way}", sql) if way else sql


def tried(connection: sqlite3.Connection, attack: Attack, way: str = "") -> str:
    """What becomes of the attack: why it is refused, "" when nothing is changed by it, or "done"."""
    try:
        connection.execute("BEGIN")
        for statement in attack.given:
            connection.execute(statement)
        before = content(connection)
        try:
            connection.execute(said(attack.sql, way))
            connection.execute("PRAGMA defer_foreign_keys = OFF")
        except (sqlite3.IntegrityError, sqlite3.OperationalError) as error:
            return str(error)
        if attack.asks:
            return "done" if connection.execute(BROKEN[attack.asks]).fetchall() else ""
        if way == "OR REPLACE" and attack.by.endswith(" NOT NULL"):  # nothing is replaced by the column's default
            table, column = attack.by.split()[0].split(".")
            return "done" if connection.execute(f"SELECT 1 FROM {table} WHERE {column} IS NULL").fetchall() else ""
        return "" if content(connection) == before else "done"
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


@pytest.mark.parametrize("attack", ATTACKS, ids=[attack.what for attack in ATTACKS])
def test_raw_sql_cannot_make(files: dict[bool, Path], attack: Attack) -> None:
    with opened(files[attack.fresh]) as connection:
        for recursive in ("ON", "OFF"):
            connection.execute(f"PRAGMA recursive_triggers = {recursive}")
            outcome = tried(connection, attack)
            assert outcome != "done"
            assert bool(outcome) != bool(attack.asks)
            for way in WAYS[1:]:
                assert tried(connection, attack, way) != "done", (recursive, way)


def by_piece(piece: str) -> list[Attack]:
    return [attack for attack in ATTACKS if attack.by == piece]


def outcomes(piece: str, *others: str) -> set[str]:
    """What becomes of the attacks that this safeguard refuses, without it and those others."""
    found = set()
    for attack in by_piece(piece):
        with closing(made(without(piece, *others), fresh=attack.fresh)) as connection:
            connection.execute("PRAGMA recursive_triggers = OFF")
            found.add(tried(connection, attack))
    return found


@pytest.mark.parametrize("piece", [piece for piece in pieces() if piece not in {*REFERRED_TO, *TWICE}])
def test_an_attack_succeeds_without(piece: str) -> None:
    assert outcomes(piece) == {"done"}


@pytest.mark.parametrize("piece", TWICE)
def test_an_attack_succeeds_only_without_both(piece: str) -> None:
    other, why = TWICE[piece]
    assert why
    assert "done" not in outcomes(piece)
    assert outcomes(piece, *([other] if isinstance(other, str) else other)) == {"done"}


@pytest.mark.parametrize("piece", sorted(REFERRED_TO))
def test_nothing_works_without(piece: str) -> None:
    with closing(made(without(piece))) as connection, pytest.raises(sqlite3.OperationalError, match="foreign key mismatch"):
        connection.execute(REFERRED_TO[piece])


def test_every_attack_names_a_safeguard_that_is_there() -> None:
    assert {attack.by for attack in ATTACKS if attack.by} <= set(pieces())
    assert len({attack.what for attack in ATTACKS}) == len(ATTACKS)


@pytest.mark.parametrize("promise", [promise for promise in BROKEN if promise != "history.complete"])
def test_an_honest_history_is_let_in_and_keeps(files: dict[bool, Path], promise: str) -> None:
    with opened(files[False]) as connection:
        assert connection.execute(BROKEN[promise]).fetchall() == []


def test_raw_sql_can_do_what_the_rules_allow(files: dict[bool, Path]) -> None:
    with opened(files[False]) as connection:
        connection.execute("BEGIN")
        connection.execute(link("fresh", "free.one"))
        connection.execute(update("link", "official", state="unlinked", unlink_number=1, unlinked_at=T + DAY))
        connection.execute(update("account", "official.one", nickname="Free again"))
        connection.execute(update("shop", "lumen", name="Lumen Lights"))
        connection.execute(update("account", "market.0", standing="suspended"))
        connection.execute(event(at=T - 1))
        connection.execute("ROLLBACK")


def test_a_rename_takes_the_official_account_along(files: dict[bool, Path]) -> None:
    with opened(files[False]) as connection:
        connection.execute("BEGIN")
        connection.execute(update("shop", "lumen", name="Lumen Lights"))
        found = connection.execute("SELECT nickname FROM account WHERE username = 'official.one'").fetchone()
        connection.execute("ROLLBACK")
    assert found == ("Lumen Lights",)
