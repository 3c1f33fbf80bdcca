"""A search finds what a look at every text finds, whoever wrote it, and whatever becomes of the index."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import errors
from core.doctor import examine, rebuild_search
from core.models import EventKind, Role
from core.store import schema, search
from core.store.connection import Store
from core.store.rows import fold
from core.store.trouble import translated
from core.workspace import Workspace
from tests.support import BIRCH, LUMEN, StoppedClock, add_account, add_shop, linked, record_workspace

TYPED = (
    "lum", "LUM", "umen 1", "jar", "birch", "50%", "_50", "%%%", "___", "\\", "ory\\bl", "ÉTOILE", "étoile", "öland", "in K", "k",
    "\"\"\"", "a\"b", "'; --", "lum OR jar", "lum*", "summary : lum", "NEAR(lum jar)", "-lum", "^lum", "(lum",
    "qxz", "maya", "zoe", "l", "Lu", "  ", "\ufffd", "lum\0en", "\0", "x" * 6000,
)  # fmt: skip
TEXTS = (
    "Lumen 1 opened", "BIRCH jar. 12", "Ember_50% off", "ivory\\black", "ÉTOILE of Öland", "Copper in K", 'she said "a"b"""',
    "'; --", "lum OR jar", "lum* NEAR(lum jar)", "summary : lum", "-lum ^lum (lum", "a % b _ c ___ %%%",
)  # fmt: skip
LETTERS = "abAB éÉ%_\\\"'*:-(kK\u212a"

HEALED = (
    "INSERT INTO event_fts_docsize VALUES (1000000, x'00')",
    "DROP TABLE event_fts_docsize",
    "DROP TABLE event_fts",
)
"""Damage that is met at once, and the index built again."""
REBUILT = (
    "DELETE FROM event_fts_docsize WHERE id = 3",
    "DELETE FROM event_fts_docsize",
    "UPDATE event_fts_data SET block = x'ff00ff' WHERE id > 10",
)
"""Damage that stops no change; doctor finds it."""
STOPS = ("UPDATE event_fts_data SET block = x'ff00ff' WHERE id = 10",)
"""Damage for which SQLite takes back a whole change."""
LOST = ("DELETE FROM event_fts_data", "DROP TABLE event_fts_data", "UPDATE event_fts_config SET v = 99")
"""Damage with which FTS5 does not open the index, not even to drop it."""


INTO_EVENT = "INSERT INTO event (id, entry, at, recorded_at, kind, actor, entered_by, summary)"


def written(path: Path, *statements: str) -> None:
    """Write as another program does, which knows nothing of the index."""
    with closing(sqlite3.connect(path)) as other, other:
        for statement in statements:
            other.execute(statement)


def event(number: int, summary: str, actor: str = "maya", note: str | None = None) -> dict[str, Any]:
    facts = {"id": f"raw-{number}", "entry": "raw", "at": number, "recorded_at": number, "kind": "shop.stated"}
    return {**facts, "actor": actor, "entered_by": "maya", "summary": summary, "note": note}


def plain(workspace: Workspace, query: str) -> list[str]:
    """The ids of the entries that hold `query`, newest entered first, by a look at each."""
    typed = fold(query.partition("\0")[0])
    rows = workspace.store.rows("SELECT id, summary, actor, note FROM event ORDER BY seq DESC")
    return [row["id"] for row in rows if any(typed in fold(row[name] or "") for name in ("summary", "actor", "note"))]


def found(workspace: Workspace, query: str, limit: int = 7) -> list[str]:
    """The same by a search, page after page."""
    ids: list[str] = []
    after: str | None = None
    while True:
        page = workspace.history.page(query=query, limit=limit, after=after)
        ids += [event.id for event in page.events]
        if not (after := page.next):
            return ids


def indexed(workspace: Workspace) -> int:
    return int(workspace.store.value("SELECT count(*) FROM event_fts_docsize"))


def wrong(workspace: Workspace) -> set[str]:
    return {check.id for check in examine(workspace) if not check.ok}


