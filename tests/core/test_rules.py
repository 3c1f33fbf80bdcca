"""The catalogue and the checks: one to one, each with its source, its limits from data."""

import copy
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

import data
from core import policy, rules
from core.clock import from_ms
from core.models import Account, AccountKind, Entity, Link, LinkState, Outcome, Role, Seller, Shop, Standing
from core.situation import Situation
from tests.support import DAY, LUMEN, MS, NOW

RULES = {
    "official.one-per-shop",
    "official.one-shop",
    "official.name-match",
    "official.name-length",
    "official.region-match",
    "link.one-role-per-shop",
    "official.unlink-wait",
    "official.unlink-limit",
    "official.own-products-only",
    "official.shop-page-sync",
    "org.same-entity",
    "org.one-seller",
    "org.no-conversion",
    "link.agreement",
    "link.authorization",
    "link.review",
    "marketing.limit",
    "marketing.region-match",
    "marketing.unlink-wait",
    "marketing.link-frequency",
    "marketing.no-probation",
    "account.verified",
    "account.good-standing",
    "account.business-upgrade",
    "account.username-format",
    "org.members",
}

SHOP = Shop(id="shp-1", code="USLC000001", name="Lumen Candle Co.", region="US", seller="sel-1")
SELLER = Seller(id="sel-1", entity=LUMEN)
ACCOUNT = Account(
    username="lumen.candles",
    nickname="Lumen",
    kind=AccountKind.PERSONAL,
    region="US",
    identity_verified=True,
    standing=Standing.GOOD,
    holder_is_adult=True,
)
FITS = Situation(moment="request", shop=SHOP, seller=SELLER, account=ACCOUNT, username="lumen.candles", agreement=True)


def link(id: str = "lnk-1", **facts: object) -> Link:
    given = {
        "shop": "shp-1",
        "account": "other.one",
        "role": Role.OFFICIAL,
        "state": LinkState.LINKED,
        "requested_at": NOW - DAY,
        "requested_by": "maya",
        "linked_at": NOW,
    }
    return Link(id=id, **{**given, **facts})


def outcome(rule: str, situation: Situation, now: datetime = NOW) -> Outcome:
    return rules.judge(rule, situation, policy.load(), now).outcome


def account(**facts: object) -> Situation:
    return replace(FITS, account=ACCOUNT.model_copy(update=facts))


def test_catalogue_and_checks_match_one_to_one() -> None:
    assert set(policy.load().rules) == set(rules.CHECKS) == RULES


@pytest.mark.parametrize("rule", sorted(RULES))
def test_every_rule_has_its_words_its_source_and_is_asked_somewhere(rule: str) -> None:
    entry = policy.load().rules[rule]
    assert entry.asked
    assert entry.source.name
    assert entry.source.date
    assert "{" not in entry.stated("US")
    assert entry.title
    assert entry.remedy


def test_a_fitting_account_passes_every_rule_in_both_roles() -> None:
    for role in Role:
        verdicts = rules.ask(replace(FITS, role=role), policy.load(), NOW)
        assert {verdict.outcome for verdict in verdicts} == {Outcome.PASS, Outcome.NOTICE}


ANOTHER_ENTITY = Entity(registration_number="1", country="GB")
ORGANIZATION = {"kind": AccountKind.ORGANIZATION, "entity": LUMEN}
FULL = tuple(link(f"lnk-{number}", role=Role.MARKETING, slot=number) for number in range(1, 5))
TIMES = tuple(NOW - number * DAY for number in range(10, 0, -1))

