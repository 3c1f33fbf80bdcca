"""What many tests need: a clock that stands still, and functions that add shops, accounts and links."""

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from core import scenarios
from core.exchange import ImportResult, import_file
from core.models import Account, AccountKind, Entity, EntityKind, Link, Role, Shop, Standing
from core.workspace import Workspace

NOW = datetime(2026, 11, 23, 14, 5, tzinfo=UTC)
DAY = timedelta(days=1)
MS = timedelta(milliseconds=1)

LUMEN = Entity(kind=EntityKind.COMPANY, legal_name="Lumen Candle Company LLC", registration_number="84-1234567", country="US")
BIRCH = Entity(kind=EntityKind.COMPANY, legal_name="Birch & Bloom Ltd", registration_number="09 876 543", country="GB")


class StoppedClock:
    """A clock that stands still until it is moved."""

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def move(self, span: timedelta) -> None:
        self.now += span


class RunningClock(StoppedClock):
    """A clock that goes on by a millisecond each time it is read."""

    def __call__(self) -> datetime:
        self.move(MS)
        return self.now


def record_workspace(path: Path, clock: StoppedClock) -> Workspace:
    """Create a record workspace in a real file."""
    return new_workspace(path / "record.db", None, clock=clock, seed="record")


def older_file(path: Path) -> Path:
    """A practice workspace whose file says that it has an older schema: opening it keeps a copy and brings it up to date."""
    scenarios.create(path, "linked", actor="maya", clock=StoppedClock()).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 0")
    return path


def new_workspace(path: Path, scenario: str | None, *, clock: StoppedClock, seed: str) -> Workspace:
    """Create a workspace in a file: of the scenario, or an empty record where it is None."""
    path.touch(mode=0o600)
    path.write_bytes(_made(scenario, clock.now, seed))
    return Workspace.open(path, actor="maya", clock=clock)


@cache
def _made(scenario: str | None, now: datetime, seed: str) -> bytes:
    """The file of a workspace, which is made once for all tests that begin at the same moment."""
    with TemporaryDirectory() as folder:
        path, clock = Path(folder, "made.db"), StoppedClock(now)
        if scenario:
            scenarios.create(path, scenario, actor="maya", clock=clock, seed=seed).close()
        else:
            Workspace.create(path, actor="maya", clock=clock, seed=seed).close()
        return path.read_bytes()


def add_shop(workspace: Workspace, name: str = "Lumen Candle Co.", region: str = "US", entity: Entity = LUMEN) -> Shop:
    """Add a shop that has used no unlink before."""
    return workspace.shops.add(name, region, entity, unlinks_before=0)


def add_account(workspace: Workspace, username: str = "lumen.candles", **facts: object) -> Account:
    """Add an account with every fact known that no rule stops, except for the given `facts`."""
    fitting = {
        "nickname": "Lumen",
        "kind": AccountKind.PERSONAL,
        "region": "US",
        "identity_verified": True,
        "standing": Standing.GOOD,
        "holder_is_adult": True,
    }
    return workspace.accounts.state(username, **{**fitting, **facts})


def linked(workspace: Workspace, shop: Shop, username: str, role: Role = Role.OFFICIAL) -> Link:
    """Link the account to the shop in this role, all steps at the present moment."""
    link = workspace.links.request(username, shop.code, role, agreement=True)
    link = workspace.links.authorize(link.id)
    if role == Role.OFFICIAL:
        workspace.links.submit(link.id)
        link = workspace.links.approve(link.id)
    return link


def everything(workspace: Workspace) -> dict[str, list[dict[str, object]]]:
    """All rows of all our tables: to check that a refusal changed nothing.

    The migrations have the real time, and the search index depends on when it was caught up.
    """
    found = workspace.store.rows("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
    tables = [row["name"] for row in found if not row["name"].startswith(("_", "event_fts"))]
    return {table: workspace.store.rows(f"SELECT * FROM {table}") for table in tables}


def imported(workspace: Workspace, folder: Path, content: object, *, dry_run: bool = False) -> ImportResult:
    """Import a document, or a sheet's text."""
    file = folder / ("sheet.csv" if isinstance(content, str) else "document.json")
    file.write_text(content if isinstance(content, str) else json.dumps(content, indent=1), encoding="utf-8")
    return import_file(workspace, file, dry_run=dry_run)
