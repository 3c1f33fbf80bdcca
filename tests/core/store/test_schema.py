"""The schema alone: with the program's checks bypassed, raw SQL from another connection breaks no promise.

Each attack is refused in every way of saying it, in practice and in a record; what a rule alone forbids is refused in practice
and taken by a record. Each safeguard of the schema is needed: without it an attack succeeds.
"""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from core.store.invariants import COMPLETE, OBEYED, TELLABLE
from tests.core.store.attacks import ATTACKS, Attack
from tests.core.store.attacks.sql import DAY, T, event, link, member, product, seller, shop, update
from tests.core.store.attacks.statements import pieces, without
from tests.core.store.attacks.world import KINDS, connect, made, objects

WAYS = ("", "OR ABORT", "OR FAIL", "OR IGNORE", "OR REPLACE", "OR ROLLBACK")

REFERRED_TO = {
    "entity: PRIMARY KEY (country, registration_key)": seller(),
    "seller.id UNIQUE": shop(),
    "shop.id UNIQUE": product(),
    "account.id UNIQUE": member(),
    "link.id UNIQUE": event(link="official"),
    "member.id UNIQUE": event(member="sam"),
}
"""What a foreign key leads to, with a row that refers to it: without it SQLite does not take the row at all."""

_REPLACED = "OR REPLACE would take the other row away before it looks, so a trigger looks first: it finds the row by this"
_MOMENTS = (
    "workspace: CHECK (min(created_at, newest_at) >= 0 AND datetime(max(created_at, newest_at) / 1000, 'unixepoch') IS NOT NULL)"
)
_ENTITY_KEY = (
    "entity: PRIMARY KEY (country, registration_key)",
    "seller: FOREIGN KEY (country, registration_key) REFERENCES entity (country, registration_key)",
    "account: FOREIGN KEY (country, registration_key) REFERENCES entity (country, registration_key)",
)
TWICE: dict[str, tuple[str | tuple[str, ...], str]] = {
    "shop_code": ("shop_added", _REPLACED),
    "account_username": ("account_added", _REPLACED),
    "member_once": ("member_added", _REPLACED),
    "product.id UNIQUE": ("product_added", _REPLACED),
    "event.id UNIQUE": ("event_added", _REPLACED),
    **dict.fromkeys(("workspace.created_at NOT NULL", "workspace.newest_at NOT NULL"), (_MOMENTS, "no moment is in no year")),
    "link.state NOT NULL": ("link.live NOT NULL", "whether a link is live follows from its state"),
    "link.live NOT NULL": ("link.state NOT NULL", "whether a link is live follows from its state"),
    "entity.country NOT NULL": (_ENTITY_KEY, "a key without rowid has no NULL"),
    "entity.registration_key NOT NULL": (_ENTITY_KEY, "a key without rowid has no NULL"),
}
"""Safeguards that another one repeats, with the other (or those that go with it) and why both are there."""

ASKED = {promise: question for promise, question in (TELLABLE | OBEYED | COMPLETE).items() if promise != "history.complete"}

