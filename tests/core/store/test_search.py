"""A search finds exactly what a look at every row would find, in the same order, whoever wrote the rows and whenever."""

import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from core.doctor import examine, mend_search
from core.models import EventKind, Role
from core.store import runs, shop_list
from core.store.rows import like
from core.workspace import Workspace
from tests.support import BIRCH, LUMEN, StoppedClock, add_account, add_shop, linked

WORDS = ("Lumen", "BIRCH", "Copper Dune", "Ember_50%", "fjord", "Grönland", "ÉTOILE", "ivory\\black", "Kelvin K", "jar.")
TYPED = (
    "l", "LUM", "jar", "lumen", "umen 1", "1", "99", "birch", "50%", "_", "%", "\\", "ö", "Ö", "étoile", "ÉTOILE", "\u212a", "k",
    "K", "qx", "q", "us", "uslc", "one.7", "ONE.", "added in", "maya", "zoe", "\ufffd", "a\0b", "\0", "lumen\n1", "en 1 ", "  ",
)  # fmt: skip


@pytest.fixture
def workspace(tmp_path: Path, clock: StoppedClock, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    """Some hundred shops in runs of a few, and their history."""
    monkeypatch.setattr(runs, "SIZE", 4)
    monkeypatch.setattr(runs, "GROWN", 12)
    monkeypatch.setattr(runs, "READ_THROUGH", 5)
    random = Random("shops")
    with Workspace.create(tmp_path / "w.db", actor="maya", clock=clock) as made:
        for number in range(120):
            us = random.random() < 0.7
            shop = add_shop(made, f"{random.choice(WORDS)} {number}", "US" if us else "GB", LUMEN if us else BIRCH)
            clock.move(timedelta(seconds=random.choice((0, 1))))
            if number % 5 == 0:
                add_account(made, f"one.{number}", region=shop.region)
                linked(made, shop, f"one.{number}", random.choice((Role.OFFICIAL, Role.MARKETING)))
            if number % 7 == 0:
                made.shops.rename(shop.code, f"{random.choice(WORDS)} anew")
        yield made


def shops_looked_at(workspace: Workspace, query: str, region: str) -> list[str]:
    sql = f"SELECT id FROM shop WHERE {runs.SHOPS.holds} AND :region IN ('', region) ORDER BY name COLLATE NOCASE, seq"
    return [row["id"] for row in workspace.store.rows(sql, {"like": like(query), "region": region})]


def shops_found(workspace: Workspace, query: str, region: str, *, due_first: bool = False) -> list[str]:
    """All pages, one after the other."""
    found, after = [], None
    while True:
        page = workspace.shops.page(query=query, region=region, limit=7, after=after, due_first=due_first)
        found += [summary.shop.id for summary in page.shops]
        if not (after := page.next):
            return found


def events_looked_at(workspace: Workspace, query: str, kind: str) -> list[str]:
    sql = f"SELECT id FROM event WHERE {runs.EVENTS.holds} AND kind GLOB :kind || '*' ORDER BY at DESC, seq DESC"
    return [row["id"] for row in workspace.store.rows(sql, {"like": like(query), "kind": kind})]


def events_found(workspace: Workspace, query: str, kind: str) -> list[str]:
    found, after = [], None
    while True:
        page = workspace.history.page(query=query, kind=kind, limit=23, after=after)
        found += [event.id for event in page.events]
        if not (after := page.next):
            return found


def all_is_found(workspace: Workspace) -> None:
    for query in TYPED:
        for region in ("", "GB", "FR"):
            assert shops_found(workspace, query, region) == shops_looked_at(workspace, query, region), (query, region)
        for kind in ("", "link.", "shop.added", "acc", "member."):
            assert events_found(workspace, query, kind) == events_looked_at(workspace, query, kind), (query, kind)


def written(workspace: Workspace, *statements: str) -> None:
    """What another program writes, which knows nothing of the index."""
    with sqlite3.connect(workspace.path) as other:
        for statement in statements:
            other.execute(statement)


def test_all_is_found_in_its_order(workspace: Workspace) -> None:
    assert workspace.store.value("SELECT count(*) FROM shop_run") > 8
    assert workspace.store.value("SELECT count(*) FROM event_run") > 30
    all_is_found(workspace)


def test_what_is_due_is_told_alike_of_few_and_of_many(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    add_account(workspace, "due.one", region="US")
    workspace.links.request("due.one", shops_found(workspace, "jar", "US")[-1], Role.MARKETING, agreement=True)
    few = {query: shops_found(workspace, query, "", due_first=True) for query in TYPED}
    monkeypatch.setattr(shop_list, "FEW", 0)
    assert few == {query: shops_found(workspace, query, "", due_first=True) for query in TYPED}
    assert few["jar"] != shops_found(workspace, "jar", "")


def test_what_another_program_writes_is_found_at_once_and_after_the_next_change(workspace: Workspace) -> None:
    written(
        workspace,
        "UPDATE shop SET name = 'qx zoe ' || seq WHERE seq % 11 = 1",
        "INSERT INTO event (id, entry, at, recorded_at, kind, actor, entered_by, summary) "
        "SELECT 'raw-' || seq, 'x', at - 5000, at, 'link.linked', 'zoe', 'zoe', 'qx ' || seq FROM event WHERE seq % 9 = 0 ORDER BY seq",
        "INSERT INTO shop (id, code, name, region, seller, entry) "
        "SELECT 'raw-' || seq, 'QX' || seq, 'Zoe ' || seq, region, seller, 'x' "
        "FROM shop WHERE seq % 13 = 0 ORDER BY seq",
    )
    all_is_found(workspace)
    workspace.accounts.state("some.one", region="US")
    assert workspace.store.value("SELECT count(*) FROM shop_new") == 0
    all_is_found(workspace)


def test_runs_that_have_grown_are_made_anew(workspace: Workspace) -> None:
    before = workspace.store.value("SELECT count(*) FROM shop_run")
    for number in range(60):
        add_shop(workspace, f"Lumen 1 {number:02}")
    assert workspace.store.value("SELECT count(*) FROM shop_run") > before + 8
    all_is_found(workspace)


def test_an_event_from_before_stands_where_its_moment_is(workspace: Workspace) -> None:
    with workspace.change() as now:
        for hours in range(30):
            workspace.add_event(EventKind.SHOP_STATED, f"qx {hours}", at=now - timedelta(hours=hours))
    assert len(events_found(workspace, "qx", "")) == 30
    all_is_found(workspace)


def test_bytes_that_are_no_text_stop_no_change(workspace: Workspace) -> None:
    written(
        workspace,
        "INSERT INTO event (id, entry, at, recorded_at, kind, actor, entered_by, summary) "
        "VALUES ('raw', 'x', 1, 1, CAST(x'ff2e' AS TEXT), 'zoe', 'zoe', CAST(x'71ff' AS TEXT))",
    )
    for number in range(10):
        add_shop(workspace, f"Lumen after {number}")
    assert len(shops_found(workspace, "after", "")) == 10


def test_an_index_that_was_spoilt_is_told_by_doctor_and_can_be_made_anew(workspace: Workspace) -> None:
    def wrong() -> set[str]:
        return {check.id for check in examine(workspace) if not check.ok}

    assert wrong() == set()
    for spoilt in (
        "DELETE FROM search WHERE gram = 'lum'",
        "UPDATE search SET runs = 0 WHERE list = 'event'",
        "DELETE FROM shop_run",
        "INSERT INTO event_run VALUES (9000000000000, 1, 1)",
    ):
        written(workspace, spoilt)
        if "INSERT" not in spoilt:
            assert wrong() == {"search.whole"}
        mend_search(workspace)
        assert wrong() == set()
        all_is_found(workspace)
