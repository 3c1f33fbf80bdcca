"""History by what it is about, in the order in which things happened, page by page."""

from collections.abc import Callable
from itertools import islice

import pytest

from core.errors import NotFound
from core.models import Event, Role
from core.workspace import Workspace
from tests.core.record.world import World
from tests.support import DAY, NOW, StoppedClock, add_shop


@pytest.fixture
def world(workspace: Workspace, clock: StoppedClock) -> World:
    world = World(workspace, clock)
    for days in (3, 1, 2):
        with workspace.recording(at=clock.now - days * DAY, note=f"Ticket {days}"):
            workspace.links.record_linked(f"past.{days}", world.bare, Role.MARKETING, clock.now - days * DAY)
    workspace.accounts.rename("official.one", "official.new")
    workspace.entries.undo(workspace.entries.newest(link=workspace.links.find(account="past.2")[0].id), "A mistake.")
    return world


def whole(workspace: Workspace) -> list[Event]:
    return list(workspace.history.page(limit=1000).events)


def paged(workspace: Workspace, **asked: str) -> list[Event]:
    """All events of the question, two to a page."""
    found: list[Event] = []
    after = None
    for _ in range(100):
        page = workspace.history.page(limit=2, after=after, **asked)  # type: ignore[arg-type]
        found += page.events
        if (after := page.next) is None:
            return found
    raise AssertionError("it does not end")


def test_everything_comes_by_when_it_happened_and_then_by_when_it_was_entered(world: World) -> None:
    workspace = world.workspace
    events = whole(workspace)
    order = {row["id"]: (row["at"], row["seq"]) for row in workspace.store.rows("SELECT id, at, seq FROM event")}
    assert [order[event.id] for event in events] == sorted(order.values(), reverse=True)
    assert paged(workspace) == events


@pytest.mark.parametrize("about", ["shop", "account", "link", "account and shop"])
@pytest.mark.parametrize("kind", ["", "link.", "link.linked", "account.", "entry."])
def test_history_is_narrowed_and_paged(world: World, about: str, kind: str) -> None:
    workspace = world.workspace
    shop, link = workspace.shops.get(world.shop), workspace.links.get(world.official)
    asked: dict[str, tuple[dict[str, str], Callable[[Event], bool]]] = {
        "shop": ({"shop": world.shop}, lambda event: event.shop == shop.id),
        "account": ({"account": "official.one"}, lambda event: event.account == link.account),
        "link": ({"link": link.id}, lambda event: event.link == link.id),
        "account and shop": (
            {"account": "official.new", "shop": world.shop},
            lambda event: event.account == link.account and event.shop == shop.id,
        ),
    }
    given, matches = asked[about]
    expected = [event for event in whole(workspace) if matches(event) and event.kind.startswith(kind)]
    assert paged(workspace, **given, kind=kind) == expected


@pytest.mark.parametrize("query", ["Ticket", "Ti", "TikTok", "mistake", "nothing of that"])
def test_a_search_comes_newest_entered_first(world: World, query: str) -> None:
    workspace = world.workspace
    seqs = {row["id"]: row["seq"] for row in workspace.store.rows("SELECT id, seq FROM event")}
    expected = [
        event
        for event in sorted(whole(workspace), key=lambda event: -seqs[event.id])
        if query.lower() in f"{event.summary}\n{event.actor}\n{event.note or ''}".lower()
    ]
    assert paged(workspace, query=query) == expected


def test_links_of_an_account_are_found_by_any_of_its_usernames_newest_first(world: World) -> None:
    links = world.workspace.links
    assert [link.id for link in links.find(account="@Official.One")] == [world.official]
    assert links.find(account="official.one") == links.find(account="official.new")
    begun = [link.requested_at or link.linked_at for link in links.find()]
    assert begun == sorted(begun, reverse=True)  # type: ignore[type-var]
    with pytest.raises(NotFound):
        links.find(account="never.seen")


def test_an_undone_entry_says_so_and_stays(world: World) -> None:
    workspace = world.workspace
    undo = next(event for event in whole(workspace) if event.kind == "entry.undone")
    undone = [event for event in whole(workspace) if event.entry == undo.undoes]
    assert undone
    assert {event.undone_by for event in undone} == {undo.entry}
    assert not list(islice((event for event in whole(workspace) if event.undone_by and event not in undone), 1))
    with pytest.raises(NotFound, match="was undone"):
        workspace.links.get(undone[0].link or "")


def test_an_entry_is_about_the_shop_of_its_day(workspace: Workspace) -> None:
    alder, cedar = (add_shop(workspace, name) for name in ("Alder", "Cedar"))
    record_linked, accounts = workspace.links.record_linked, workspace.accounts
    record_linked("lumen.one", alder.code, Role.OFFICIAL, NOW - 90 * DAY, NOW - 60 * DAY)
    record_linked("lumen.one", cedar.code, Role.MARKETING, NOW - 80 * DAY)
    for days in (70, 50):
        with workspace.recording(at=NOW - days * DAY):
            accounts.convert("lumen.one")
            accounts.convert("lumen.one", cancel=True)
            accounts.rename("lumen.one", f"lumen.{days}")
            accounts.rename(f"lumen.{days}", "lumen.one")
    found = [event.shop for event in whole(workspace) if event.kind.startswith("account.") and event.at > NOW - 75 * DAY]
    assert found == [cedar.id] * 4 + [alder.id] * 4


def test_an_undo_is_in_every_history_that_the_entry_is_in(world: World) -> None:
    workspace, shop = world.workspace, world.workspace.shops.get(world.bare)
    link = workspace.links.record_linked("new.one", world.bare, Role.MARKETING, world.clock.now - DAY)
    undone = workspace.entries.undo(workspace.entries.newest(shop=world.bare), "A mistake.")
    assert (undone.shop, undone.link, undone.account) == (shop.id, link.id, link.account)
