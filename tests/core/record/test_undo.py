"""Undo writes back exactly what stood before an act, row by row; it appends, and forgets nothing."""

import inspect
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from core.accounts import Accounts
from core.errors import InvalidInput, NotFound, Refused
from core.exchange import import_file
from core.links import Links
from core.models import EntityKind, Event, EventKind, MemberRole, Role
from core.organizations import Organizations
from core.products import Products
from core.shops import Shops
from core.workspace import Workspace
from tests.core.record.acts import ACTS, Act
from tests.core.record.world import World
from tests.support import DAY, LUMEN, StoppedClock, add_shop, everything

READS = {
    "accounts": """page get not_found known former_notes find confirmed links check_rename trial_end username_problem
        suggest_username new_username is_removable by_id""",
    "links": "get find account check frequency check_approve check_unlink check_next check_confirmed kept unlink_needs_name",
    "organizations": "check_create linkable of_shop members every_member check_remove",
    "products": "get find of_shop shop_page",
    "shops": """get code count counts sellers_like regions page seller check_rename check_add name_notes entity_notes
        probation shops_of status standing broken answer is_removable""",
}
"""Use cases that change nothing."""

PARTS = {
    "accounts": "unseen add_unseen check_begun record_stated record_username_changed record_renamed",
    "products": "add_event",
    "shops": "record_added bring_to",
}
"""What is done within an act, or within an import of a document, which is no entry."""


@pytest.fixture
def world(workspace: Workspace, clock: StoppedClock) -> World:
    return World(workspace, clock)


def newest(workspace: Workspace) -> Event:
    return workspace.history.get(workspace.store.value("SELECT id FROM event ORDER BY seq DESC LIMIT 1"))


def undo(workspace: Workspace) -> Event:
    return workspace.entries.undo(newest(workspace).entry, "A mistake.")


def use_cases() -> Iterator[str]:
    classes = {"accounts": Accounts, "links": Links, "organizations": Organizations, "products": Products, "shops": Shops}
    for name, cls in classes.items():
        for method, _ in inspect.getmembers(cls, inspect.isfunction):
            if not method.startswith("_") and method not in f"{READS[name]} {PARTS.get(name, '')}".split():
                yield f"{name}.{method}"


def test_every_use_case_that_changes_something_is_undone_below() -> None:
    assert {act.split(":")[0] for act in ACTS} == set(use_cases())


@pytest.mark.parametrize("act", ACTS)
def test_undo_writes_back_exactly_what_stood_before(world: World, act: str) -> None:
    workspace = world.workspace
    rows, entities = world.rows(), world.entities()
    events = workspace.store.rows("SELECT * FROM event ORDER BY seq")
    ACTS[act](world)
    assert (world.rows(), world.entities()) != (rows, entities)
    entry = newest(workspace).entry
    written = workspace.entries.get(entry)
    shown = workspace.entries.preview(entry)
    assert shown.restores
    assert all(line.endswith(".") for line in shown.restores)
    event = workspace.entries.undo(entry, "A mistake.")
    assert world.rows() == rows
    assert world.entities() == entities
    assert (event.kind, event.undoes, event.note, event.actor) == (EventKind.ENTRY_UNDONE, entry, "A mistake.", "maya")
    assert {one.undone_by for one in workspace.entries.get(entry)} == {event.entry}
    kept = workspace.store.rows("SELECT * FROM event ORDER BY seq")
    assert kept[: len(events)] == events
    assert len(kept) == len(events) + len(written) + 1


@pytest.mark.parametrize("act", ACTS)
def test_what_is_undone_can_be_done_again_and_comes_to_the_same(world: World, act: str) -> None:
    workspace = world.workspace
    ACTS[act](world)
    first = world.statuses()
    undo(workspace)
    ACTS[act](world)
    again = world.statuses()
    assert [(s.unlinks_used, s.unlinks_left, s.broken, s.name_matches) for s in again] == [
        (s.unlinks_used, s.unlinks_left, s.broken, s.name_matches) for s in first
    ]
    assert [s.official and s.official.state for s in again] == [s.official and s.official.state for s in first]


def test_an_undo_forgets_no_count(world: World) -> None:
    workspace = world.workspace
    before = workspace.shops.status(world.shop)
    workspace.links.unlink(world.official)
    assert workspace.shops.status(world.shop).unlinks_used == 1
    undo(workspace)
    after = workspace.shops.status(world.shop)
    assert (after.unlinks_used, after.unlinks_left, after.official) == (0, 3, before.official)
    assert after.unlink_possible_at == before.unlink_possible_at


def test_a_second_undo_takes_back_the_act_before(world: World) -> None:
    links = world.workspace.links
    rows = world.rows()
    links.authorize(world.asked)
    links.submit(world.asked)
    entries = world.workspace.entries
    entries.undo(entries.newest(link=world.asked), "First.")
    assert links.get(world.asked).state == "authorized"
    entries.undo(entries.newest(link=world.asked), "Second.")
    assert world.rows() == rows