CASES = [
    ("official.one-per-shop", replace(FITS, shop_links=(link(),)), Outcome.BLOCKED),
    ("official.one-per-shop", replace(FITS, shop_links=(link(state=LinkState.IN_REVIEW),)), Outcome.BLOCKED),
    ("official.one-per-shop", replace(FITS, shop_links=(link(),), link=link()), Outcome.PASS),
    ("official.one-shop", replace(FITS, account_links=(link(shop="shp-2"),)), Outcome.BLOCKED),
    ("official.one-shop", replace(FITS, account_links=(link(shop="shp-2", role=Role.MARKETING),)), Outcome.PASS),
    ("official.name-match", FITS, Outcome.NOTICE),
    ("official.name-match", account(nickname=SHOP.name), Outcome.PASS),
    ("official.name-match", replace(FITS, moment="always", shop_links=(link(),)), Outcome.BLOCKED),
    ("official.name-length", replace(FITS, shop=SHOP.model_copy(update={"name": "L" * 30})), Outcome.PASS),
    ("official.name-length", replace(FITS, shop=SHOP.model_copy(update={"name": "L" * 31})), Outcome.BLOCKED),
    ("official.name-length", replace(FITS, moment="rename", name="L" * 31), Outcome.NOTICE),
    ("official.name-length", replace(FITS, moment="rename", name="L" * 31, shop_links=(link(),)), Outcome.BLOCKED),
    ("official.region-match", account(region="GB"), Outcome.BLOCKED),
    ("official.region-match", account(region=None), Outcome.UNKNOWN),
    ("marketing.region-match", account(region="GB"), Outcome.BLOCKED),
    ("link.one-role-per-shop", replace(FITS, account_links=(link(),)), Outcome.BLOCKED),
    ("link.one-role-per-shop", replace(FITS, account_links=(link(),), link=link()), Outcome.PASS),
    ("org.same-entity", account(**ORGANIZATION), Outcome.PASS),
    ("org.same-entity", account(kind=AccountKind.ORGANIZATION, entity=ANOTHER_ENTITY), Outcome.BLOCKED),
    ("org.same-entity", account(kind=AccountKind.ORGANIZATION), Outcome.UNKNOWN),
    ("org.same-entity", account(kind=None), Outcome.UNKNOWN),
    ("org.one-seller", account(**ORGANIZATION, seller="sel-1"), Outcome.PASS),
    ("org.one-seller", account(**ORGANIZATION, seller="sel-2"), Outcome.BLOCKED),
    ("org.no-conversion", replace(FITS, moment="state", kind=AccountKind.ORGANIZATION), Outcome.BLOCKED),
    ("org.no-conversion", replace(FITS, moment="state", kind=None), Outcome.PASS),
    ("link.agreement", replace(FITS, agreement=False), Outcome.BLOCKED),
    ("link.agreement", replace(FITS, agreement=None), Outcome.NOTICE),
    ("link.authorization", replace(FITS, moment="submit", link=link()), Outcome.BLOCKED),
    ("link.authorization", replace(FITS, moment="submit", link=link(authorized_at=NOW)), Outcome.PASS),
    ("link.review", replace(FITS, moment="approve", link=link()), Outcome.BLOCKED),
    ("link.review", replace(FITS, moment="approve", link=link(state=LinkState.IN_REVIEW)), Outcome.PASS),
    ("marketing.limit", replace(FITS, shop_links=FULL[:3]), Outcome.PASS),
    ("marketing.limit", replace(FITS, shop_links=FULL), Outcome.BLOCKED),
    ("marketing.link-frequency", replace(FITS, marketing_times=TIMES[:9]), Outcome.PASS),
    ("marketing.link-frequency", replace(FITS, marketing_times=TIMES), Outcome.WAIT),
    ("marketing.no-probation", replace(FITS, shop=SHOP.model_copy(update={"probation_until": NOW + MS})), Outcome.WAIT),
    ("marketing.no-probation", replace(FITS, shop=SHOP.model_copy(update={"probation_until": NOW})), Outcome.PASS),
    ("account.verified", account(identity_verified=False), Outcome.BLOCKED),
    ("account.verified", account(identity_verified=None), Outcome.UNKNOWN),
    ("account.good-standing", account(standing=Standing.BANNED), Outcome.BLOCKED),
    ("account.good-standing", account(standing=None), Outcome.UNKNOWN),
    ("account.good-standing", account(holder_is_adult=False, standing=None), Outcome.BLOCKED),
    ("account.good-standing", account(holder_is_adult=None), Outcome.UNKNOWN),
    ("account.business-upgrade", FITS, Outcome.NOTICE),
    ("account.business-upgrade", account(kind=AccountKind.BUSINESS), Outcome.PASS),
    ("account.username-format", replace(FITS, username="a"), Outcome.BLOCKED),
    ("account.username-format", replace(FITS, username="ab"), Outcome.PASS),
    ("account.username-format", replace(FITS, username="x" * 24), Outcome.PASS),
    ("account.username-format", replace(FITS, username="x" * 25), Outcome.BLOCKED),
    ("account.username-format", replace(FITS, username="ends."), Outcome.BLOCKED),
    ("account.username-format", replace(FITS, username="lumen", username_taken=True), Outcome.BLOCKED),
    ("official.unlink-limit", replace(FITS, moment="unlink", unlinks_used=2), Outcome.NOTICE),
    ("official.unlink-limit", replace(FITS, moment="unlink", unlinks_used=3), Outcome.BLOCKED),
    ("org.members", replace(FITS, moment="invite"), Outcome.BLOCKED),
    ("org.members", replace(account(**ORGANIZATION), moment="invite"), Outcome.NOTICE),
]


