"""The schema alone: with the program's checks bypassed, raw SQL from another connection breaks no promise.

Each attack is refused in every way of saying it, in practice and in a record; what a rule alone forbids is refused in practice
and taken by a record. Each safeguard of the schema is attacked.
"""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from core.store.invariants import COMPLETE, OBEYED, TELLABLE
from tests.core.store.attacks import ATTACKS, Attack
from tests.core.store.attacks.sql import DAY, T, event, link, member, update
from tests.core.store.attacks.statements import pieces
from tests.core.store.attacks.world import KINDS, connect, made, objects

WAYS = ("", "OR ABORT", "OR FAIL", "OR IGNORE", "OR REPLACE", "OR ROLLBACK")

ASKED = {promise: question for promise, question in (TELLABLE | OBEYED | COMPLETE).items() if promise != "history.complete"}

NOT_ATTACKED = {
    *("practice", "former_username"),  # views that refuse nothing
    *("entity: PRIMARY KEY (country, registration_key)", "seller.id UNIQUE"),  # SQLite takes no foreign key without them
}


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The world as practice and as a record, and a file in which nothing is yet but the markets."""
    folder = tmp_path_factory.mktemp("attacked")
    for kind in ("", *KINDS):
        with closing(made(kind)) as world, closing(sqlite3.connect(folder / f"{kind}.db")) as file:
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


def test_every_safeguard_is_attacked() -> None:
    assert pieces() - {attack.by for attack in ATTACKS} == NOT_ATTACKED


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