NO_SAFEGUARD = {"practice", "former_username"}
"""Views that refuse nothing: which workspace is which, and what accounts were called."""


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The world as practice and as a record, and a file in which nothing is yet but the markets."""
    folder = tmp_path_factory.mktemp("attacked")
    for kind in ("", *KINDS):
        with closing(made(objects(), kind)) as world, closing(sqlite3.connect(folder / f"{kind}.db")) as file:
            world.backup(file)
    return {kind: folder / f"{kind}.db" for kind in ("", *KINDS)}


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
        if way == "OR REPLACE" and attack.by.endswith(" NOT NULL"):  # nothing is replaced by the column's default
            table, column = attack.by.split()[0].split(".")
            return "done" if connection.execute(f"SELECT 1 FROM {table} WHERE {column} IS NULL").fetchall() else ""
        return "" if content(connection) == before else "done"
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("attack", ATTACKS, ids=[attack.what for attack in ATTACKS])
def test_raw_sql_cannot_make(files: dict[str, Path], attack: Attack, kind: str) -> None:
    with opened(files["" if attack.fresh else kind]) as connection:
        if attack.rule and kind == "record":
            assert tried(connection, attack) == "done", "a record takes what a rule forbids: it may have happened"
            return
        for recursive in ("ON", "OFF"):
            connection.execute(f"PRAGMA recursive_triggers = {recursive}")
            assert tried(connection, attack) not in {"done", ""}
            for way in WAYS[1:]:
                assert tried(connection, attack, way) != "done", (recursive, way)


def by_piece(piece: str) -> list[Attack]:
    return [attack for attack in ATTACKS if attack.by == piece]


def outcomes(piece: str, *others: str) -> set[str]:
    """What becomes of the attacks that this safeguard refuses, without it and those others.

    A record is attacked, where no rule stands in the way; by what a rule forbids, practice.
    """
    found = set()
    for attack in by_piece(piece):
        kind = "" if attack.fresh else "practice" if attack.rule else "record"
        with closing(made(without(piece, *others), kind)) as connection:
            connection.execute("PRAGMA recursive_triggers = OFF")
            found.add(tried(connection, attack))
    return found


@pytest.mark.parametrize("piece", [piece for piece in pieces() if piece not in {*REFERRED_TO, *TWICE, *NO_SAFEGUARD}])
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
    with (
        closing(made(without(piece), "record")) as connection,
        pytest.raises(sqlite3.OperationalError, match="foreign key mismatch"),
    ):
        connection.execute(REFERRED_TO[piece])


def test_every_attack_has_a_name_of_its_own() -> None:
    assert len({attack.what for attack in ATTACKS}) == len(ATTACKS)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("promise", ASKED)
def test_an_honest_history_is_let_in_and_keeps(files: dict[str, Path], promise: str, kind: str) -> None:
    with opened(files[kind]) as connection:
        assert connection.execute(ASKED[promise]).fetchall() == []


def test_raw_sql_can_do_what_the_rules_allow(files: dict[str, Path]) -> None:
    with opened(files["practice"]) as connection:
        connection.execute("BEGIN")
        connection.execute(link("fresh", "free.one"))
        connection.execute(update("link", "asked", state="cancelled", decided_at=T))
        connection.execute(update("account", "idle.org", nickname="Third"))
        connection.execute(link("third", "idle.org", id="at-once", state="linked", authorize_by=None, authorized_at=None))
        connection.execute(update("link", "official", state="unlinked", unlinked_at=T + DAY, ended_by="seller"))
        connection.execute(update("account", "official.one", nickname="Free again", username="free.again"))
        connection.execute(update("account", "now.one", nickname="Used"))
        connection.execute(update("shop", "used", name="Used"))
        connection.execute(update("shop", "bare", code="USLC77", region="GB", seller="birch"))
        connection.execute(update("account", "market.0", standing="suspended"))
        connection.execute(update("entity", "country = 'US'", legal_name="Lumen Inc"))
        connection.execute(member(contact="gone@lumen.example"))
        connection.execute(event(at=T - 1))
        connection.execute("ROLLBACK")


def test_a_record_can_tell_what_happened_in_any_order(files: dict[str, Path]) -> None:
    with opened(files["record"]) as connection:
        connection.execute("BEGIN")
        connection.execute(link("lumen", "free.one", state="in_review", requested_at=None, requested_by=None, authorized_at=None))
        connection.execute(update("link", "official", state="unlinked", unlinked_at=T + 1, ended_by="tiktok"))
        connection.execute(update("link", "forged", state="linked", linked_at=T + 1, against='["official.region-match"]'))
        connection.execute(update("link", "forged", linked_at=T + 2))
        connection.execute(update("link", "forged", undone_by="evt"))
        connection.execute(update("link", "official", state="linked", unlinked_at=None, ended_by=None))
        connection.execute(update("account", "official.one", kind="organization", converted_at=T))
        connection.execute("ROLLBACK")
