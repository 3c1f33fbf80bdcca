"""The catalog and the checks: one to one, each with its source, its limits from data."""

import copy
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

import data
from core import policy, rules
from core.clock import from_ms
from core.models import AccountKind, Entity, LinkState, Probation, Role, Standing
from core.situation import Situation
from core.verdict import Moment, Outcome
from tests.core.situations import ACCOUNT, FITS, SHOP, account, link, linked_before, marketing, member, with_own
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
    "org.availability",
    "account.username-change",
    "shop.name",
    "link.who",
    "marketing.one-shop",
}


def outcome(rule: str, situation: Situation, now: datetime = NOW) -> Outcome:
    return rules.judge(rule, situation, policy.load(), now).outcome


def test_catalog_and_checks_match_one_to_one() -> None:
    assert set(policy.load().rules) == set(rules.CHECKS) == RULES


@pytest.mark.parametrize("rule", sorted(RULES))
def test_every_rule_has_its_words_its_source_and_is_asked_somewhere(rule: str) -> None:
    entry = policy.load().rules[rule]
    assert entry.asked
    assert entry.source.name
    assert "{" not in entry.stated("US", NOW)
    assert entry.title
    assert entry.remedy


def test_a_fitting_account_passes_every_rule_in_both_roles() -> None:
    for role in Role:
        verdicts = rules.ask(replace(FITS, role=role), policy.load(), NOW)
        assert {verdict.outcome for verdict in verdicts} == {Outcome.PASS, Outcome.NOTICE}


ANOTHER_ENTITY = Entity(registration_number="1", country="GB")
ORGANIZATION = {"kind": AccountKind.ORGANIZATION, "entity": LUMEN}
FULL = marketing(4)
TIMES = linked_before(10)