@pytest.mark.parametrize(
    ("rule", "situation", "expected"), CASES, ids=[f"{case[0]}-{case[2]}-{i}" for i, case in enumerate(CASES)]
)
def test_a_rule_answers(rule: str, situation: Situation, expected: Outcome) -> None:
    assert outcome(rule, situation) == expected


def test_a_market_may_have_its_own_limit() -> None:
    raw = copy.deepcopy(data.load("policy.toml"))
    raw["rules"]["marketing.limit"]["markets"] = {"US": {"accounts": 5}}
    own = policy.parse(raw, data.load("markets.toml"))
    situation = replace(FITS, shop_links=FULL)
    assert rules.judge("marketing.limit", situation, own, NOW).outcome == Outcome.PASS
    elsewhere = replace(situation, shop=SHOP.model_copy(update={"region": "GB"}))
    assert rules.judge("marketing.limit", elsewhere, own, NOW).outcome == Outcome.BLOCKED


def test_a_confirmed_unknown_is_a_notice_that_names_who_confirmed_it() -> None:
    confirmed = link(state=LinkState.IN_REVIEW, confirmed=("official.region-match",))
    situation = replace(FITS, moment="approve", account=ACCOUNT.model_copy(update={"region": None}), link=confirmed)
    verdict = rules.judge("official.region-match", situation, policy.load(), NOW)
    assert verdict.outcome == Outcome.NOTICE
    assert "maya confirmed it" in verdict.reason


moments = st.integers(0, 7 * 10**12).map(from_ms)


@given(linked_at=moments, now=moments)
def test_no_clock_makes_the_unlink_wait_shorter_than_24_hours(linked_at: datetime, now: datetime) -> None:
    situation = replace(FITS, moment="unlink", shop_links=(link(linked_at=linked_at),))
    verdict = rules.judge("official.unlink-wait", situation, policy.load(), now)
    assert (verdict.outcome == Outcome.PASS) == (now - linked_at >= timedelta(hours=24))
    assert verdict.until == (None if verdict.outcome == Outcome.PASS else linked_at + timedelta(hours=24))


@given(times=st.lists(moments, max_size=30), now=moments)
def test_the_link_frequency_waits_exactly_until_fewer_than_ten_are_in_the_window(times: list[datetime], now: datetime) -> None:
    past = tuple(sorted(moment for moment in times if moment <= now))
    situation = replace(FITS, marketing_times=past)
    verdict = rules.judge("marketing.link-frequency", situation, policy.load(), now)
    window = timedelta(days=180)
    assert (verdict.outcome == Outcome.PASS) == (sum(moment > now - window for moment in past) < 10)
    if verdict.until:
        assert rules.judge("marketing.link-frequency", situation, policy.load(), verdict.until).outcome == Outcome.PASS
        assert rules.judge("marketing.link-frequency", situation, policy.load(), verdict.until - MS).outcome == Outcome.WAIT