def test_an_act_after_an_undo_is_undone_to_what_the_undo_restored(world: World) -> None:
    links, entries = world.workspace.links, world.workspace.entries
    links.authorize(world.asked)
    undo(world.workspace)
    rows = world.rows()
    links.decline(world.asked)
    entries.undo(entries.newest(link=world.asked), "It was accepted.")
    assert world.rows() == rows


def test_an_entry_on_which_something_newer_was_written_is_refused_with_what_that_is(world: World) -> None:
    workspace = world.workspace
    workspace.links.authorize(world.asked)
    first = newest(workspace).entry
    workspace.links.submit(world.asked)
    second, before = newest(workspace).entry, everything(workspace)
    with pytest.raises(Refused) as refused:
        workspace.entries.undo(first, "A mistake.")
    assert "@asked.one sent to review" in refused.value.message
    assert refused.value.command == f"The command: shoplink undo {second}"
    assert everything(workspace) == before


def test_all_newer_entries_are_named_the_newest_first_but_those_undone(world: World) -> None:
    workspace = world.workspace
    for nickname in ("One", "Zwölf", "Two", "Three"):
        workspace.accounts.state("free.one", nickname=nickname, entity=replace(LUMEN, country="FR", registration_number="Ä-1"))
    undo(workspace)
    entries = [event.entry for event in workspace.history.page(account="free.one", kind="account.").events[1:4]]
    with pytest.raises(Refused, match="There are 2 newer entries on top of it") as refused:
        workspace.entries.undo(entries.pop(), "A mistake.")
    assert refused.value.command == "The commands: " + ", then ".join(f"shoplink undo {entry}" for entry in entries)
    for entry in entries:
        workspace.entries.undo(entry, "A mistake.")


RESTS: dict[str, tuple[Callable[[Workspace], object], Callable[[Workspace], object]]] = {
    "a product": (
        lambda w: w.shops.add("New", "US", LUMEN, code="USNEW1"),
        lambda w: w.products.add("USNEW1", "Wick", "1"),
    ),
    "the link with @free.one": (
        lambda w: w.shops.add("New", "US", LUMEN, code="USNEW1"),
        lambda w: w.links.record_linked("free.one", "USNEW1", Role.OFFICIAL, w.now() - DAY),
    ),
    "the link with @new.one": (
        lambda w: w.accounts.state("new.one", region="US"),
        lambda w: w.links.record_linked("new.one", w.shops.page().shops[0].shop.id, Role.MARKETING, w.now() - DAY),
    ),
}
"""What rests on what was made first."""


@pytest.mark.parametrize("named", RESTS)
def test_what_something_rests_on_is_not_undone(world: World, named: str) -> None:
    workspace = world.workspace
    make, rest = RESTS[named]
    make(workspace)
    entry = newest(workspace).entry
    rest(workspace)
    before = everything(workspace)
    with pytest.raises(Refused) as refused:
        workspace.entries.undo(entry, "A mistake.")
    assert named in refused.value.message
    assert everything(workspace) == before
    undo(workspace)
    workspace.entries.undo(entry, "Now it can be.")


def test_what_cannot_be_undone_says_why(world: World) -> None:
    workspace, entries = world.workspace, world.workspace.entries
    workspace.products.add(world.bare, "Wick", "1")
    undone = newest(workspace).entry
    event = undo(workspace)
    made = workspace.store.value("SELECT entry FROM event WHERE kind = 'workspace.created'")
    before = everything(workspace)
    for entry, said in ((undone, "is already undone"), (event.entry, "is itself an undo"), (made, "has nothing to restore")):
        with pytest.raises(Refused, match=said):
            entries.undo(entry, "A mistake.")
    with pytest.raises(NotFound):
        entries.undo("evt-none", "A mistake.")
    workspace.products.add(world.bare, "Wick", "1")
    with pytest.raises(InvalidInput, match="Enter a reason"):
        entries.undo(newest(workspace).entry, " ")
    undo(workspace)
    assert [row["id"] for row in everything(workspace)["event"][: len(before["event"])]] == [row["id"] for row in before["event"]]


def test_an_undo_that_could_not_be_recorded_is_refused(world: World) -> None:
    workspace = world.workspace
    workspace.links.unlink(world.official)
    entry = newest(workspace).entry
    workspace.links.record_linked("free.one", world.shop, Role.OFFICIAL, world.clock.now)
    before = everything(workspace)
    with pytest.raises(Refused, match="conflicts with a newer entry"):
        workspace.entries.undo(entry, "A mistake.")
    assert everything(workspace) == before


def test_a_username_that_another_account_has_now_does_not_come_back(world: World) -> None:
    workspace = world.workspace
    workspace.accounts.rename("official.one", "official.new")
    entry = newest(workspace).entry
    workspace.accounts.rename("free.one", "official.one")
    with pytest.raises(Refused, match="conflicts with a newer entry"):
        workspace.entries.undo(entry, "A mistake.")
    undo(workspace)
    workspace.entries.undo(entry, "A mistake.")
    assert workspace.accounts.get("official.one").former == ()


def test_practice_undoes_nothing(practice: Workspace) -> None:
    practice.accounts.state("new.one", region="US")
    with pytest.raises(Refused, match="Practice has no undo"):
        undo(practice)