CASES = [
    ("official.one-per-shop", replace(FITS, shop_links=(link(),)), Outcome.BLOCKED),
    ("official.one-per-shop", replace(FITS, shop_links=(link(state=LinkState.IN_REVIEW),)), Outcome.BLOCKED),
    ("official.one-per-shop", replace(FITS, shop_links=(link(),), link=link()), Outcome.PASS),
    ("official.one-shop", replace(FITS, account_links=(link(shop="shp-2"),)), Outcome.BLOCKED),
    ("official.one-shop", replace(FITS, account_links=(link(shop="shp-2", role=Role.MARKETING),)), Outcome.PASS),
    ("official.name-match", FITS, Outcome.NOTICE),
    ("official.name-match", account(nickname=SHOP.name), Outcome.PASS),
    ("official.name-match", replace(FITS, moment="always", shop_links=(link(),)), Outcome.BLOCKED),
    ("official.name-length", replace(FITS, shop=replace(SHOP, name="L" * 30)), Outcome.PASS),
    ("official.name-length", replace(FITS, shop=replace(SHOP, name="L" * 31)), Outcome.NOTICE),
    ("official.name-length", replace(FITS, moment="rename", name="L" * 31), Outcome.NOTICE),
    ("official.name-length", replace(FITS, moment="rename", name="L" * 31, shop_links=(link(),)), Outcome.NOTICE),
    ("official.region-match", account(region="GB"), Outcome.BLOCKED),
    ("official.region-match", account(region=None), Outcome.UNKNOWN),
    ("marketing.region-match", account(region="GB"), Outcome.BLOCKED),
    ("link.one-role-per-shop", replace(FITS, account_links=(link(),)), Outcome.BLOCKED),
    ("link.one-role-per-shop", replace(FITS, account_links=(link(),), link=link()), Outcome.PASS),
    ("org.same-entity", account(**ORGANIZATION), Outcome.PASS),
    ("org.same-entity", account(kind=AccountKind.ORGANIZATION, entity=ANOTHER_ENTITY), Outcome.BLOCKED),
    ("org.same-entity", account(kind=AccountKind.ORGANIZATION), Outcome.UNKNOWN),
    ("org.same-entity", account(kind=None), Outcome.UNKNOWN),
    ("org.one-seller", replace(account(**ORGANIZATION), owner="sel-1"), Outcome.PASS),
    ("org.one-seller", replace(account(**ORGANIZATION), owner="sel-2"), Outcome.BLOCKED),
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
    (
        "marketing.no-probation",
        replace(FITS, shop=replace(SHOP, probation=Probation.ACTIVE, probation_until=NOW + MS)),
        Outcome.NOTICE,
    ),
    ("marketing.no-probation", replace(FITS, shop=replace(SHOP, probation=Probation.ACTIVE, probation_until=NOW)), Outcome.PASS),
    ("account.verified", account(identity_verified=False), Outcome.BLOCKED),
    ("account.verified", account(identity_verified=None), Outcome.UNKNOWN),
    ("account.good-standing", account(standing=Standing.BANNED), Outcome.BLOCKED),
    ("account.good-standing", account(standing=None), Outcome.UNKNOWN),
    ("account.good-standing", account(holder_is_adult=False, standing=None), Outcome.BLOCKED),
    ("account.good-standing", account(holder_is_adult=None), Outcome.UNKNOWN),
    ("account.business-upgrade", FITS, Outcome.NOTICE),
    ("account.business-upgrade", account(kind=AccountKind.BUSINESS), Outcome.PASS),
    ("account.username-format", replace(FITS, username="a"), Outcome.NOTICE),
    ("account.username-format", replace(FITS, username="ab"), Outcome.PASS),
    ("account.username-format", replace(FITS, username="x" * 24), Outcome.PASS),
    ("account.username-format", replace(FITS, username="x" * 25), Outcome.NOTICE),
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
    own = with_own("US", "marketing.limit", accounts=5)
    situation = replace(FITS, shop_links=FULL)
    assert rules.judge("marketing.limit", situation, own, NOW).outcome == Outcome.PASS
    elsewhere = replace(situation, shop=replace(SHOP, region="GB"))
    assert rules.judge("marketing.limit", elsewhere, own, NOW).outcome == Outcome.BLOCKED


TEAM = replace(account(**ORGANIZATION), members=(member(1), member(2)), member=member(1))
OWN_LIMITS = [
    ("official.name-length", {"nickname_max_length": 16}, "request", FITS, Outcome.PASS, "16 of 16 characters"),
    ("official.name-length", {"nickname_max_length": 15}, "request", FITS, Outcome.NOTICE, "at most 15"),
    ("official.unlink-wait", {"wait_hours": 1}, "unlink", replace(FITS, shop_links=(link(),)), Outcome.WAIT, "in 1 h."),
    ("marketing.unlink-wait", {"wait_hours": 1}, "always", replace(FITS, shop_links=FULL), Outcome.WAIT, "in 1 h."),
    ("official.unlink-limit", {"unlinks": 5}, "unlink", replace(FITS, unlinks_used=3), Outcome.NOTICE, "unlink 4 of 5"),
    ("link.authorization", {"answer_hours": 72}, "request", FITS, Outcome.NOTICE, "72 hours"),
    ("marketing.limit", {"accounts": 3}, "request", replace(FITS, shop_links=FULL[:3]), Outcome.BLOCKED, "All 3"),
    ("marketing.link-frequency", {"links": 11}, "request", replace(FITS, marketing_times=TIMES), Outcome.PASS, "10 of 11"),
    ("marketing.link-frequency", {"window_days": 5}, "request", replace(FITS, marketing_times=TIMES), Outcome.PASS, "4 of 10"),
    ("account.username-format", {"min_length": 14}, "create", FITS, Outcome.NOTICE, "14 to 24"),
    ("account.username-format", {"max_length": 12}, "create", FITS, Outcome.NOTICE, "2 to 12"),
    ("org.members", {"invitation_hours": 48}, "invite", TEAM, Outcome.NOTICE, "48 hours"),
    (
        "official.name-match",
        {"nickname_days": 9},
        "rename",
        replace(FITS, name="New", shop_links=(link(),)),
        Outcome.NOTICE,
        "9 days",
    ),
    (
        "org.no-conversion",
        {"trial_days": 20},
        "state",
        replace(FITS, kind=AccountKind.ORGANIZATION),
        Outcome.BLOCKED,
        "20-day trial",
    ),
    ("account.username-change", {"change_days": 60}, "username", FITS, Outcome.NOTICE, "60 days"),
    ("shop.name", {"max_length": 15}, "rename", replace(FITS, name="L" * 16), Outcome.NOTICE, "at most 15"),
    ("org.members", {"admins_at_least": 2}, "member", TEAM, Outcome.BLOCKED, "last admin"),
]


@pytest.mark.parametrize(("rule", "limits", "moment", "situation", "outcome", "said"), OWN_LIMITS)
def test_every_limit_is_the_markets_own_where_it_has_one(
    rule: str, limits: dict[str, int], moment: Moment, situation: Situation, outcome: Outcome, said: str
) -> None:
    asked = replace(situation, moment=moment)
    here = rules.judge(rule, asked, with_own("US", rule, **limits), NOW)
    assert here.outcome == outcome
    assert said in here.reason
    elsewhere = with_own("GB", rule, **limits)
    assert rules.judge(rule, asked, elsewhere, NOW) == rules.judge(rule, asked, policy.load(), NOW)


def test_every_limit_of_the_catalog_is_tried_in_a_market_of_its_own() -> None:
    limits = {
        (rule.id, name)
        for rule in policy.load().rules.values()
        for name, versions in rule.values.items()
        if not isinstance(versions[0].value, bool | tuple)
    }
    assert {(rule, name) for rule, limits, *_ in OWN_LIMITS for name in limits} == limits


@pytest.mark.parametrize("role", list(Role))
def test_a_link_that_stood_can_be_unlinked_from_the_end_of_its_roles_wait(role: Role) -> None:
    own = with_own("US", f"{role}.unlink-wait", wait_hours=1)
    assert rules.unlink_from(link(role=role), SHOP, own, NOW) == NOW + timedelta(hours=1)
    assert rules.unlink_from(link(role=role), replace(SHOP, region="GB"), own, NOW) == NOW + DAY
    assert rules.unlink_from(link(role=role, linked_at=None), SHOP, own, NOW) is None


def test_a_standing_link_without_its_moment_waits_for_nothing() -> None:
    situation = replace(FITS, moment="always", shop_links=(link(linked_at=None),))
    assert outcome("official.unlink-wait", situation) == Outcome.PASS


def test_the_unlinks_that_are_left_are_never_fewer_than_none() -> None:
    assert [rules.unlinks_left(used, SHOP, policy.load(), NOW) for used in range(5)] == [3, 2, 1, 0, 0]
    assert rules.unlinks_left(1, SHOP, with_own("US", "official.unlink-limit", unlinks=5), NOW) == 4


def test_a_probation_period_ends_at_its_moment_and_is_none_from_then_on() -> None:
    shop = replace(SHOP, probation=Probation.ACTIVE, probation_until=NOW)
    assert (rules.probation(SHOP, NOW), rules.probation_end(SHOP, NOW)) == (None, None)
    assert (rules.probation_end(shop, NOW - MS), rules.probation_end(shop, NOW)) == (NOW, None)
    assert (rules.probation(shop, NOW - MS), rules.probation(shop, NOW)) == (Probation.ACTIVE, Probation.OVER)


@pytest.mark.parametrize("moment", ["always", "member", "invite", "state", "add", "rename", "username"])
def test_what_is_not_about_one_link_is_asked_of_the_rules_of_both_roles(moment: Moment) -> None:
    raw = copy.deepcopy(data.load("policy.toml"))
    for rule in raw["rules"].values():
        rule["asked"] = [moment]
    both = policy.parse(raw, data.load("markets.toml"))
    for role in Role:
        verdicts = rules.ask(replace(FITS, moment=moment, role=role), both, NOW)
        assert [verdict.rule for verdict in verdicts] == list(both.rules)


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("moment", ["request", "create", "submit", "accept", "approve", "unlink"])
def test_what_is_about_one_link_is_asked_of_its_roles_rules_in_the_catalogs_order(role: Role, moment: Moment) -> None:
    catalog = policy.load().rules.values()
    asked = [rule.id for rule in catalog if moment in rule.asked and role in rule.roles]
    verdicts = rules.ask(replace(FITS, moment=moment, role=role), policy.load(), NOW)
    assert [verdict.rule for verdict in verdicts] == asked


@pytest.mark.parametrize("confirmed", [(), ("account.verified",)])
def test_an_unknown_fact_stops_a_link_for_which_nobody_confirmed_it(confirmed: tuple[str, ...]) -> None:
    situation = replace(account(region=None), moment="approve", link=link(confirmed=confirmed))
    assert rules.judge("official.region-match", situation, policy.load(), NOW).outcome == Outcome.UNKNOWN


def test_what_is_known_to_be_wrong_stops_a_link_for_which_it_was_confirmed() -> None:
    situation = replace(account(region="GB"), moment="approve", link=link(confirmed=("official.region-match",)))
    assert rules.judge("official.region-match", situation, policy.load(), NOW).outcome == Outcome.BLOCKED


def test_a_confirmed_unknown_is_a_notice_that_names_who_confirmed_it() -> None:
    confirmed = link(state=LinkState.IN_REVIEW, confirmed=("official.region-match",))
    situation = replace(FITS, moment="approve", account=replace(ACCOUNT, region=None), link=confirmed)
    verdict = rules.judge("official.region-match", situation, policy.load(), NOW)
    assert verdict.outcome == Outcome.NOTICE
    assert "maya confirmed it" in verdict.reason
    assert verdict.rule == "official.region-match"
    assert verdict.reason == "Region: not entered. maya confirmed it with the request."
    assert verdict.remedy == ""


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
