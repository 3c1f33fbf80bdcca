"""doctor finds and names each broken promise, changes nothing, and finds every scenario sound."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

import data
from core import scenarios
from core.doctor import examine
from core.errors import Refused
from core.store import invariants, schema
from core.workspace import Workspace
from tests.support import DAY, StoppedClock, add_account, add_shop, linked, record_workspace

OFFICIAL = "role = 'official' AND state = 'linked'"


def link(columns: str, where: str = OFFICIAL) -> str:
    """Add a link like another one, but for these columns."""
    changed = dict(column.split(" = ", 1) for column in columns.split("; "))
    names = ("id", "shop", "account", "role", "origin", "state", "requested_at", "requested_by", "authorize_by", "authorized_at",
        "linked_at", "unlinked_at", "reason", "entry")  # fmt: skip
    values = {**{name: name for name in names}, "id": "'lnk-' || seq || (SELECT count(*) FROM link)", **changed}
    return f"INSERT INTO link ({', '.join(values)}) SELECT {', '.join(values.values())} FROM link WHERE {where} LIMIT 1"


OPEN = "state = 'awaiting_authorization'; linked_at = NULL; authorize_by = requested_at + 9; authorized_at = NULL"
ANOTHER = "(SELECT id FROM account WHERE username LIKE 'wax%')"
SHOP = (
    """INSERT INTO shop (id, code, name, region, seller, entry) SELECT 'shp-2', 'USLC99', name, region, seller, 'x' FROM shop"""
)
PLANTED = {
    "two official accounts at one time": ("links.tellable", link(f"account = {ANOTHER}; linked_at = linked_at + 1")),
    "a step in the future": ("links.tellable", "UPDATE link SET linked_at = linked_at + 1000000000000"),
    "official.one-per-shop": ("links.limits", link(f"account = {ANOTHER}; {OPEN}")),
    "official.one-shop": ("links.limits", f"{SHOP}; " + link(f"shop = 'shp-2'; {OPEN}")),
    "link.one-role-per-shop": ("links.limits", link(f"role = 'marketing'; {OPEN}")),
    "marketing.limit": ("links.limits", ";".join(link(OPEN, "role = 'marketing'") for _ in range(4))),
    "official.unlink-limit": (
        "links.limits",
        f"UPDATE shop SET unlinks_before = 3; UPDATE link SET state = 'unlinked', unlinked_at = linked_at + 1 WHERE {OFFICIAL}",
    ),
    ".unlink-wait": ("links.limits", "UPDATE link SET state = 'unlinked', unlinked_at = linked_at + 5"),
    "link.authorization": ("links.limits", link("state = 'authorized'; linked_at = NULL; authorize_by = authorized_at")),
    "marketing.link-frequency": (
        "links.limits",
        ";".join(link(f"linked_at = linked_at + {number}", "role = 'marketing'") for number in range(10)),
    ),
    "official.region-match": ("links.fit", "UPDATE account SET region = 'GB' WHERE username = 'lumen.candles'"),
    "official.name-match": ("links.fit", "UPDATE account SET nickname = 'Another' WHERE username = 'lumen.candles'"),
    "org.same-entity": (
        "links.fit",
        """INSERT INTO entity VALUES ('GB', 'X', 'X', NULL, NULL, 'x');
        UPDATE account SET kind = 'organization', country = 'GB', registration_key = 'X' WHERE username = 'lumen.candles'""",
    ),
    "org.one-seller": (
        "links.fit",
        f"""INSERT INTO seller SELECT 99, 'sel-2', country, registration_key FROM seller;
        {SHOP}; UPDATE shop SET seller = 'sel-2' WHERE id = 'shp-2';
        UPDATE account SET kind = 'organization' WHERE username = 'lumen.candles'; """
        + link("shop = 'shp-2'; role = 'marketing'"),
    ),
    "org.members": (
        "links.fit",
        f"""UPDATE account SET kind = 'organization' WHERE username = 'lumen.candles';
        UPDATE link SET origin = 'created' WHERE {OFFICIAL}""",
    ),
    "a shop without an event": ("history.complete", SHOP),
    "an undo of nothing": (
        "history.undone",
        "UPDATE event SET undoes = 'evt-none' WHERE seq = 1",
    ),
    "an entry undone twice": (
        "history.undone",
        "UPDATE event SET undoes = (SELECT entry FROM event WHERE seq = 1) WHERE seq < 4",
    ),
    "history.newest": ("history.newest", "UPDATE workspace SET newest_at = 5"),
}
"""What is broken, with the check that tells it and the statements that do so."""

SAFEGUARDS = sorted(
    f"{sql.removeprefix('CREATE ').removeprefix('UNIQUE ').split()[0]} {name}"
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


@pytest.mark.parametrize("scenario", [info.id for info in scenarios.catalog()])
def test_every_scenario_is_sound(tmp_path: Path, clock: StoppedClock, scenario: str) -> None:
    with scenarios.create(tmp_path / "w.db", scenario, actor="maya", clock=clock) as workspace:
        assert [check for check in examine(workspace) if not check.ok] == []


@pytest.mark.parametrize("what", PLANTED)
def test_doctor_finds_and_names_a_broken_promise(path: Path, clock: StoppedClock, what: str) -> None:
    promise, statements = PLANTED[what]
    unguarded(path, statements)
    before = path.read_bytes()
    assert {promise, "schema"} <= wrong(path, clock)
    assert path.read_bytes() == before
    if promise in {"links.limits", "links.fit"}:
        with Workspace.open(path, actor="maya", clock=clock) as workspace:
            assert any(what in case for case in dict(invariants.broken(workspace.store))[promise])


def test_a_record_is_asked_only_for_what_a_record_promises(tmp_path: Path, clock: StoppedClock) -> None:
    with record_workspace(tmp_path, clock) as workspace:
        linked(workspace, add_shop(workspace), add_account(workspace).username)
        add_account(workspace, "wax.one")
    for rule, (promise, statements) in PLANTED.items():
        if promise in {"links.limits", "links.fit"}:
            copy = tmp_path / f"{rule}.db"
            copy.write_bytes(workspace.path.read_bytes())
            copy.chmod(0o600)
            unguarded(copy, statements)
            assert not wrong(copy, clock) & {"links.limits", "links.fit"}


def unguarded(path: Path, statements: str) -> None:
    """Take every trigger out of the file, then run the statements."""
    with closing(sqlite3.connect(path)) as connection, connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        connection.executescript(statements)


@pytest.mark.parametrize("safeguard", SAFEGUARDS)
def test_doctor_notices_every_missing_safeguard(sound: Workspace, safeguard: str) -> None:
    sound.store.execute("BEGIN IMMEDIATE")
    sound.store.execute(f"DROP {safeguard}")
    missed = {check.id: check.message for check in examine(sound) if not check.ok}
    sound.store.execute("ROLLBACK")
    assert missed.keys() == {"schema"}
    assert f"Broken by {safeguard.split()[1]}. " in missed["schema"]


def test_limits_changed_by_another_program_are_reported_and_restored_on_open(path: Path, clock: StoppedClock) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE market SET official_unlinks = 99, marketing_accounts = 99, official_wait = 0")
    with Workspace.open(path, actor="maya", clock=clock, read_only=True) as reader:
        assert {check.id for check in examine(reader) if not check.ok} == {"limits"}
    assert wrong(path, clock) == set()


def test_doctor_finds_an_altered_page(path: Path, clock: StoppedClock) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        for trigger in ("link_fixed", "link_steps", "link_moments", "link_allowed"):
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


def test_a_mistake_in_the_policy_is_reported_by_its_line(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    text = data.text
    monkeypatch.setattr(data, "text", lambda name: text(name).replace('markets = ["TH"]', 'markets = ["XX"]'))
    (told,) = [check for check in examine(workspace) if not check.ok]
    assert told.id == "policy"
    assert "data/policy.toml, line " in told.message
    assert "Write some of: US, GB" in told.message


KILLED = """
import os, sys
from pathlib import Path
from core.store.new_file import new_file
with new_file(Path(sys.argv[1])) as made:
    made.write_text("maya@example.com")
    os._exit(9)
"""


def test_doctor_finds_the_copies_that_a_killed_program_left(
    path: Path, clock: StoppedClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    for place in (path.with_name(f"{path.name}.before-schema-1"), here / "e1.json"):
        assert subprocess.run([sys.executable, "-c", KILLED, str(place)], check=False).returncode == 9
    (kept := path.with_name(f"{path.name}.before-schema-1-2")).write_text("kept")
    left = [file for file in (*path.parent.iterdir(), *here.iterdir()) if file.name.startswith(".")]
    assert len(left) == 2
    with Workspace.open(path, actor="maya", clock=clock) as workspace:
        fresh = next(check for check in examine(workspace) if check.id == "copies")
        assert all(str(file) not in fresh.message for file in left)  # they may still be written
        for file in left:
            os.utime(file, (1, 1))
        found = next(check for check in examine(workspace) if check.id == "copies")
    assert (found.ok, found.note) == (True, True)
    assert all(str(file) in found.message for file in (*left, kept))