@pytest.fixture
def workspace(tmp_path: Path, clock: StoppedClock, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    """Some entries, too many to be looked through."""
    monkeypatch.setattr(search, "NEWEST", 10)
    with record_workspace(tmp_path, clock) as made:
        with made.change() as now:
            for number in range(60):
                moment = now - timedelta(hours=number * 7 % 11)  # entered in another order than it happened
                made.add_event(EventKind.SHOP_STATED, f"{TEXTS[number % len(TEXTS)]} {number}", at=moment)
        yield made


@pytest.fixture
def spoilt(workspace: Workspace, request: pytest.FixtureRequest) -> Iterator[Workspace]:
    """The same, opened after another program has damaged the index by the statement that is asked for."""
    workspace.close()
    written(workspace.path, request.param)
    with Workspace.open(workspace.path, actor="maya", clock=workspace.clock) as opened:
        yield opened


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    with closing(Store.in_memory()) as made:
        yield made


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.tuples(*(st.text(LETTERS, max_size=9),) * 3), max_size=12), st.text(LETTERS, min_size=3, max_size=7), st.data()
)
def test_three_letters_and_more_find_what_a_look_at_every_text_finds(
    store: Store, texts: list[tuple[str, str, str]], query: str, data: st.DataObject
) -> None:
    held = [text for row in texts for text in row if len(text) > 2]
    if held and data.draw(st.booleans()):  # a part of one of them, in another case
        query = data.draw(st.sampled_from(held))[data.draw(st.integers(0, 2)) :].swapcase()
        query += "ab"[len(query) - 1 :] if len(query) < 3 else ""
    store.execute("BEGIN")
    try:
        store.execute("INSERT INTO workspace (id, kind, seed, created_at, newest_at) VALUES (1, 'record', 'x', 0, 99)")
        for number, row in enumerate(texts, 1):
            store.insert("event", event(number, *row))
        search.catch_up(store)
        asked = {"before": 2**63 - 1, "limit": 99}
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(search, "NEWEST", -1)
            ids = [row["id"] for row in search.find(store, query, "1", "1", asked)]
    finally:
        store.execute("ROLLBACK")
    looked = [number for number, row in enumerate(texts, 1) if any(fold(query) in fold(text) for text in row)]
    assert ids == [f"raw-{number}" for number in reversed(looked)]


@pytest.mark.parametrize("query", TYPED)
def test_what_is_typed_stands_for_itself_and_is_found_page_by_page(workspace: Workspace, query: str) -> None:
    expected = plain(workspace, query)
    if len(query.partition("\0")[0]) < 3:
        newest = workspace.store.value("SELECT max(seq) FROM event")
        numbers = {row["id"]: row["seq"] for row in workspace.store.rows("SELECT id, seq FROM event")}
        expected = [id for id in expected if numbers[id] > newest - 10]
    assert found(workspace, query) == expected
    assert indexed(workspace) == workspace.store.value("SELECT count(*) FROM event")


def test_notes_and_actors_are_found(workspace: Workspace) -> None:
    with workspace.store.write():
        workspace.store.insert("event", event(1, "Shop opened", "zoe.q", "Ticket 4711"))
    assert found(workspace, "ket 47") == found(workspace, "ZOE.") == ["raw-1"]


def test_one_and_two_letters_look_through_the_newest_and_say_so(workspace: Workspace) -> None:
    assert [workspace.history.page(query=query).newest for query in ("", "l", "lu", "lum")] == [None, 10, 10, None]
    assert len(found(workspace, "lu")) < len(found(workspace, "lum"))
    add_account(workspace, "one.more")
    page = workspace.history.page(query="o", kind="account.")
    assert page.newest is None  # few enough to look through all
    assert [event.username for event in page.events] == ["one.more"]


def test_a_shop_s_own_history_is_searched_alone(workspace: Workspace) -> None:
    shop = add_shop(workspace, "Lumen apart")
    assert {event.shop for event in workspace.history.page(shop=shop.code, query="lum").events} == {shop.id}
    for number in range(12):
        workspace.shops.rename(shop.code, f"Lumen {number}")
    page = workspace.history.page(shop=shop.code, query="lum", kind="shop.renamed", limit=5)
    assert [event.kind for event in page.events] == [EventKind.SHOP_RENAMED] * 5


def test_what_another_program_writes_is_found_at_once_and_indexed(workspace: Workspace) -> None:
    copied = f"{INTO_EVENT} SELECT 'raw-' || seq, entry, at, recorded_at, kind, 'zoe', 'zoe', 'qx ' || seq FROM event"
    written(workspace.path, copied)
    assert len(found(workspace, "qx ")) == 61
    assert indexed(workspace) == 122
    written(workspace.path, copied.replace("raw-", "more-"))
    add_shop(workspace)
    assert indexed(workspace) == workspace.store.value("SELECT count(*) FROM event")


