"""The schema alone: with the program's checks bypassed, raw SQL from another connection breaks no promise."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.clock import to_ms
from core.models import AccountKind, Role
from core.workspace import Workspace
from tests.support import BIRCH, DAY, NOW, StoppedClock, add_account, add_shop, linked

T = to_ms(NOW)
AWAITING = (
    "INSERT INTO link (id, shop, seller, region, account, role, origin, state, requested_at, requested_by, authorize_by, slot) "
)


def awaiting(shop: str, account: str, role: str = "official", slot: str = "NULL", region: str = "US") -> str:
    place = f"(SELECT id FROM shop WHERE name = '{shop}'), (SELECT seller FROM shop WHERE name = '{shop}'), '{region}'"
    rest = f"'{role}', 'existing', 'awaiting_authorization', {T}, 'eve', {T + 1000}, {slot}"
    return f"{AWAITING} VALUES ('forged', {place}, '{account}', {rest})"


@pytest.fixture
def raw(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """A foreign connection to a workspace: official.one is linked to Lumen, market.0 to market.3 sell for it."""
    clock = StoppedClock()
    with Workspace.create(tmp_path / "w.db", actor="maya", clock=clock) as workspace:
        lumen, other = add_shop(workspace, "Lumen"), add_shop(workspace, "Other")
        add_shop(workspace, "Birch", "GB", BIRCH)
        for name in ("official.one", "free.one", *(f"market.{number}" for number in range(4))):
            add_account(workspace, name)
        add_account(workspace, "from.britain", region="GB")
        add_account(workspace, "birch.org", kind=AccountKind.ORGANIZATION, entity=BIRCH.model_dump())
        linked(workspace, lumen, "official.one")
        for number in range(4):
            linked(workspace, lumen, f"market.{number}", Role.MARKETING)
        workspace.organizations.create(other.code, contact="owner@lumen.example", username="lumen.org")
        path = workspace.path
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA foreign_keys = ON")
    yield connection
    connection.close()


ATTACKS = {
    "a second official account": awaiting("Lumen", "free.one"),
    "an account official at two shops": awaiting("Birch", "official.one", region="GB"),
    "both roles in one shop": awaiting("Lumen", "market.0"),
    "a fifth marketing place": awaiting("Lumen", "free.one", "marketing", "5"),
    "a taken marketing place": awaiting("Lumen", "free.one", "marketing", "4"),
    "a link across regions": awaiting("Other", "from.britain", "marketing", "1"),
    "a link in a region that is not the shop's": awaiting("Other", "from.britain", "marketing", "1", region="GB"),
    "an organization account of another entity": awaiting("Other", "birch.org", "marketing", "1"),
    "an organization account at another seller": awaiting("Birch", "lumen.org", region="GB"),
    "an unlink a millisecond too early": "UPDATE link SET state = 'unlinked', unlink_number = 1, "
    f"unlinked_at = {to_ms(NOW + DAY) - 1} WHERE account = 'official.one'",
    "a fourth unlink": f"UPDATE link SET state = 'unlinked', unlink_number = 4, unlinked_at = {to_ms(NOW + DAY)} "
    "WHERE account = 'official.one'",
    "a step back": "UPDATE link SET state = 'in_review' WHERE account = 'official.one'",
    "another linked_at": "UPDATE link SET linked_at = linked_at - 1 WHERE account = 'official.one'",
    "another region of a linked account": "UPDATE account SET region = 'GB' WHERE username = 'official.one'",
    "another nickname of the official account": "UPDATE account SET nickname = 'Free' WHERE username = 'official.one'",
    "a name too long for the official account": f"UPDATE shop SET name = '{'L' * 31}' WHERE name = 'Lumen'",
    "another seller of an organization account": "UPDATE account SET seller = (SELECT seller FROM shop WHERE name = 'Birch') "
    "WHERE username = 'lumen.org'",
    "a conversion": "UPDATE account SET kind = 'organization' WHERE username = 'free.one'",
    "an organization account turned personal": "UPDATE account SET kind = 'personal', seller = NULL WHERE username = 'lumen.org'",
    "a username twice": "INSERT INTO account (username) VALUES ('official.one')",
    "a username in capitals": "INSERT INTO account (username) VALUES ('Official.One')",
    "a username with a period at its end": "INSERT INTO account (username) VALUES ('ends.')",
    "a username too long": f"INSERT INTO account (username) VALUES ('{'x' * 25}')",
    "the last admin gone": f"UPDATE member SET state = 'removed', removed_at = {T}",
    "the last admin demoted": "UPDATE member SET role = 'operator'",
    "an event altered": "UPDATE event SET actor = 'eve'",
    "an event deleted": "DELETE FROM event",
    "an event replaced": "INSERT OR REPLACE INTO event (seq, id, at, kind, actor, summary) "
    f"VALUES (1, 'x', {T}, 'x', 'eve', 'x')",
    "a link deleted": "DELETE FROM link",
    "a link replaced": awaiting("Lumen", "free.one").replace("INSERT", "INSERT OR REPLACE"),
    "a shop deleted": "DELETE FROM shop",
    "a shop moved": "UPDATE shop SET region = 'GB' WHERE name = 'Lumen'",
    "an account deleted": "DELETE FROM account",
    "the clock of a record workspace moved": "UPDATE workspace SET shifted_by = 86400000",
    "time turned back": "UPDATE workspace SET newest_at = 0",
    "a record workspace made practice": "UPDATE workspace SET kind = 'practice', scenario = 'x'",
    "a second workspace": "INSERT INTO workspace (id, kind, seed, created_at) VALUES (2, 'record', 'x', 0)",
}


@pytest.mark.parametrize("promise", ATTACKS)
@pytest.mark.parametrize("recursive", ["ON", "OFF"])
def test_raw_sql_cannot_make(raw: sqlite3.Connection, promise: str, recursive: str) -> None:
    raw.execute(f"PRAGMA recursive_triggers = {recursive}")
    with pytest.raises(sqlite3.IntegrityError):
        raw.execute(ATTACKS[promise])


def test_raw_sql_can_do_what_the_rules_allow(raw: sqlite3.Connection) -> None:
    raw.execute(awaiting("Birch", "from.britain", region="GB"))
    raw.execute(
        f"UPDATE link SET state = 'unlinked', unlink_number = 1, unlinked_at = {to_ms(NOW + DAY)} WHERE account = 'official.one'"
    )
    raw.execute("UPDATE account SET nickname = 'Free again' WHERE username = 'official.one'")
    raw.execute("UPDATE shop SET name = 'Lumen Lights' WHERE name = 'Lumen'")


def test_a_rename_takes_the_official_account_along(raw: sqlite3.Connection) -> None:
    raw.execute("UPDATE shop SET name = 'Lumen Lights' WHERE name = 'Lumen'")
    assert raw.execute("SELECT nickname FROM account WHERE username = 'official.one'").fetchone() == ("Lumen Lights",)