def test_what_was_undone_is_hidden_and_kept(world: World) -> None:
    workspace = world.workspace
    shop = workspace.shops.add("Wrong", "US", LUMEN, code="USWRONG1")
    undo(workspace)
    with pytest.raises(NotFound):
        workspace.shops.get("USWRONG1")
    assert "Wrong" not in {summary.shop.name for summary in workspace.shops.page(limit=100).shops}
    assert workspace.store.value("SELECT name FROM shop WHERE id = ?", [shop.id]) == "Wrong"
    again = workspace.shops.add("Right", "US", LUMEN, code="USWRONG1")
    assert again.id != shop.id


@pytest.mark.parametrize(
    "sheet",
    [
        "code,name,region,legal_name,entity_kind,registration_number,country\nUSNEW1,New,US,New LLC,company,7-7,US\n"
        "USNEW2,Newer,US,New LLC,company,7-7,US\n",
        "username,nickname,region\nsheet.one,One,US\nfree.one,Free,US\n",
        "shop,title,price\n{shop},Wick,1\n{shop},Amber jar,2\n",
    ],
    ids=["shops", "accounts", "products"],
)
def test_a_row_of_a_sheet_is_an_entry_of_its_own(world: World, tmp_path: Path, sheet: str) -> None:
    workspace = world.workspace
    rows = world.rows()
    file = tmp_path / "sheet.csv"
    file.write_text(sheet.format(shop=world.shop))
    assert import_file(workspace, file).problems == ()
    written = workspace.store.rows("SELECT DISTINCT entry FROM event WHERE before <> '[]' ORDER BY seq DESC LIMIT 2")
    assert world.rows() != rows
    for row in written:
        workspace.entries.undo(row["entry"], "The wrong sheet.")
    assert world.rows() == rows


def test_a_member_and_a_product_that_were_undone_are_not_there(world: World) -> None:
    workspace = world.workspace
    member = workspace.organizations.invite(world.team_shop, "ana@lumen.example", MemberRole.OPERATOR)
    undo(workspace)
    product = workspace.products.add(world.shop, "Wick", "2.50")
    undo(workspace)
    with pytest.raises(NotFound):
        workspace.organizations.accept(member.id)
    with pytest.raises(NotFound):
        workspace.products.change(product.id, title="Wicks")


def test_a_shop_that_is_added_again_has_its_sellers_name(workspace: Workspace) -> None:
    add_shop(workspace)
    undo(workspace)
    shop = add_shop(workspace)
    assert workspace.shops.seller(shop).entity == LUMEN


CONFLICTS: dict[str, tuple[Act, Act, str]] = {
    "an official account linked since": (
        lambda w: w.workspace.links.unlink(w.official),
        lambda w: w.workspace.organizations.create(w.shop, username="lumen.two"),
        "lumen.two",
    ),
    "a username taken since": (
        lambda w: w.workspace.accounts.rename("free.one", "free.two"),
        lambda w: w.workspace.accounts.rename("asked.one", "free.one"),
        "free.one",
    ),
    "a code taken since": (
        lambda w: w.workspace.shops.state(w.bare, code="USBARE2"),
        lambda w: w.workspace.shops.add("Other", "US", LUMEN, code=w.bare),
        "Other",
    ),
    "a person invited since": (
        lambda w: w.workspace.organizations.remove(w.member),
        lambda w: w.workspace.organizations.invite(w.team_shop, "kim@lumen.example", MemberRole.ADMIN),
        "k.*@lumen.example invited",
    ),
}
"""An act, a newer one that conflicts with what was there before, and what names that one."""


@pytest.mark.parametrize("case", CONFLICTS)
def test_what_newer_entries_conflict_with_is_refused_by_the_preview_too_and_names_them(world: World, case: str) -> None:
    act, newer, named = CONFLICTS[case]
    act(world)
    entry = newest(world.workspace).entry
    with world.workspace.recording(anyway=True):
        newer(world)
    entries = world.workspace.entries
    for undoing in (entries.preview, lambda entry: entries.undo(entry, "A mistake.")):
        with pytest.raises(Refused, match=f"conflicts with a newer entry: .*{named}.*\\.$"):
            undoing(entry)
    undo(world.workspace)
    entries.undo(entry, "A mistake.")


def test_what_undo_restores_of_a_seller_is_its_legal_entity(workspace: Workspace) -> None:
    shop, preview = add_shop(workspace), workspace.entries.preview
    workspace.shops.state(shop.id, entity=replace(LUMEN, country="FR"))
    assert preview(newest(workspace).entry).restores == (
        "The legal entity with the number 84-1234567 is removed from the record.",
        "The shop Lumen Candle Co. goes back to: seller Lumen Candle Company LLC, 84-1234567 (US).",
    )
    undo(workspace)
    workspace.shops.state(shop.id, entity=replace(LUMEN, kind=EntityKind.INDIVIDUAL))
    assert "The legal entity with the number 84-1234567 goes back to: company." in preview(newest(workspace).entry).restores
