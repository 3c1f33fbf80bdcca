"""Facts of an account that is requested, linked or owned: they can change, except those that the link depends on."""

from dataclasses import replace

import pytest

from core.errors import Refused
from core.models import AccountKind, EventKind, LinkState, Role, Standing
from core.validation import as_json
from core.workspace import Workspace
from tests.support import BIRCH, DAY, LUMEN, StoppedClock, add_account, add_shop, everything, linked

ORGANIZATION = {"kind": AccountKind.ORGANIZATION}


def refused(workspace: Workspace, rule: str, **facts: object) -> None:
    """Check that this rule refuses these facts of @org, and that nothing changes."""
    before = everything(workspace)
    with pytest.raises(Refused) as caught:
        workspace.accounts.state("org", **facts)
    assert [verdict.rule for verdict in caught.value.verdicts] == [rule]
    assert everything(workspace) == before


def test_a_requested_organization_account_keeps_its_legal_entity(practice: Workspace) -> None:
    shop = add_shop(practice)
    add_account(practice, "org", **ORGANIZATION, entity=LUMEN)
    practice.links.request("org", shop.code, Role.OFFICIAL, agreement=True)
    refused(practice, "org.same-entity", entity=BIRCH)


def test_a_sellers_organization_account_keeps_its_legal_entity_after_an_unlink(practice: Workspace, clock: StoppedClock) -> None:
    shop = add_shop(practice)
    add_account(practice, "org", **ORGANIZATION, entity=LUMEN)
    link = linked(practice, shop, "org")
    clock.move(DAY)
    practice.links.unlink(link.id)
    refused(practice, "org.same-entity", entity=BIRCH)
    refused(practice, "org.same-entity", entity=None)


@pytest.mark.parametrize("kind", [AccountKind.BUSINESS, None])
def test_a_requested_organization_account_stays_one(practice: Workspace, kind: AccountKind | None) -> None:
    shop = add_shop(practice)
    add_account(practice, "org", **ORGANIZATION, entity=LUMEN)
    practice.links.request("org", shop.code, Role.OFFICIAL, agreement=True)
    refused(practice, "org.no-conversion", kind=kind)


def test_an_account_linked_with_unknown_kind_cannot_become_an_organization_account(practice: Workspace) -> None:
    shop = add_shop(practice)
    add_account(practice, "org", kind=None)
    practice.links.request("org", shop.code, Role.OFFICIAL, agreement=True, confirmed=practice.policy.rules)
    refused(practice, "org.no-conversion", kind=AccountKind.ORGANIZATION)


def test_a_linked_account_can_lose_its_good_standing_and_the_shop_shows_it(workspace: Workspace) -> None:
    shop = add_shop(workspace)
    add_account(workspace, "org", **ORGANIZATION, entity=LUMEN)
    linked(workspace, shop, "org")
    workspace.accounts.state("org", standing=Standing.BANNED, identity_verified=False, holder_is_adult=False)
    stops = {verdict.rule for verdict in workspace.shops.standing(shop.code) if verdict.stops}
    assert {"account.good-standing", "account.verified"} <= stops


def test_what_a_marketing_account_breaks_is_shown_with_its_name_instead_of_what_the_official_one_keeps(
    workspace: Workspace,
) -> None:
    shop = add_shop(workspace)
    for username, role in (("lumen.candles", Role.OFFICIAL), ("wax.two", Role.MARKETING)):
        add_account(workspace, username)
        linked(workspace, shop, username, role)
    workspace.accounts.state("wax.two", standing=Standing.BANNED)
    of_rule = [one.reason for one in workspace.shops.standing(shop.code) if one.rule == "account.good-standing"]
    assert of_rule == ["@wax.two: The account is banned."]


def test_an_organization_account_of_unknown_entity_can_be_requested_by_one_seller_only(workspace: Workspace) -> None:
    lumen, birch = add_shop(workspace), add_shop(workspace, "Birch & Bloom", entity=BIRCH)
    add_account(workspace, "org", **ORGANIZATION)
    workspace.links.request("org", lumen.code, Role.MARKETING, agreement=True, confirmed=workspace.policy.rules)
    with pytest.raises(Refused) as caught:
        workspace.links.request("org", birch.code, Role.MARKETING, agreement=True, confirmed=workspace.policy.rules)
    assert [verdict.rule for verdict in caught.value.verdicts if verdict.rule != "org.same-entity"] == ["org.one-seller"]


def test_the_same_legal_entity_written_differently_is_no_change(workspace: Workspace) -> None:
    add_account(workspace, "org", **ORGANIZATION, entity=LUMEN)
    before = everything(workspace)
    again = replace(LUMEN, registration_number="84-123 4567", legal_name=None)
    assert workspace.accounts.state("org", entity=again).entity == LUMEN
    assert everything(workspace) == before


def test_an_expiry_event_holds_the_facts_after_it(practice: Workspace, clock: StoppedClock) -> None:
    shop = add_shop(practice)
    practice.organizations.create(shop.code, contact="ana@example.com", username="org")
    member = practice.organizations.invite(shop.code, "bo@example.com", practice.organizations.members(shop.code)[0].role)
    add_account(practice)
    link = practice.links.request("lumen.candles", shop.code, Role.MARKETING, agreement=True)
    clock.move(2 * DAY)
    told = {event.kind: event for event in practice.history.page(shop=shop.code).events}
    expired = told[EventKind.LINK_EXPIRED].details["link"]
    after = as_json(practice.links.get(link.id))
    assert expired == {name: value for name, value in after.items() if name not in {"username", "entry", "undone_by"}}
    assert told[EventKind.LINK_EXPIRED].details["link"]["state"] == LinkState.EXPIRED
    assert told[EventKind.MEMBER_EXPIRED].details["member"]["id"] == member.id
    assert told[EventKind.MEMBER_EXPIRED].details["member"]["state"] == "expired"


def test_a_linked_official_accounts_nickname_is_not_withdrawn(practice: Workspace) -> None:
    shop = add_shop(practice)
    add_account(practice, "org")
    linked(practice, shop, "org")
    refused(practice, "official.name-match", nickname=None)


def test_the_unlinks_of_a_linked_shop_are_those_of_its_links(practice: Workspace) -> None:
    shop = add_shop(practice)
    assert practice.shops.state(shop.code, unlinks_before=2).unlinks_before == 2
    add_account(practice, "org")
    linked(practice, shop, "org")
    with pytest.raises(Refused, match="depend on"):
        practice.shops.state(shop.code, unlinks_before=3)
