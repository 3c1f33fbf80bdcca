"""doctor finds and names each broken promise, changes nothing, and finds every scenario sound."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from core import scenarios
from core.doctor import examine
from core.errors import Refused
from core.store import schema
from core.store.invariants import BROKEN
from core.workspace import Workspace
from tests.support import DAY, StoppedClock

OFFICIAL = "role = 'official' AND state = 'linked'"
PLANTED = {
    "official.one-per-shop": f"""INSERT INTO link (id, shop, seller, region, account, role, origin, state, requested_at,
        requested_by, authorize_by) SELECT 'lnk-2', shop, seller, region, (SELECT max(username) FROM account), 'official', origin,
        'awaiting_authorization', 1, 'x', 2 FROM link WHERE {OFFICIAL}""",
    "official.one-shop": f"""INSERT INTO shop SELECT 99, 'shp-2', 'USLC99', name, region, seller, NULL, 0, 0 FROM shop;
        INSERT INTO link (id, shop, seller, region, account, role, origin, state, requested_at, requested_by, authorize_by)
        SELECT 'lnk-2', 'shp-2', seller, region, account, 'official', origin, 'awaiting_authorization', 1, 'x', 2
        FROM link WHERE {OFFICIAL}""",
    "link.one-role-per-shop": f"""INSERT INTO link (id, shop, seller, region, account, role, origin, state, requested_at,
        requested_by, authorize_by, slot) SELECT 'lnk-2', shop, seller, region, account, 'marketing', 'existing',
        'awaiting_authorization', 1, 'x', 2, 4 FROM link WHERE {OFFICIAL}""",
    "marketing.limit": """INSERT INTO link (id, shop, seller, region, account, role, origin, state, requested_at, requested_by,
        authorize_by, slot) SELECT 'lnk-' || product.seq, link.shop, seller, region, account, role, origin,
        'awaiting_authorization', 1, 'x', 2, 1 FROM link JOIN product WHERE slot IS NOT NULL LIMIT 8""",
    "official.unlink-limit": f"""UPDATE link SET state = 'unlinked', unlinked_at = linked_at + 1000000000, unlink_number = 2
        WHERE {OFFICIAL}""",
    "official.unlink-wait": f"""UPDATE link SET state = 'unlinked', unlinked_at = linked_at + 5, unlink_number = 1
        WHERE {OFFICIAL}""",
    "marketing.unlink-wait": "UPDATE link SET state = 'unlinked', unlinked_at = linked_at + 5 WHERE role = 'marketing'",
    "marketing.link-frequency": """INSERT INTO link (id, shop, seller, region, account, role, origin, state, requested_at,
        requested_by, linked_at, unlinked_at, slot) SELECT 'lnk-' || value, shop, seller, region, account, role, origin,
        'unlinked', linked_at, 'x', linked_at + value, linked_at + value + 86400000, 4
        FROM (SELECT * FROM link WHERE role = 'marketing' LIMIT 1) JOIN json_each('[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]')""",
    "region-match": "UPDATE account SET region = 'GB' WHERE username = 'lumen.candles'",
    "official.name-match": "UPDATE account SET nickname = 'Another' WHERE username = 'lumen.candles'",
    "official.name-length": "UPDATE shop SET name = 'Lumen Candle Company of the Lower Hudson'",
    "org.same-entity": """INSERT INTO entity VALUES ('GB', 'X', 'X', NULL, NULL);
        UPDATE account SET kind = 'organization', country = 'GB', registration_key = 'X' WHERE username = 'lumen.candles'""",
    "org.one-seller": """INSERT INTO seller SELECT 99, 'sel-2', country, registration_key FROM seller;
        UPDATE account SET kind = 'organization', seller = 'sel-2' WHERE username = 'lumen.candles'""",
    "org.members": f"""UPDATE account SET kind = 'organization' WHERE username = 'lumen.candles';
        UPDATE link SET origin = 'created' WHERE {OFFICIAL}""",
    "history.complete": "INSERT INTO shop SELECT 99, 'shp-2', 'USLC99', name, region, seller, NULL, 0, 0 FROM shop",
    "reminders.rejected": f"""INSERT INTO link (id, shop, seller, region, account, role, origin, state, requested_at,
        requested_by, reason, followed) SELECT 'lnk-2', shop, seller, region, account, role, origin, 'rejected', 1, 'x', 'x', 1
        FROM link WHERE {OFFICIAL}""",
    "shops.state": "UPDATE shop SET pending = 1",
    "history.newest": "UPDATE workspace SET newest_at = 5",
}

SAFEGUARDS = sorted(
    f"{'TRIGGER' if sql.startswith('CREATE TRIGGER') else 'INDEX'} {name}"
    for name, sql in schema.expected()
    if not sql.startswith(("CREATE TABLE", "CREATE VIRTUAL TABLE"))
)


def wrong(path: Path, clock: StoppedClock) -> set[str]:
    with Workspace.open(path, actor="maya", clock=clock) as workspace:
        return {check.id for check in examine(workspace) if not check.ok}


@pytest.fixture
def path(tmp_path: Path, clock: StoppedClock) -> Path:
    scenarios.create(tmp_path / "w.db", "linked", actor="maya", clock=clock).close()
    return tmp_path / "w.db"


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """Made once for all tests: each restores it."""
    path = tmp_path_factory.mktemp("sound") / "w.db"
    with scenarios.create(path, "linked", actor="maya", clock=StoppedClock()) as workspace:
        yield workspace


@pytest.mark.parametrize("scenario", [info.id for info in scenarios.catalogue()])
def test_every_scenario_is_sound(tmp_path: Path, clock: StoppedClock, scenario: str) -> None:
    with scenarios.create(tmp_path / "w.db", scenario, actor="maya", clock=clock) as workspace:
        assert [check for check in examine(workspace) if not check.ok] == []


@pytest.mark.parametrize("promise", BROKEN)
def test_doctor_finds_and_names_a_broken_promise(path: Path, clock: StoppedClock, promise: str) -> None:
    with sqlite3.connect(path) as connection:
        safeguards = connection.execute(
            "SELECT type, name FROM sqlite_schema WHERE type = 'trigger' OR (type = 'index' AND sql LIKE '%UNIQUE%')"
        ).fetchall()
        for type, name in safeguards:
            connection.execute(f"DROP {type} {name}")
        connection.executescript(PLANTED[promise])
    before = path.read_bytes()
    assert {promise, "schema"} <= wrong(path, clock)
    assert path.read_bytes() == before


@pytest.mark.parametrize("safeguard", SAFEGUARDS)
def test_doctor_notices_every_missing_safeguard(sound: Workspace, safeguard: str) -> None:
    sound.store.execute("BEGIN IMMEDIATE")
    sound.store.execute(f"DROP {safeguard}")
    missed = {check.id: check.message for check in examine(sound) if not check.ok}
    sound.store.execute("ROLLBACK")
    assert missed.keys() == {"schema"}
    assert f"Broken by {safeguard.split()[1]}. " in missed["schema"]


def test_limits_changed_by_another_program_are_reported_and_restored_on_open(path: Path, clock: StoppedClock) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE market SET official_unlinks = 99, marketing_accounts = 99, official_wait = 0")
    with Workspace.open(path, actor="maya", clock=clock, read_only=True) as reader:
        assert {check.id for check in examine(reader) if not check.ok} == {"limits"}
    assert wrong(path, clock) == set()


def test_doctor_finds_overlapping_official_links(path: Path, clock: StoppedClock) -> None:
    with sqlite3.connect(path) as connection:
        for trigger in ("official_in_turn_added", "official_name_on_create"):
            connection.execute(f"DROP TRIGGER {trigger}")
        connection.execute(
            f"""INSERT INTO link (id, shop, seller, region, account, role, origin, state, requested_at, requested_by, linked_at,
            unlinked_at, unlink_number) SELECT 'lnk-2', shop, seller, region, account, role, origin, 'unlinked', requested_at,
            'x', linked_at + 1, linked_at + 86400001, 1 FROM link WHERE {OFFICIAL}"""
        )
    assert {"official.one-per-shop", "official.one-shop", "schema"} <= wrong(path, clock)


def test_doctor_finds_an_altered_page(path: Path, clock: StoppedClock) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        for trigger in ("link_fixed", "link_steps"):
            connection.execute(f"DROP TRIGGER {trigger}")
        connection.execute("UPDATE link SET role = 'neither'")
    assert "integrity" in wrong(path, clock)


def test_doctor_reports_a_file_others_can_read_and_a_clock_that_is_behind(path: Path, clock: StoppedClock) -> None:
    path.chmod(0o644)
    clock.move(-3 * DAY)
    assert wrong(path, clock) == {"file", "clock"}


def test_a_read_only_file_is_noted_with_what_to_do_and_is_no_failure(path: Path, clock: StoppedClock) -> None:
    for read_only in (False, True):
        with Workspace.open(path, actor="maya", clock=clock, read_only=read_only) as workspace:
            found = {check.id: check for check in examine(workspace)}["writable"]
        assert (found.ok, found.note) == (True, read_only)
        assert ("Make the file and its folder writable" in found.message) == read_only


def test_a_clock_that_was_years_ahead_is_explained_and_an_earlier_backup_suggested(
    path: Path, clock: StoppedClock, tmp_path: Path
) -> None:
    with Workspace.open(path, actor="maya", clock=clock) as workspace:
        workspace.store.save_as(tmp_path / "before.db")
        clock.move(3 * 366 * DAY)
        workspace.products.add("USLCDEMO01", "Candle", "9.90")
        clock.move(-3 * 366 * DAY)
        with pytest.raises(Refused) as refused:
            workspace.products.add("USLCDEMO01", "Wick", "1.50")
        assert "newest backup from before it" in refused.value.remedy
        told = next(check for check in examine(workspace) if check.id == "clock")
        assert "newest backup from before it" in told.message
    with Workspace.open(tmp_path / "before.db", actor="maya", clock=clock) as workspace:
        assert workspace.products.add("USLCDEMO01", "Wick", "1.50")