def test_what_another_program_writes_is_found_while_a_third_one_writes(workspace: Workspace) -> None:
    written(workspace.path, f"{INTO_EVENT} VALUES ('raw', 'raw', 1, 1, 'shop.stated', 'zoe', 'zoe', 'qxz')")
    with closing(sqlite3.connect(workspace.path)) as third:
        third.execute("BEGIN IMMEDIATE")
        assert found(workspace, "qxz") == ["raw"]


def test_a_file_that_can_only_be_read_is_searched_to_its_end(workspace: Workspace) -> None:
    written(workspace.path, f"{INTO_EVENT} VALUES ('raw', 'raw', 1, 1, 'shop.stated', 'zoe', 'zoe', 'Lumen qxz')")
    before = workspace.path.read_bytes()
    with Workspace.open(workspace.path, actor="maya", clock=StoppedClock(), read_only=True) as reader:
        assert found(reader, "qxz") == ["raw"]
        assert found(reader, "lumen", limit=2) == plain(reader, "lumen")
        assert {check.id: check.note for check in examine(reader)}["search"]
    assert workspace.path.read_bytes() == before


def test_a_restored_workspace_is_searched_as_it_is_then(workspace: Workspace, tmp_path: Path) -> None:
    workspace.store.save_as(tmp_path / "copy.db")
    before = found(workspace, "lum")
    add_shop(workspace, "Lumen later")
    assert found(workspace, "lum") != before
    with closing(Store.open(tmp_path / "copy.db")) as copy:
        workspace.store.replace_with(copy)
    assert found(workspace, "lum") == before
    add_shop(workspace, "Lumen later")
    assert found(workspace, "lum") == plain(workspace, "lum") != before
    assert wrong(workspace) == set()


def test_bytes_that_are_no_text_stop_no_change(workspace: Workspace) -> None:
    raw = "VALUES ('raw', 'raw', 1, 1, CAST(x'ff2e' AS TEXT), 'zoe', 'zoe', CAST(x'71ff7878' AS TEXT))"
    written(workspace.path, f"{INTO_EVENT} {raw}")
    add_shop(workspace, "Lumen after all")
    assert len(found(workspace, "after all")) == 1
    assert wrong(workspace) == set()


def test_a_stopped_change_leaves_nothing_in_the_index(workspace: Workspace) -> None:
    def stopped() -> None:
        with workspace.change():
            workspace.add_event(EventKind.SHOP_STATED, "qxz")
            search.catch_up(workspace.store)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stopped()
    assert found(workspace, "qxz") == []
    assert wrong(workspace) == set()


@pytest.mark.parametrize("spoilt", [*HEALED, *REBUILT, *STOPS, *LOST], indirect=True)
def test_a_damaged_index_is_reported_as_that_and_changes_nothing_else(spoilt: Workspace) -> None:
    assert wrong(spoilt) == {"search"}
    with Workspace.open(spoilt.path, actor="maya", clock=spoilt.clock, read_only=True) as reader:
        assert set(found(reader, "lum")) <= set(plain(reader, "lum"))
        assert wrong(reader) == set()


@pytest.mark.parametrize("spoilt", [*HEALED, *REBUILT, *LOST], indirect=True)
def test_a_damaged_index_stops_no_change(spoilt: Workspace, request: pytest.FixtureRequest) -> None:
    add_shop(spoilt, "Lumen after all")
    assert wrong(spoilt) == (set() if request.node.callspec.params["spoilt"] in HEALED else {"search"})


@pytest.mark.parametrize("spoilt", HEALED, indirect=True)
def test_a_search_that_meets_damage_finds_all_and_has_the_index_built_again(spoilt: Workspace) -> None:
    assert found(spoilt, "lum") == plain(spoilt, "lum")
    assert wrong(spoilt) == set()


@pytest.mark.parametrize("spoilt", STOPS, indirect=True)
def test_a_change_that_the_index_stops_says_how_to_go_on(spoilt: Workspace) -> None:
    with pytest.raises(errors.Damaged, match="The record itself is fine") as told:
        add_shop(spoilt, "Lumen after all")
    assert "--rebuild-search" in told.value.command
    assert spoilt.shops.page().shops == ()


@pytest.mark.parametrize("spoilt", [*HEALED, *REBUILT, *STOPS], indirect=True)
def test_an_index_is_built_again(spoilt: Workspace) -> None:
    rebuild_search(spoilt)
    assert wrong(spoilt) == set()
    assert found(spoilt, "lum") == plain(spoilt, "lum")


