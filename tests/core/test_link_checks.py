"""The checks before a link changes, the situation that the rules are given, and finding links."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest

from core import rules, scenarios
from core.errors import InvalidInput, NotFound
from core.links import authorization_code
from core.models import Account, AccountKind, LinkState, Role
from core.policy import Policy
from core.read_situation import read_situation
from core.situation import Situation
from core.verdict import Outcome, Verdict
from core.workspace import Workspace
from tests.core.situations import with_own
from tests.support import BIRCH, DAY, LUMEN, NOW, StoppedClock, add_account, add_shop, everything, linked


@dataclass
class Spy:
    """Record the situations and moments that the rules are asked about, without changing their answers."""

    asked: list[tuple[Situation, datetime]] = field(default_factory=list)

    def last(self) -> tuple[str, str, Role, str | None, datetime]:
        situation, now = self.asked[-1]
        link = situation.link.id if situation.link else None
        return situation.moment, situation.username, situation.role, link, now


@pytest.fixture
def spy(monkeypatch: pytest.MonkeyPatch) -> Spy:
    spy, ask = Spy(), rules.ask

    def remember(situation: Situation, policy: Policy, now: datetime) -> tuple[Verdict, ...]:
        spy.asked.append((situation, now))
        return ask(situation, policy, now)

    monkeypatch.setattr(rules, "ask", remember)
    return spy


@pytest.fixture
def practice(clock: StoppedClock) -> Workspace:
    return scenarios.in_memory("new-shop", actor="maya", clock=clock)


def test_each_step_of_an_official_link_asks_its_own_rules(workspace: Workspace, clock: StoppedClock, spy: Spy) -> None:
    shop, account = add_shop(workspace), add_account(workspace)
    links, hour, username = workspace.links, timedelta(hours=1), account.username

    links.check(username, shop.code, Role.OFFICIAL)
    assert spy.last() == ("request", username, Role.OFFICIAL, None, NOW)
    id = links.request(username, shop.code, Role.OFFICIAL, agreement=True).id
    assert spy.last() == ("request", username, Role.OFFICIAL, None, NOW)
    links.authorize(id)
    assert len(spy.asked) == 2  # no rule is asked when an official account's holder answers

    for step in ("submit", "approve"):
        clock.move(hour)
        verdicts = links.check_next(id)
        assert spy.last() == (step, username, Role.OFFICIAL, id, clock())
        assert [verdict.rule for verdict in verdicts] == [rule.id for rule in workspace.policy.asked(step, Role.OFFICIAL)]
        getattr(links, step)(id)
        assert spy.last() == (step, username, Role.OFFICIAL, id, clock())

    clock.move(DAY)
    links.check_unlink(id)
    assert spy.last() == ("unlink", username, Role.OFFICIAL, id, NOW + 2 * hour + DAY)
    links.unlink(id)
    assert spy.last() == ("unlink", username, Role.OFFICIAL, id, NOW + 2 * hour + DAY)


def test_the_rules_are_asked_again_when_a_marketing_holder_accepts(workspace: Workspace, clock: StoppedClock, spy: Spy) -> None:
    shop, account = add_shop(workspace), add_account(workspace)
    id = workspace.links.request(account.username, shop.code, Role.MARKETING, agreement=True).id
    clock.move(DAY)
    workspace.links.authorize(id)
    assert spy.last() == ("accept", account.username, Role.MARKETING, id, NOW + DAY)


def test_the_rules_see_the_shop_the_account_and_all_their_live_links(workspace: Workspace, clock: StoppedClock) -> None:
    shop, other = add_shop(workspace), add_shop(workspace, "Birch & Bloom", "US", BIRCH)
    add_account(workspace)
    add_account(workspace, "wax.and.wick")
    first = linked(workspace, shop, "wax.and.wick")
    clock.move(DAY)
    workspace.links.unlink(first.id)
    official = linked(workspace, shop, "wax.and.wick")
    elsewhere = linked(workspace, other, "lumen.candles", Role.MARKETING)
    account = workspace.accounts.get("lumen.candles")
    seen = read_situation(workspace, "request", shop, Role.MARKETING, account=account, agreement=True)
    assert seen == Situation(
        moment="request",
        shop=shop,
        seller=workspace.shops.seller(shop),
        role=Role.MARKETING,
        account=account,
        shop_links=(official,),
        account_links=(elsewhere,),
        account_sellers=frozenset({other.seller}),
        owner=other.seller,
        marketing_times=(NOW + DAY,),
        unlinks_used=1,
        agreement=True,
        username="lumen.candles",
    )
    nobody = read_situation(workspace, "invite", shop, Role.OFFICIAL, account=None)
    assert (nobody.account, nobody.username, nobody.account_links, nobody.marketing_times) == (None, "", (), ())


def test_an_organization_account_is_compared_with_the_sellers_legal_entity(workspace: Workspace) -> None:
    shop, other = add_shop(workspace), add_shop(workspace, "Birch & Bloom", "US", BIRCH)
    add_account(workspace, kind=AccountKind.ORGANIZATION, entity=LUMEN)
    assert workspace.links.check("lumen.candles", shop.code, Role.OFFICIAL).outcome == Outcome.PASS
    check = workspace.links.check("lumen.candles", other.code, Role.OFFICIAL)
    assert [verdict.rule for verdict in check.verdicts if verdict.stops] == ["org.same-entity"]


def test_a_check_names_shop_account_role_and_outcome(workspace: Workspace) -> None:
    shop, account = add_shop(workspace), add_account(workspace)
    before = everything(workspace)
    check = workspace.links.check("@LUMEN.candles", shop.code, Role.MARKETING)
    assert (check.shop, check.account, check.role, check.outcome) == (shop, account, Role.MARKETING, Outcome.PASS)
    assert [verdict.rule for verdict in check.verdicts] == [rule.id for rule in workspace.policy.asked("request", Role.MARKETING)]
    assert everything(workspace) == before


def test_a_check_answers_for_an_impossible_username_and_a_request_refuses_it(workspace: Workspace) -> None:
    shop = add_shop(workspace)
    check = workspace.links.check("ends.", shop.code, Role.OFFICIAL)
    assert (check.account, check.outcome) == (Account(id="", username="ends."), Outcome.BLOCKED)
    (verdict,) = [verdict for verdict in check.verdicts if verdict.outcome == Outcome.BLOCKED]
    with pytest.raises(InvalidInput) as refused:
        workspace.links.request("ends.", shop.code, Role.OFFICIAL, agreement=True)
    error = refused.value
    assert (error.field, error.problem) == ("username", "A username can't end with a period.")
    assert (error.remedy, error.verdicts) == (verdict.remedy, (verdict,))
    assert verdict.rule == "account.username-format"


def test_control_characters_in_a_username_are_refused_even_by_a_check(workspace: Workspace) -> None:
    shop = add_shop(workspace)
    with pytest.raises(InvalidInput) as refused:
        workspace.links.check("a\x00b", shop.code, Role.OFFICIAL)
    assert refused.value.field == "username"


def test_practice_reports_unknown_accounts_as_not_found_and_answers_for_impossible_usernames(
    practice: Workspace,
) -> None:
    shop = "USLCDEMO01"
    for ask in (
        lambda: practice.links.check("never.seen", shop, Role.OFFICIAL),
        lambda: practice.links.request("never.seen", shop, Role.OFFICIAL, agreement=True),
    ):
        with pytest.raises(NotFound) as missing:
            ask()
        assert missing.value.message == "There is no account @never.seen in this workspace."
        assert missing.value.command == "See the accounts with: shoplink accounts"
    assert practice.links.check("ends.", shop, Role.OFFICIAL).outcome == Outcome.BLOCKED


def test_any_link_of_an_account_says_how_often_it_was_linked_recently(workspace: Workspace, clock: StoppedClock) -> None:
    shop = add_shop(workspace)
    add_account(workspace)
    for _ in range(10):
        link = linked(workspace, shop, "lumen.candles", Role.MARKETING)
        clock.move(DAY)
        workspace.links.unlink(link.id)
    verdict = workspace.links.frequency(link)
    assert (verdict.rule, verdict.outcome) == ("marketing.link-frequency", Outcome.WAIT)
    assert verdict.reason.startswith("Linked 10 of 10 times in 180 days.")
    assert verdict.until == NOW + 180 * DAY


def test_a_market_can_have_its_own_window_and_number_of_unlinks(workspace: Workspace, clock: StoppedClock) -> None:
    here, there = add_shop(workspace), add_shop(workspace, "Birch & Bloom", "GB", BIRCH)
    add_account(workspace)
    add_account(workspace, "birch", region="GB")
    ours, theirs = linked(workspace, here, "lumen.candles", Role.MARKETING), linked(workspace, there, "birch", Role.MARKETING)
    clock.move(8 * DAY)
    workspace.policy = with_own("GB", "marketing.link-frequency", window_days=7)
    assert workspace.links.frequency(ours).reason == "Linked 1 of 10 times in 180 days."
    assert workspace.links.frequency(theirs).reason == "Linked 0 of 10 times in 7 days."
    account = workspace.accounts.get("birch")
    assert read_situation(workspace, "request", there, Role.MARKETING, account=account).marketing_times == ()

    workspace.links.unlink(theirs.id)
    workspace.policy = with_own("GB", "official.unlink-limit", unlinks=1)
    add_account(workspace, "wax.and.wick")
    assert not workspace.links.unlink_needs_name(linked(workspace, here, "wax.and.wick").id)
    assert workspace.links.unlink_needs_name(linked(workspace, there, "birch").id)


def test_links_are_found_by_shop_and_state_newest_first(workspace: Workspace) -> None:
    shop, other = add_shop(workspace), add_shop(workspace, "Glow Home")
    for number in range(4):
        add_account(workspace, f"seller{number}")
    first = workspace.links.request("seller0", shop.code, Role.MARKETING, agreement=True)
    second = workspace.links.request("seller1", shop.code, Role.MARKETING, agreement=True)
    third = workspace.links.request("seller2", other.code, Role.MARKETING, agreement=True)
    second = workspace.links.cancel(second.id)
    find = workspace.links.find
    assert find() == (third, second, first)
    assert find(limit=2) == (third, second)
    assert find(shop=shop.code) == find(shop=shop.id) == (second, first)
    assert find(state=LinkState.AWAITING_AUTHORIZATION) == (third, first)
    assert find(shop=shop.code, state=LinkState.CANCELLED) == (second,)
    with pytest.raises(NotFound):
        find(shop="USLC999999")


def test_a_requests_code_is_unique_and_stable() -> None:
    assert authorization_code("lnk-1") == "AK53-3N"
    assert authorization_code("lnk-2") == "XSNA-4F"
