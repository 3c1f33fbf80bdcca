"""The states of a link and the limits on each step."""

import copy
from datetime import timedelta

import pytest

import data
from core import policy
from core.errors import InvalidInput, NotFound, Refused
from core.models import AccountKind, EndedBy, EventKind, LinkState, Role, Shop
from core.verdict import Outcome
from core.workspace import Workspace
from tests.support import BIRCH, DAY, LUMEN, MS, NOW, StoppedClock, add_account, add_shop, everything, linked


def rules_of(error: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {verdict.rule for verdict in error.value.verdicts}


def test_an_existing_account_goes_from_request_to_linked_with_its_events(workspace: Workspace) -> None:
    shop = add_shop(workspace)
    add_account(workspace)
    link = linked(workspace, shop, "lumen.candles")
    assert link.state == LinkState.LINKED
    assert link.linked_at == NOW
    account = workspace.accounts.get("lumen.candles")
    assert (account.nickname, account.kind) == (shop.name, AccountKind.BUSINESS)
    kinds = [event.kind for event in workspace.history.page(shop=shop.code).events][::-1]
    assert kinds == [
        EventKind.SHOP_ADDED,
        EventKind.LINK_REQUESTED,
        EventKind.LINK_AUTHORIZED,
        EventKind.LINK_SUBMITTED,
        EventKind.LINK_APPROVED,
        EventKind.LINK_LINKED,
        EventKind.ACCOUNT_RENAMED,
        EventKind.ACCOUNT_STATED,
    ]


def test_a_marketing_account_is_linked_when_its_holder_accepts(workspace: Workspace) -> None:
    shop = add_shop(workspace)
    add_account(workspace)
    link = linked(workspace, shop, "lumen.candles", Role.MARKETING)
    assert link.state == LinkState.LINKED
    assert workspace.accounts.get("lumen.candles").nickname == "Lumen"


@pytest.mark.parametrize("role", list(Role))
def test_an_account_can_be_unlinked_exactly_24_hours_after_linking(workspace: Workspace, clock: StoppedClock, role: Role) -> None:
    shop = add_shop(workspace)
    add_account(workspace)
    link = linked(workspace, shop, "lumen.candles", role)
    clock.move(DAY - MS)
    before = everything(workspace)
    with pytest.raises(Refused) as refused:
        workspace.links.unlink(link.id)
    assert rules_of(refused) == {f"{role}.unlink-wait"}
    assert refused.value.verdicts[0].until == NOW + DAY
    assert everything(workspace) == before
    clock.move(MS)
    assert workspace.links.unlink(link.id).state == LinkState.UNLINKED


def test_a_clock_that_went_back_never_shortens_the_wait_and_is_reported(workspace: Workspace, clock: StoppedClock) -> None:
    shop = add_shop(workspace)
    add_account(workspace)
    link = linked(workspace, shop, "lumen.candles")
    assert workspace.clock_went_back() is None
    clock.move(-DAY)
    assert workspace.clock_went_back() == DAY
    wait = next(verdict for verdict in workspace.links.check_unlink(link.id) if verdict.rule == "official.unlink-wait")
    assert (wait.outcome, wait.until) == (Outcome.WAIT, NOW + DAY)
    with pytest.raises(Refused, match="clock"):
        workspace.links.unlink(link.id)
    clock.move(2 * DAY)
    assert workspace.links.unlink(link.id).state == LinkState.UNLINKED


def test_a_clock_behind_the_record_cannot_lead_to_an_early_unlink(workspace: Workspace, clock: StoppedClock) -> None:
    shop = add_shop(workspace)
    add_account(workspace)
    clock.move(timedelta(hours=-5))
    with pytest.raises(Refused, match="behind the newest entry"):
        workspace.links.request("lumen.candles", shop.code, Role.OFFICIAL, agreement=True)


@pytest.mark.parametrize("step", ["requested", "authorized", "submitted"])
def test_an_open_request_holds_the_official_slot_until_it_ends(workspace: Workspace, step: str) -> None:
    shop = add_shop(workspace)
    add_account(workspace)
    add_account(workspace, "wax.and.wick")
    link = workspace.links.request("lumen.candles", shop.code, Role.OFFICIAL, agreement=True)
    if step != "requested":
        workspace.links.authorize(link.id)
    if step == "submitted":
        workspace.links.submit(link.id)
    with pytest.raises(Refused) as refused:
        workspace.links.request("wax.and.wick", shop.code, Role.OFFICIAL, agreement=True)
    assert rules_of(refused) == {"official.one-per-shop"}
    workspace.links.cancel(link.id)
    assert workspace.links.request("wax.and.wick", shop.code, Role.OFFICIAL, agreement=True).is_open


def test_an_open_invitation_holds_a_marketing_slot(workspace: Workspace) -> None:
    shop = add_shop(workspace)
    for number in range(5):
        add_account(workspace, f"seller{number}")
    requests = [workspace.links.request(f"seller{number}", shop.code, Role.MARKETING, agreement=True) for number in range(4)]
    with pytest.raises(Refused) as refused:
        workspace.links.request("seller4", shop.code, Role.MARKETING, agreement=True)
    assert rules_of(refused) == {"marketing.limit"}
    workspace.links.decline(requests[1].id)
    request = workspace.links.request("seller4", shop.code, Role.MARKETING, agreement=True)
    assert workspace.shops.status(shop.code).marketing == (requests[0], *requests[2:], request)


def test_a_request_expires_at_its_deadline_whoever_looks_first(practice: Workspace, clock: StoppedClock) -> None:
    shop = add_shop(practice)
    add_account(practice)
    link = practice.links.request("lumen.candles", shop.code, Role.OFFICIAL, agreement=True)
    clock.move(2 * DAY - MS)
    assert practice.links.get(link.id).state == LinkState.AWAITING_AUTHORIZATION
    clock.move(MS + timedelta(days=5))
    expired = practice.links.get(link.id)
    assert (expired.state, expired.decided_at) == (LinkState.EXPIRED, NOW + 2 * DAY)
    event = practice.history.page(shop=shop.code).events[0]
    assert (event.kind, event.at, event.actor) == (EventKind.LINK_EXPIRED, NOW + 2 * DAY, "TikTok")
    with pytest.raises(Refused) as refused:
        practice.links.authorize(link.id)
    assert rules_of(refused) == {"link.authorization"}


def test_an_authorization_at_the_deadline_is_too_late(practice: Workspace, clock: StoppedClock) -> None:
    shop = add_shop(practice)
    add_account(practice)
    link = practice.links.request("lumen.candles", shop.code, Role.OFFICIAL, agreement=True)
    clock.move(2 * DAY)
    with pytest.raises(Refused):
        practice.links.authorize(link.id)


def test_the_rules_are_asked_again_at_submit_and_at_approve(workspace: Workspace) -> None:
    shop = add_shop(workspace)
    add_account(workspace)
    link = workspace.links.request("lumen.candles", shop.code, Role.OFFICIAL, agreement=True)
    workspace.links.authorize(link.id)
    add_account(workspace, standing="suspended")
    with pytest.raises(Refused) as refused:
        workspace.links.submit(link.id)
    assert rules_of(refused) == {"account.good-standing"}
    assert workspace.links.get(link.id).state == LinkState.AUTHORIZED
    add_account(workspace)
    workspace.links.submit(link.id)
    add_account(workspace, identity_verified=False)
    before = everything(workspace)
    with pytest.raises(Refused) as refused:
        workspace.links.approve(link.id)
    assert rules_of(refused) == {"account.verified"}
    assert everything(workspace) == before


def test_a_shop_renamed_in_review_gives_the_account_its_new_name(workspace: Workspace) -> None:
    shop = add_shop(workspace)
    add_account(workspace)
    link = workspace.links.request("lumen.candles", shop.code, Role.OFFICIAL, agreement=True)
    workspace.links.authorize(link.id)
    workspace.links.submit(link.id)
    renamed = workspace.shops.rename(shop.code, "Lumen Lights")
    assert renamed.account is None
    workspace.links.approve(link.id)
    assert workspace.accounts.get("lumen.candles").nickname == "Lumen Lights"


def test_a_shop_renamed_too_long_in_review_is_approved_all_the_same(workspace: Workspace) -> None:
    shop = add_shop(workspace)
    add_account(workspace)
    link = workspace.links.request("lumen.candles", shop.code, Role.OFFICIAL, agreement=True)
    workspace.links.authorize(link.id)
    workspace.links.submit(link.id)
    workspace.shops.rename(shop.code, "L" * 31)
    told = {verdict.rule: verdict.outcome for verdict in workspace.links.check_approve(link.id)}
    assert told["official.name-length"] == Outcome.NOTICE
    assert workspace.links.approve(link.id).state == LinkState.LINKED
    assert workspace.accounts.get("lumen.candles").nickname == "L" * 31


def test_an_account_that_is_not_verified_is_linked_where_no_page_asks_for_it(workspace: Workspace) -> None:
    shop = add_shop(workspace, region="GB", entity=BIRCH)
    add_account(workspace, region="GB", identity_verified=False)
    assert linked(workspace, shop, "lumen.candles").state == LinkState.LINKED


def test_a_marketing_account_of_another_region_is_linked_in_indonesia_alone(workspace: Workspace) -> None:
    add_account(workspace)
    here, there = add_shop(workspace, "Here", "ID"), add_shop(workspace, "There", "TH")
    with pytest.raises(Refused) as refused:
        linked(workspace, there, "lumen.candles", Role.MARKETING)
    assert rules_of(refused) == {"marketing.region-match"}
    assert linked(workspace, here, "lumen.candles", Role.MARKETING).state == LinkState.LINKED
    assert workspace.accounts.state("lumen.candles", region="GB").region == "GB"


def test_a_shop_in_its_probation_links_a_marketing_account(workspace: Workspace) -> None:
    shop = add_shop(workspace)
    workspace.shops.set_probation(shop.code, NOW + DAY)
    add_account(workspace)
    assert linked(workspace, shop, "lumen.candles", Role.MARKETING).state == LinkState.LINKED


def test_the_unlinks_of_an_organization_account_are_counted_beside_those_of_the_shop(
    workspace: Workspace, clock: StoppedClock
) -> None:
    one, other = add_shop(workspace), add_shop(workspace, "Other")
    made = workspace.organizations.create(one.code, contact="owner@lumen.example", username="lumen.org")
    clock.move(DAY)
    workspace.links.unlink(made.id)
    verdicts = {verdict.rule: verdict for verdict in workspace.links.check("lumen.org", other.code, Role.OFFICIAL).verdicts}
    assert verdicts["official.unlink-limit"].outcome == Outcome.NOTICE
    assert verdicts["official.unlink-limit"].reason.endswith("1 of 3 used by @lumen.org.")
    assert "1 of your 3 unlinks" in verdicts["official.unlink-limit"].reason


def test_an_organization_account_that_is_not_known_to_be_the_sellers_goes_the_long_way(workspace: Workspace) -> None:
    shop = add_shop(workspace)
    add_account(workspace, kind=AccountKind.ORGANIZATION, entity=LUMEN)
    assert not workspace.links.check("lumen.candles", shop.code, Role.OFFICIAL).at_once
    link = workspace.links.request("lumen.candles", shop.code, Role.OFFICIAL, agreement=True)
    assert (link.state, link.authorize_by) == (LinkState.AWAITING_AUTHORIZATION, NOW + 2 * DAY)


def test_the_sellers_own_organization_account_is_invited_as_marketing_account(workspace: Workspace, clock: StoppedClock) -> None:
    shop = add_shop(workspace)
    made = workspace.organizations.create(shop.code, contact="owner@lumen.example", username="lumen.org")
    clock.move(DAY)
    workspace.links.unlink(made.id)
    assert not workspace.links.check("lumen.org", shop.code, Role.MARKETING).at_once
    assert workspace.links.request("lumen.org", shop.code, Role.MARKETING, agreement=True).is_open


@pytest.mark.parametrize(("standing", "agreement"), [("banned", True), ("good", False)])
def test_a_rule_stops_the_sellers_own_organization_account_too(
    workspace: Workspace, clock: StoppedClock, standing: str, agreement: bool
) -> None:
    shop = add_shop(workspace)
    made = workspace.organizations.create(shop.code, contact="owner@lumen.example", username="lumen.org")
    clock.move(DAY)
    workspace.links.unlink(made.id)
    workspace.accounts.state("lumen.org", standing=standing)
    before = everything(workspace)
    with pytest.raises(Refused) as refused:
        workspace.links.request("lumen.org", shop.code, Role.OFFICIAL, agreement=agreement)
    assert rules_of(refused) & {"account.good-standing", "link.agreement"}
    assert everything(workspace) == before


def test_only_the_sellers_own_organization_accounts_without_a_live_link_can_be_linked_at_once(
    workspace: Workspace, clock: StoppedClock
) -> None:
    here, there, foreign = add_shop(workspace), add_shop(workspace, "Other"), add_shop(workspace, "Birch", "GB", BIRCH)
    add_account(workspace, "same.entity", kind=AccountKind.ORGANIZATION, entity=LUMEN)
    add_account(workspace, "a.person")
    made = {
        shop.id: workspace.organizations.create(shop.code, contact="owner@lumen.example", username=f"org.{shop.name[0].lower()}")
        for shop in (here, there, foreign)
    }

    def found(shop: Shop) -> list[str]:
        return [account.username for account in workspace.organizations.linkable(shop.code)]

    assert found(here) == []
    clock.move(DAY)
    for link in made.values():
        workspace.links.unlink(link.id)
    assert found(here) == found(there) == ["org.l", "org.o"]
    assert found(foreign) == ["org.b"]
    workspace.links.request("org.o", here.code, Role.OFFICIAL, agreement=True)
    workspace.links.request("org.l", there.code, Role.MARKETING, agreement=True)
    assert found(here) == found(there) == []


def test_a_version_that_begins_holds_in_the_file_from_the_first_change_on(workspace: Workspace, clock: StoppedClock) -> None:
    soon = (NOW + 3 * DAY).date()
    raw = copy.deepcopy(data.load("policy.toml"))
    raw["rules"]["official.unlink-wait"]["values"]["wait_hours"].append({"value": 72, "markets": ["US"], "from": soon})
    workspace.policy = policy.parse(raw, data.load("markets.toml"))
    add_account(workspace)
    shop = add_shop(workspace)
    clock.move(2 * DAY)
    link = linked(workspace, shop, "lumen.candles")
    assert workspace.shops.status(shop.code).unlink_possible_at == clock.now + DAY
    clock.move(DAY)
    assert workspace.shops.status(shop.code).unlink_possible_at == clock.now + 2 * DAY
    assert workspace.store.value("SELECT official_wait FROM market WHERE code = 'US'") == 72 * 3_600_000
    assert workspace.store.value("SELECT official_wait FROM market WHERE code = 'GB'") == 24 * 3_600_000
    with pytest.raises(Refused) as refused:
        workspace.links.unlink(link.id)
    assert rules_of(refused) == {"official.unlink-wait"}
    assert [reminder.at for reminder in workspace.reminders.find()] == [clock.now + 2 * DAY]
    assert workspace.shops.page(due_first=True).shops[0].upcoming == 1


def test_unlinks_are_counted_per_shop_forever_whatever_the_account(workspace: Workspace, clock: StoppedClock) -> None:
    shop = add_shop(workspace)
    for number in range(4):
        add_account(workspace, f"seller{number}")
        link = linked(workspace, shop, f"seller{number}")
        clock.move(timedelta(days=400))
        assert workspace.shops.status(shop.code).unlinks_left == 3 - number
        if number < 2:
            workspace.links.unlink(link.id)
            assert workspace.shops.status(shop.code).unlinks_used == number + 1
        elif number == 2:
            with pytest.raises(InvalidInput):
                workspace.links.unlink(link.id)
            with pytest.raises(InvalidInput):
                workspace.links.unlink(link.id, "Lumen")
            assert workspace.links.unlink(link.id, shop.name).ended_by == EndedBy.SELLER
        else:
            with pytest.raises(Refused) as refused:
                workspace.links.unlink(link.id, shop.name)
            assert rules_of(refused) == {"official.unlink-limit"}
    assert workspace.shops.status(shop.code).unlink_possible_at is None


def test_one_rule_asked_alone_answers_as_it_does_among_all(workspace: Workspace) -> None:
    shop = add_shop(workspace)
    for number in range(4):
        assert not workspace.shops.answer(shop.code, "marketing.limit", "request").stops
        add_account(workspace, f"seller{number}")
        workspace.links.request(f"seller{number}", shop.code, Role.MARKETING, agreement=True)
    full = workspace.shops.answer(shop.code, "marketing.limit", "request")
    assert (full.outcome, full.reason) == (Outcome.BLOCKED, "All 4 slots are taken.")
    assert workspace.shops.answer(shop.code, "marketing.limit") in workspace.shops.standing(shop.code)


def test_marketing_unlinks_are_not_counted(workspace: Workspace, clock: StoppedClock) -> None:
    shop = add_shop(workspace)
    add_account(workspace)
    for _ in range(5):
        link = linked(workspace, shop, "lumen.candles", Role.MARKETING)
        clock.move(DAY)
        workspace.links.unlink(link.id)
    assert workspace.shops.status(shop.code).unlinks_used == 0


def test_the_eleventh_marketing_link_in_180_days_waits_for_the_first_to_leave_the_window(
    workspace: Workspace, clock: StoppedClock
) -> None:
    shop = add_shop(workspace)
    add_account(workspace)
    for _ in range(10):
        link = linked(workspace, shop, "lumen.candles", Role.MARKETING)
        clock.move(DAY)
        workspace.links.unlink(link.id)
    check = workspace.links.check("lumen.candles", shop.code, Role.MARKETING)
    wait = next(verdict for verdict in check.verdicts if verdict.outcome == Outcome.WAIT)
    assert (check.outcome, wait.rule, wait.until) == (Outcome.WAIT, "marketing.link-frequency", NOW + timedelta(days=180))
    clock.now = NOW + timedelta(days=180)
    assert workspace.links.check("lumen.candles", shop.code, Role.MARKETING).outcome == Outcome.PASS


def test_an_account_has_only_one_role_at_a_shop(workspace: Workspace) -> None:
    shop = add_shop(workspace)
    add_account(workspace)
    official = workspace.links.request("lumen.candles", shop.code, Role.OFFICIAL, agreement=True)
    with pytest.raises(Refused) as refused:
        workspace.links.request("lumen.candles", shop.code, Role.MARKETING, agreement=True)
    assert rules_of(refused) == {"link.one-role-per-shop"}
    workspace.links.cancel(official.id)
    linked(workspace, shop, "lumen.candles", Role.MARKETING)
    with pytest.raises(Refused) as refused:
        workspace.links.request("lumen.candles", shop.code, Role.OFFICIAL, agreement=True)
    assert rules_of(refused) == {"link.one-role-per-shop"}


def test_an_account_official_at_one_shop_may_be_marketing_at_another(workspace: Workspace) -> None:
    shop, other = add_shop(workspace), add_shop(workspace, "Glow Home")
    add_account(workspace)
    linked(workspace, shop, "lumen.candles")
    with pytest.raises(Refused) as refused:
        workspace.links.request("lumen.candles", other.code, Role.OFFICIAL, agreement=True)
    assert rules_of(refused) == {"official.one-shop"}
    assert linked(workspace, other, "lumen.candles", Role.MARKETING).state == LinkState.LINKED


def test_unknown_facts_stop_a_link_until_a_person_confirms_them(workspace: Workspace) -> None:
    shop = add_shop(workspace)
    with pytest.raises(Refused) as refused:
        workspace.links.request("never.seen", shop.code, Role.OFFICIAL, agreement=True)
    assert {verdict.outcome for verdict in refused.value.verdicts} == {Outcome.UNKNOWN}
    assert rules_of(refused) == {
        "official.region-match",
        "org.same-entity",
        "org.one-seller",
        "account.verified",
        "account.good-standing",
    }
    with pytest.raises(NotFound):
        workspace.accounts.get("never.seen")
    link = workspace.links.request("@Never.Seen", shop.code, Role.OFFICIAL, agreement=True, confirmed=workspace.policy.rules)
    assert set(link.confirmed) == rules_of(refused)
    event = workspace.history.page(shop=shop.code).events[0]
    assert event.details["confirmed"]["facts"] == ["kind", "region", "identity_verified", "standing", "holder_is_adult"]
    workspace.links.authorize(link.id)
    workspace.links.submit(link.id)
    assert workspace.links.approve(link.id).state == LinkState.LINKED
    assert workspace.accounts.get("never.seen").region is None


def test_a_request_without_the_agreement_is_refused(workspace: Workspace) -> None:
    shop = add_shop(workspace)
    add_account(workspace)
    with pytest.raises(Refused) as refused:
        workspace.links.request("lumen.candles", shop.code, Role.OFFICIAL, agreement=False)
    assert rules_of(refused) == {"link.agreement"}


@pytest.mark.parametrize("reason", ["", "   ", "a\x1b[31mb", "a\u202eb", "x" * 501])
def test_an_empty_or_hostile_reason_is_refused(workspace: Workspace, reason: str) -> None:
    shop = add_shop(workspace)
    add_account(workspace)
    link = workspace.links.request("lumen.candles", shop.code, Role.OFFICIAL, agreement=True)
    workspace.links.authorize(link.id)
    workspace.links.submit(link.id)
    with pytest.raises(InvalidInput):
        workspace.links.reject(link.id, reason)
    assert workspace.links.get(link.id).state == LinkState.IN_REVIEW


@pytest.mark.parametrize(
    "username",
    ["ends.", "has space", "ünicode", "dash-ed", "a\x00b", "a\u202eb", "[b]x[/b]", "@"],
)
def test_an_impossible_username_is_refused(workspace: Workspace, username: str) -> None:
    shop = add_shop(workspace)
    before = everything(workspace)
    with pytest.raises(InvalidInput):
        workspace.links.request(username, shop.code, Role.OFFICIAL, agreement=True, confirmed=workspace.policy.rules)
    assert everything(workspace) == before


def test_a_link_across_regions_is_blocked_for_both_roles(workspace: Workspace) -> None:
    shop = add_shop(workspace, "Birch & Bloom", "GB", BIRCH)
    add_account(workspace)
    for role in Role:
        check = workspace.links.check("lumen.candles", shop.code, role)
        assert [verdict.rule for verdict in check.verdicts if verdict.outcome == Outcome.BLOCKED] == [f"{role}.region-match"]


@pytest.mark.parametrize(("act", "rule"), [("submit", "link.authorization"), ("approve", "link.review"), ("unlink", None)])
def test_a_step_out_of_turn_is_refused(workspace: Workspace, act: str, rule: str | None) -> None:
    shop = add_shop(workspace)
    add_account(workspace)
    link = workspace.links.request("lumen.candles", shop.code, Role.OFFICIAL, agreement=True)
    before = everything(workspace)
    with pytest.raises(Refused) as refused:
        getattr(workspace.links, act)(link.id)
    assert rules_of(refused) == ({rule} if rule else set())
    assert everything(workspace) == before


@pytest.mark.parametrize("username", ["a", "x" * 25])
def test_a_username_of_an_uncommon_length_is_taken_with_a_notice(workspace: Workspace, username: str) -> None:
    shop = add_shop(workspace)
    verdicts = {verdict.rule: verdict.outcome for verdict in workspace.links.check(username, shop.code, Role.OFFICIAL).verdicts}
    assert verdicts["account.username-format"] == Outcome.NOTICE
    assert workspace.links.request(username, shop.code, Role.OFFICIAL, agreement=True, confirmed=workspace.policy.rules)