@pytest.mark.parametrize("spoilt", LOST, indirect=True)
def test_an_index_that_cannot_be_built_again_leaves_the_search_without_one(spoilt: Workspace) -> None:
    with pytest.raises(errors.Damaged, match="search index") as told:
        rebuild_search(spoilt)
    assert "export" in told.value.command
    assert found(spoilt, "lum") == plain(spoilt, "lum")


def test_rows_missing_in_the_index_are_reported_and_built_again(workspace: Workspace) -> None:
    gone = "SELECT 'delete', seq, summary, actor FROM event WHERE seq = 2"
    written(workspace.path, f"INSERT INTO event_fts (event_fts, rowid, summary, actor) {gone}")
    assert wrong(workspace) == {"search"}
    rebuild_search(workspace)
    assert wrong(workspace) == set()
    assert found(workspace, "lum") == plain(workspace, "lum")


def test_a_sqlite_that_cannot_search_is_reported(tmp_path: Path) -> None:
    for said in ("no such module: fts5", "no such tokenizer: trigram"):
        with pytest.raises(errors.Unsupported, match=r"FTS5") as told, translated(tmp_path):
            raise sqlite3.OperationalError(said)
        assert "Python" in told.value.remedy


def test_every_piece_of_the_index_is_in_the_schema() -> None:
    names = {name for name, _ in schema.expected()}
    assert {name for name in names if "fts" in name} == {"event_fts"}


@pytest.fixture
def shops(tmp_path: Path, clock: StoppedClock) -> Iterator[Workspace]:
    """Shops of two sellers in two markets, some with links that stand, were refused or are asked for."""
    with record_workspace(tmp_path, clock) as made:
        with made.change():  # one commit for all
            for number in range(60):
                region, entity = ("US", LUMEN) if number % 3 else ("GB", BIRCH)
                shop = add_shop(made, f"{('Lumen', 'birch', 'Ember_50%', 'Öland')[number % 4]} {number * 7 % 60}", region, entity)
                if number % 4 == 0:
                    add_account(made, f"one.{number}", region=region)
                    linked(made, shop, f"one.{number}", (Role.OFFICIAL, Role.MARKETING)[number % 8 == 0])
                if number % 5 == 0:
                    add_account(made, f"two.{number}", region=region)
                    link = made.links.request(f"two.{number}", shop.code, Role.MARKETING, agreement=True)
                    if number % 10 == 0:
                        made.links.cancel(link.id)
        yield made


def shops_held(workspace: Workspace, query: str, region: str) -> list[str]:
    """The ids of the shops found by a look at each, by name."""
    live = """SELECT group_concat(username, '|') FROM link JOIN account ON account.id = link.account
        WHERE link.shop = shop.id AND live"""
    rows = workspace.store.rows(
        f"SELECT id, name, code, region, ({live}) AS accounts FROM shop ORDER BY name COLLATE NOCASE, seq"
    )
    texts = ("name", "code", "accounts")
    return [
        row["id"] for row in rows if region in ("", row["region"]) and any(fold(query) in fold(row[name] or "") for name in texts)
    ]


def shops_found(workspace: Workspace, query: str, *, due_first: bool = False, **narrowed: Any) -> list[str]:
    ids: list[str] = []
    after: str | None = None
    while True:
        page = workspace.shops.page(query=query, limit=7, after=after, due_first=due_first, **narrowed)
        ids += [summary.shop.id for summary in page.shops]
        if not (after := page.next):
            return ids


@pytest.mark.parametrize(
    "query", ["l", "LUM", "umen 1", "_50%", "%", "_", "\\", "ö", "Ö", "uslc", "one.", "ONE.4", "two.1", "qxz"]
)
def test_a_shop_is_found_by_its_name_its_code_and_its_live_usernames(shops: Workspace, query: str) -> None:
    for region in ("", "GB", "FR"):
        held = shops_held(shops, query, region)
        assert shops_found(shops, query, region=region) == held
        for state in ("linked", "pending", "none"):
            standing = set(shops_found(shops, "", state=state))
            assert shops_found(shops, query, region=region, state=state) == [id for id in held if id in standing]
        due = shops_found(shops, "", due_first=True)
        assert shops_found(shops, query, region=region, due_first=True) == [id for id in due if id in held]
