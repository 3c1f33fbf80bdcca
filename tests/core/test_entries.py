"""An entry is all that one act wrote: its events and every row that it added or changed."""

from datetime import timedelta

from core import desk, scenarios
from core.expiry import ACTOR
from core.models import EventKind, MemberRole, Role
from core.workspace import Workspace
from tests.support import DAY, NOW, StoppedClock, add_account, add_shop, linked

TABLES = ("shop", "account", "link", "member", "product")


def entries(workspace: Workspace) -> list[list[dict[str, object]]]:
    """The events of the history, entry by entry in the order in which they were written."""
    found: dict[str, list[dict[str, object]]] = {}
    for row in workspace.store.rows("SELECT * FROM event ORDER BY seq"):
        found.setdefault(row["entry"], []).append(row)
    return list(found.values())


def rows_of(workspace: Workspace, entry: object) -> set[str]:
    """The tables with a row that this entry wrote last."""
    return {table for table in TABLES if workspace.store.row(f"SELECT 1 FROM {table} WHERE entry = ?", [entry])}


def test_an_act_is_one_entry_with_the_id_of_its_first_event(workspace: Workspace) -> None:
    shop = add_shop(workspace)
    add_account(workspace)
    linked(workspace, shop, "lumen.candles")
    for events in entries(workspace):
        assert events[0]["id"] == events[0]["entry"]
        assert [event["seq"] for event in events] == list(range(events[0]["seq"], events[0]["seq"] + len(events)))
    assert [[event["kind"] for event in events] for events in entries(workspace)][1:] == [
        [EventKind.SHOP_ADDED],
        [EventKind.ACCOUNT_STATED],
        [EventKind.LINK_REQUESTED],
        [EventKind.LINK_AUTHORIZED],
        [EventKind.LINK_SUBMITTED],
        [EventKind.LINK_APPROVED, EventKind.LINK_LINKED, EventKind.ACCOUNT_RENAMED, EventKind.ACCOUNT_STATED],
    ]
    assert rows_of(workspace, entries(workspace)[-1][0]["entry"]) == {"link", "account"}


def test_every_row_names_the_entry_that_wrote_it_last(workspace: Workspace) -> None:
    shop = add_shop(workspace)
    workspace.products.add(shop.code, "Amber jar", "18.50")
    workspace.organizations.create(shop.code, contact="owner@lumen.example")
    workspace.shops.rename(shop.code, "Lumen Lights")
    added, product, created, renamed = entries(workspace)[1:]
    assert rows_of(workspace, added[0]["entry"]) == set()
    assert rows_of(workspace, product[0]["entry"]) == {"product"}
    assert rows_of(workspace, created[0]["entry"]) == {"link", "member"}
    assert rows_of(workspace, renamed[0]["entry"]) == {"shop", "account"}
    for table in TABLES:
        lost = workspace.store.rows(f"SELECT * FROM {table} WHERE entry NOT IN (SELECT entry FROM event)")
        assert lost == []


def test_what_expires_is_an_entry_of_its_own_that_tiktok_made(practice: Workspace, clock: StoppedClock) -> None:
    shop = add_shop(practice)
    practice.organizations.create(shop.code, contact="owner@lumen.example")
    practice.organizations.invite(shop.code, "sam@lumen.example", MemberRole.OPERATOR)
    add_account(practice)
    practice.links.request("lumen.candles", shop.code, Role.MARKETING, agreement=True)
    clock.move(3 * DAY)
    practice.products.add(shop.code, "Amber jar", "18.50")
    member, link, product = entries(practice)[-3:]
    assert [event["kind"] for event in (*member, *link, *product)] == [
        EventKind.MEMBER_EXPIRED,
        EventKind.LINK_EXPIRED,
        EventKind.PRODUCT_ADDED,
    ]
    for [event] in (member, link):
        assert (event["actor"], event["entered_by"], event["entry"]) == (ACTOR, "maya", event["id"])
    events = practice.history.page().events
    told = {event.kind: (event.at, event.recorded_at) for event in events}
    assert told[EventKind.MEMBER_EXPIRED] == (NOW + DAY, NOW + 3 * DAY)
    assert told[EventKind.LINK_EXPIRED] == (NOW + 2 * DAY, NOW + 3 * DAY)
    assert told[EventKind.PRODUCT_ADDED] == (NOW + 3 * DAY, NOW + 3 * DAY)
    assert next(event for event in events if event.kind == EventKind.MEMBER_EXPIRED).member is not None


def test_the_clock_moved_is_an_entry_after_what_expired_by_it(clock: StoppedClock) -> None:
    with scenarios.in_memory("new-shop", actor="maya", clock=clock) as workspace:
        workspace.links.request("wax.and.wick", "USLCDEMO01", Role.MARKETING, agreement=True)
        desk.advance(workspace, 3 * DAY)
        expired, moved = entries(workspace)[-2:]
        assert [event["kind"] for event in (*expired, *moved)] == [EventKind.LINK_EXPIRED, EventKind.CLOCK_MOVED]
        assert {event["recorded_at"] for event in (*expired, *moved)} == {moved[0]["at"]}


def test_a_change_that_writes_nothing_leaves_no_entry(workspace: Workspace) -> None:
    account = add_account(workspace)
    before = entries(workspace)
    with workspace.change():
        workspace.accounts.state(account.username, region="US")
    assert entries(workspace) == before


def test_nothing_is_written_later_than_the_newest_moment(workspace: Workspace, clock: StoppedClock) -> None:
    clock.move(timedelta(hours=1))
    with workspace.change() as now:
        assert workspace.store.value("SELECT newest_at FROM workspace") == round(now.timestamp() * 1000)
