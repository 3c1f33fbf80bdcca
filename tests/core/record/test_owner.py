"""Who owns an organization account: it is derived from the links, so nothing has to remember or forget it."""

from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest

from core.errors import Refused
from core.models import AccountKind, LinkState, Role
from core.workspace import Workspace
from tests.support import BIRCH, DAY, LUMEN, MS, NOW, StoppedClock, add_account, add_shop, linked

ORGANIZATION = AccountKind.ORGANIZATION


def blocking(workspace: Workspace, username: str, shop: str, role: Role = Role.OFFICIAL) -> list[str]:
    verdicts = workspace.links.check(username, shop, role).verdicts
    return [verdict.rule for verdict in verdicts if verdict.outcome == "blocked"]


def test_an_undone_link_leaves_no_owner_and_no_legal_entity(workspace: Workspace) -> None:
    lumen, birch = add_shop(workspace), add_shop(workspace, "Birch", entity=BIRCH)
    workspace.accounts.state("whose.org")
    link = workspace.links.record_linked("whose.org", lumen.code, Role.OFFICIAL, NOW - DAY)
    workspace.accounts.state("whose.org", kind=ORGANIZATION)
    assert "org.one-seller" in blocking(workspace, "whose.org", birch.code)
    workspace.entries.undo(workspace.entries.newest(link=link.id), "It was another account.")
    assert blocking(workspace, "whose.org", birch.code) == []
    assert workspace.accounts.get("whose.org").entity is None


def test_an_account_that_another_link_keeps_at_the_seller_stays_its_own_after_an_undo(workspace: Workspace) -> None:
    lumen, home, birch = add_shop(workspace), add_shop(workspace, "Lumen Home"), add_shop(workspace, "Birch", entity=BIRCH)
    add_account(workspace, "whose.org", kind=ORGANIZATION, entity=LUMEN)
    mistaken = workspace.links.record_linked("whose.org", lumen.code, Role.OFFICIAL, NOW - 9 * DAY, NOW - 3 * DAY)
    linked(workspace, home, "whose.org", Role.MARKETING)
    workspace.entries.undo(workspace.entries.newest(link=mistaken.id), "It was another account.")
    assert workspace.links.check("whose.org", lumen.code, Role.OFFICIAL).at_once
    assert "org.one-seller" in blocking(workspace, "whose.org", birch.code, Role.MARKETING)


@pytest.mark.parametrize("order", list(permutations(("lumen", "birch", "kind"))), ids="-".join)
def test_two_past_links_give_the_same_owner_whatever_the_order(workspace: Workspace, order: tuple[str, ...]) -> None:
    lumen, birch = add_shop(workspace), add_shop(workspace, "Birch", entity=BIRCH)
    workspace.accounts.state("whose.org")
    begun = [datetime(2025, 1, 1, tzinfo=UTC), datetime(2025, 2, 1, tzinfo=UTC), datetime(2026, 3, 1, tzinfo=UTC)]
    acts = {
        "lumen": lambda: workspace.links.record_linked("whose.org", lumen.code, Role.OFFICIAL, begun[0], begun[1]),
        "birch": lambda: workspace.links.record_linked("whose.org", birch.code, Role.OFFICIAL, begun[2]),
        "kind": lambda: workspace.accounts.state("whose.org", kind=ORGANIZATION),
    }
    for act in order:
        acts[act]()
    account = workspace.accounts.get("whose.org")
    assert (account.kind, account.entity) == (ORGANIZATION, None)
    assert [workspace.shops.status(shop.code).broken for shop in (lumen, birch)] == [(), ()]
    assert blocking(workspace, "whose.org", lumen.code, Role.MARKETING) == ["org.one-seller"]
    assert blocking(workspace, "whose.org", add_shop(workspace, "Fern", entity=BIRCH).code, Role.MARKETING) == []


def test_a_corrected_seller_owns_the_account_that_was_created_for_its_shop(workspace: Workspace, clock: StoppedClock) -> None:
    shop = add_shop(workspace)
    link = workspace.organizations.create(shop.code, username="lumen.org")
    workspace.accounts.state("lumen.org", entity=BIRCH)
    workspace.shops.state(shop.code, entity=BIRCH)
    assert workspace.shops.status(shop.code).broken == ()
    clock.move(DAY)
    workspace.links.unlink(link.id)
    assert blocking(workspace, "lumen.org", shop.code) == []
    assert [account.username for account in workspace.organizations.linkable(shop.code)] == ["lumen.org"]


