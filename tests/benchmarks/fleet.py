"""A record workspace of any size: ten shops made through the use cases, then copied in SQL."""

import re
import sqlite3
import tempfile
from contextlib import closing
from datetime import timedelta
from functools import cache
from itertools import cycle
from pathlib import Path

from core.clock import system_clock
from core.models import AccountKind, Entity, EntityKind, Role, Standing
from core.store import search
from core.workspace import Workspace
from tests.support import StoppedClock

SHOPS = 10
"""How many shops are made through the use cases; every size is a multiple of it."""

EVENTS_PER_SHOP = 10

TAG = "77777"
"""Part of every name and id of the ten, replaced by a copy's number. No moment and no limit contains it."""

REGIONS = ("US", "GB", "DE", "US", "JP", "US", "GB", "US", "FR", "US")
WORDS = ("Lumen", "Birch", "Copper", "Dune", "Ember", "Fjord", "Grove", "Harbour", "Ivory", "Juniper")
TABLES = ("entity", "seller", "shop", "account", "link", "event")

_folder = tempfile.TemporaryDirectory(prefix="shoplink-fleet-")


@cache
def fleet(shops: int) -> Path:
    """The file of a workspace with so many shops and ten times as many events. It is made once: copy it before writing."""
    path = Path(_folder.name) / f"{shops}.db"
    clock = StoppedClock(system_clock() - timedelta(days=90))
    with Workspace.in_memory(actor="maya", clock=clock, seed="fleet") as workspace:
        _play(workspace, clock)
        workspace.store.save_as(path)
    _multiply(path, shops // SHOPS)
    with Workspace.open(path, actor="maya") as workspace, workspace.store.write():
        search.rebuild(workspace.store)
    return path


def _play(workspace: Workspace, clock: StoppedClock) -> None:
    """Ten shops: six linked long ago, one of them again yesterday, one requested, one in review, two without a link."""
    shops = []
    for number, (word, region) in enumerate(zip(WORDS, REGIONS, strict=True)):
        entity = Entity(
            kind=EntityKind.COMPANY, legal_name=f"{word} {TAG} Ltd", registration_number=f"{TAG}-{number}", country="US"
        )
        shops.append(workspace.shops.add(f"{word} {TAG}", region, entity, code=f"{region}LC{TAG}{number}").id)
        clock.move(timedelta(minutes=7))
    for number in range(6):
        _link(workspace, clock, shops[number], f"{WORDS[number]}.{TAG}".lower(), Role.OFFICIAL)
    for number in (0, 1, 8):
        _link(workspace, clock, shops[number], f"{WORDS[number]}.fan.{TAG}".lower(), Role.MARKETING)
    clock.move(timedelta(days=5))
    workspace.links.unlink(workspace.links.find(shop=shops[5])[0].id)
    events = len(workspace.history.page(limit=1000).events)
    left = SHOPS * EVENTS_PER_SHOP + 1 - events - 13  # 13: the events of the last day, below
    probation = workspace.now() + timedelta(days=30)
    for number, shop in zip(range(left), cycle(shops), strict=False):
        clock.move(timedelta(minutes=11))
        workspace.shops.set_probation(shop, probation if number // SHOPS % 2 == 0 else None)
    clock.move(system_clock() - clock() - timedelta(hours=20))
    _link(workspace, clock, shops[5], f"{WORDS[5]}.new.{TAG}".lower(), Role.OFFICIAL)
    clock.move(system_clock() - clock() - timedelta(hours=2))
    for number in (6, 7):
        asked = _ask(workspace, shops[number], f"{WORDS[number]}.{TAG}".lower(), Role.OFFICIAL)
    workspace.links.authorize(asked)
    workspace.links.submit(asked)


def _ask(workspace: Workspace, shop: str, username: str, role: Role) -> str:
    workspace.accounts.state(
        username,
        nickname=username,
        kind=AccountKind.BUSINESS,
        region=workspace.shops.get(shop).region,
        identity_verified=True,
        standing=Standing.GOOD,
        holder_is_adult=True,
    )
    return workspace.links.request(username, shop, role, agreement=True).id


def _link(workspace: Workspace, clock: StoppedClock, shop: str, username: str, role: Role) -> None:
    link = _ask(workspace, shop, username, role)
    clock.move(timedelta(minutes=30))
    workspace.links.authorize(link)
    if role == Role.OFFICIAL:
        workspace.links.submit(link)
        clock.move(timedelta(minutes=30))
        workspace.links.approve(link)


def _multiply(path: Path, copies: int) -> None:
    """Replace the ten shops by so many copies, in the order of time, with their own ids and names."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.create_function("tagged", 1, _tagged, deterministic=True)
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "temp_store = MEMORY", "cache_size = -400000"):
            db.execute(f"PRAGMA {pragma}")
        db.execute("BEGIN")
        put_aside = db.execute(
            "SELECT type, name, sql FROM sqlite_schema WHERE type IN ('trigger', 'index') AND sql NOT NULL"
        ).fetchall()
        for kind, name, _ in put_aside:
            db.execute(f"DROP {kind} {name}")
        db.execute("CREATE TEMP TABLE copy (number INTEGER PRIMARY KEY, tag TEXT)")
        db.executemany("INSERT INTO copy VALUES (?, ?)", ((number, f"{number:05}") for number in range(copies)))
        for table in TABLES:
            _copy(db, table, copies)
        db.execute("UPDATE workspace SET newest_at = (SELECT max(at) FROM event)")
        for *_, sql in put_aside:
            db.execute(sql)
        db.execute("COMMIT")


def _copy(db: sqlite3.Connection, table: str, copies: int) -> None:
    columns = db.execute(f"SELECT name, type FROM pragma_table_info('{table}')").fetchall()
    ours = "kind <> 'workspace.created'" if table == "event" else "1"
    kept = ", ".join(f"tagged({name}) AS {name}" if type == "TEXT" else name for name, type in columns)
    db.execute(f"CREATE TEMP TABLE ten AS SELECT {kept} FROM {table} WHERE {ours}")
    db.execute(f"DELETE FROM {table} WHERE {ours}")
    (first,) = db.execute("SELECT min(seq) FROM ten").fetchone() if ("seq", "INTEGER") in columns else (0,)
    copied = {
        name: f"(ten.seq - {first}) * {copies} + number + {first}"  # without a gap
        if name == "seq"
        else f"replace(ten.{name}, '{TAG}', tag)"
        if type == "TEXT"
        else f"{name} + number"  # a millisecond after the previous copy
        if re.search(r"at$|_by$|_until$", name)
        else name
        for name, type in columns
    }
    order = "ten.seq, number" if "seq" in copied else "1, 2"
    db.execute(f"INSERT INTO {table} ({', '.join(copied)}) SELECT {', '.join(copied.values())} FROM ten, copy ORDER BY {order}")
    db.execute("DROP TABLE ten")


def _tagged(text: str | None) -> str | None:
    """The text with the tag in every id that the workspace made."""
    return text and re.sub(r"\b(evt|lnk|sel|shp)-([a-z2-7]{3})[a-z2-7]{5}\b", rf"\1-\g<2>{TAG}", text)