def test_a_seller_is_not_corrected_under_an_account_that_another_shop_of_it_links(workspace: Workspace) -> None:
    shop, home = add_shop(workspace), add_shop(workspace, "Lumen Home")
    workspace.organizations.create(shop.code, username="lumen.org")
    linked(workspace, home, "lumen.org", Role.MARKETING)
    with pytest.raises(Refused) as refused:
        workspace.shops.state(home.code, entity=BIRCH)
    assert {verdict.rule for verdict in refused.value.verdicts} == {"org.same-entity", "org.one-seller"}


def test_an_older_entry_about_the_account_can_be_undone_after_a_newer_one(workspace: Workspace) -> None:
    shop, home = add_shop(workspace), add_shop(workspace, "Lumen Home")
    workspace.accounts.state("whose.org", region="US")
    workspace.accounts.state("whose.org", kind=ORGANIZATION)
    stated = workspace.entries.newest(account="whose.org")
    mistaken = workspace.links.record_linked("whose.org", shop.code, Role.OFFICIAL, NOW - 9 * DAY, NOW - 3 * DAY)
    workspace.links.record_linked("whose.org", home.code, Role.MARKETING, NOW - DAY)
    workspace.entries.undo(workspace.entries.newest(link=mistaken.id), "It was another account.")
    workspace.entries.undo(stated, "It is no organization account.")
    assert workspace.accounts.get("whose.org").kind is None


@pytest.mark.parametrize(("before", "at_once"), [(timedelta(days=1), False), (timedelta(0), True)])
def test_an_account_is_not_linked_at_once_as_of_before_its_conversion(
    workspace: Workspace, clock: StoppedClock, before: timedelta, at_once: bool
) -> None:
    shop, home = add_shop(workspace), add_shop(workspace, "Lumen Home")
    add_account(workspace)
    linked(workspace, home, "lumen.candles", Role.MARKETING)
    clock.move(9 * DAY)
    converted = workspace.accounts.convert("lumen.candles")
    assert converted.converted_at
    workspace.accounts.state("lumen.candles", entity=LUMEN)
    with workspace.recording(at=converted.converted_at - before):
        link = workspace.links.request("lumen.candles", shop.code, Role.OFFICIAL, agreement=True)
    assert (link.state == LinkState.LINKED) == at_once


def test_a_link_that_ended_before_the_conversion_makes_nobody_the_owner(workspace: Workspace) -> None:
    lumen, birch = add_shop(workspace), add_shop(workspace, "Birch", entity=BIRCH)
    add_account(workspace, "whose.org")
    workspace.links.record_linked("whose.org", birch.code, Role.MARKETING, NOW - 9 * DAY, NOW - 5 * DAY)
    workspace.accounts.convert("whose.org")
    workspace.accounts.state("whose.org", entity=LUMEN)
    assert blocking(workspace, "whose.org", lumen.code) == []
    assert workspace.organizations.linkable(birch.code) == ()


def test_rules_of_a_past_moment_ask_who_owned_the_account_then(workspace: Workspace) -> None:
    lumen, birch = add_shop(workspace), add_shop(workspace, "Birch", entity=BIRCH)
    with workspace.recording(at=NOW - 99 * DAY):
        add_account(workspace, "whose.org", kind=ORGANIZATION)
    workspace.links.record_linked("whose.org", lumen.code, Role.OFFICIAL, NOW - 9 * DAY, NOW - 5 * DAY)
    for at, found in ((NOW - 9 * DAY - MS, []), (NOW - 9 * DAY, ["org.one-seller"]), (NOW - DAY, ["org.one-seller"])):
        with workspace.recording(at=at):
            assert [rule for rule in blocking(workspace, "whose.org", birch.code) if rule.startswith("org.")] == found


@pytest.mark.parametrize("sold", ["its own shop", "the shop it is linked to"])
def test_an_account_was_its_sellers_before_one_of_the_shops_was_sold(workspace: Workspace, sold: str) -> None:
    first, second = (add_shop(workspace, name) for name in ("First", "Second"))
    with workspace.recording(at=NOW - 9 * DAY):
        workspace.organizations.create(first.code, username="whose.org")
    with workspace.recording(at=NOW - 3 * DAY, anyway=True):
        workspace.shops.state((first if sold == "its own shop" else second).code, entity=BIRCH)
    link = workspace.links.record_linked("whose.org", second.code, Role.MARKETING, NOW - 6 * DAY, NOW - 4 * DAY)
    assert link.against == ()
    with pytest.raises(Refused) as refused:
        workspace.links.record_linked("whose.org", second.code, Role.MARKETING, NOW - DAY)
    assert "org.one-seller" in {verdict.rule for verdict in refused.value.verdicts}
