"""The catalog as it ships: its limits are those of the pages, and each version of them is asked."""

from dataclasses import asdict, replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import data
from core import policy, rules
from core.policy import Rule, Version
from core.validation import validated
from core.verdict import SURE, Certainty, Outcome
from tests.core import catalog
from tests.core.answers.facts import FACTS, OTHERS, RULES, Fact, Other
from tests.core.test_rule_answers import CASES

LAST = date(2026, 11, 23)
DAYS = st.dates(date(1970, 1, 1), date(2100, 1, 1))


def test_the_catalog_is_what_its_types_say() -> None:
    assert validated(policy.Policy, asdict(policy.load())) == policy.load()


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: " ".join(filter(None, (*fact[:2], fact.markets, fact.since))))
def test_a_limit_is_what_its_page_says(fact: Fact) -> None:
    day = date.fromisoformat(fact.since) if fact.since else date(1970, 1, 1)
    own = {market for other in FACTS if other[:2] == fact[:2] for market in other.markets.split()}
    for market in fact.markets.split() or sorted(set(policy.load().markets) - own):
        for on in (day, max(day, LAST)):
            version = policy.load().version(fact.rule, fact.name, market, on)
            assert (version.value, version.certainty, str(version.source)) == (fact.value, fact.certainty, fact.source)
        if fact.since:
            before = policy.load().version(fact.rule, fact.name, market, day - timedelta(days=1))
            assert before == policy.load().version(fact.rule, fact.name, None, day)


def test_no_limit_of_the_file_is_left_unasked() -> None:
    in_the_file = {
        (rule.id, name, " ".join(version.markets), str(version.since or ""), str(version.until or ""))
        for rule in policy.load().rules.values()
        for name, versions in rule.values.items()
        for version in versions
    }
    assert {(fact.rule, fact.name, fact.markets, fact.since, fact.until) for fact in FACTS} == in_the_file
    assert len(FACTS) == len(in_the_file)


ASKED = {(rule, case.situation.shop.region, case.now.date()) for rule, case in CASES}
VERSIONS = [
    pytest.param(rule, name, market, version, id=f"{rule.id} {name} {market or 'elsewhere'} {version.since or 'always'}")
    for rule in policy.load().rules.values()
    for name, versions in rule.values.items()
    for version in versions
    for market in version.markets or [""]
]


@pytest.mark.parametrize(("rule", "name", "market", "version"), VERSIONS)
def test_every_version_of_a_limit_is_asked_for_its_rules_answer_in_each_of_its_markets(
    rule: Rule, name: str, market: str, version: Version
) -> None:
    asked = {(region, day) for id, region, day in ASKED if id == rule.id and market in {"", region}}
    assert any(rule.version(name, region, day) is version for region, day in asked)


@pytest.mark.parametrize(("certainty", "source", "ids"), RULES, ids=[f"{entry[0]}-{entry[1]}" for entry in RULES])
def test_a_rule_is_as_sure_as_its_page(certainty: str, source: str, ids: str) -> None:
    for id in ids.split():
        rule = policy.load().rules[id]
        assert (str(rule.certainty), str(rule.source)) == (certainty, source)


def test_no_rule_of_the_file_is_left_unasked() -> None:
    asked = [rule for *_, ids in RULES for rule in ids.split()]
    assert sorted(asked) == sorted(policy.load().rules)
    assert {rule for rule, _ in CASES} == set(asked)


@pytest.mark.parametrize("other", OTHERS, ids=lambda other: f"{other.rule} {other.market or 'everywhere'} {other.words}")
def test_what_another_source_says_is_reported_in_its_market_only(other: Other) -> None:
    for market in policy.load().markets:
        told = [
            (said.certainty, str(said.source))
            for said, words in policy.load().rules[other.rule].others(market, LAST)
            if other.words in words
        ]
        assert told == ([(other.certainty, other.source)] if other.market in {"", market} else [])


def test_nothing_that_another_source_says_is_left_unasked() -> None:
    found = [(rule.id, " ".join(said.markets)) for rule in policy.load().rules.values() for said in rule.also]
    assert sorted(found) == sorted((other.rule, other.market) for other in OTHERS)


def test_every_source_is_the_source_of_something() -> None:
    told = {source for _, source, _ in RULES} | {fact.source for fact in FACTS} | {other.source for other in OTHERS}
    sources = data.load("policy.toml")["sources"].values()
    named = {f"{entry['name']}, {entry['date']}" if "date" in entry else entry["name"] for entry in sources}
    assert named == told


def test_only_the_seed_and_published_pages_stop_anything_but_good_standing() -> None:
    assert {Certainty.SEED, Certainty.PUBLISHED} == SURE
    assert [rule.id for rule in policy.load().rules.values() if rule.blocks] == ["account.good-standing"]
    for rule, case in CASES:
        for moment in case.moments.split():
            verdict = rules.judge(rule, replace(case.situation, moment=moment), policy.load(), case.now)
            assert not verdict.stops or verdict.certainty in SURE or rule == "account.good-standing"
            assert bool(verdict.source) == (verdict.certainty not in SURE)
            if verdict.source and verdict.outcome == Outcome.NOTICE:
                assert verdict.source in verdict.reason


def test_a_verdict_tells_from_when_its_version_holds() -> None:
    def edition(market: str, on: date) -> date:
        return policy.load().edition("official.unlink-wait", market, on)

    assert edition("ID", date(2025, 10, 2)) == policy.load().begins
    assert edition("ID", datetime(2025, 10, 3, tzinfo=UTC)) == date(2025, 10, 3)
    assert edition("US", LAST) == policy.load().begins


def test_a_version_begins_at_midnight_utc() -> None:
    def wait(moment: str) -> int:
        return policy.load().limit("official.unlink-wait", "wait_hours", "ID", datetime.fromisoformat(moment))

    assert wait("2025-10-02T23:59:59+00:00") == 24
    assert wait("2025-10-03T00:00:00+00:00") == 48
    assert wait("2025-10-03T06:59:00+07:00") == 24
    assert wait("2025-10-03T07:00:00+07:00") == 48


def test_what_changed_is_listed_with_its_day() -> None:
    changes = [(day, rule.id, version.value) for day, rule, _, version in policy.load().changes()]
    assert changes == [
        (date(2025, 10, 3), "official.unlink-wait", 48),
        (date(2025, 10, 3), "marketing.unlink-wait", 48),
    ]


@given(on=DAYS, market=st.sampled_from([None, *policy.load().markets]))
def test_exactly_one_version_of_every_limit_decides_on_any_day_in_any_market(on: date, market: str | None) -> None:
    for rule in policy.load().rules.values():
        for name, versions in rule.values.items():
            own = [version for version in versions if market in version.markets and version.holds(on)]
            general = [version for version in versions if not version.markets and version.holds(on)]
            assert len(own) <= 1
            assert len(general) == 1
            assert rule.version(name, market, on) == (own or general)[0]


@settings(deadline=None)  # every limit of every market, twice
@given(one=DAYS, other=DAYS)
def test_within_a_period_of_the_policy_no_limit_changes(one: date, other: date) -> None:
    def held(on: date) -> list[list[Version]]:
        found = policy.load()
        return [list(rule.at(market, on).values()) for rule in found.rules.values() for market in found.markets]

    assert (policy.load().period(one) == policy.load().period(other)) == (held(one) == held(other))


def test_the_table_in_the_readme_is_the_catalog() -> None:
    text = catalog.README.read_text(encoding="utf-8")
    assert catalog.with_table(text) == text, "write it anew: python -m tests.core.catalog"
    assert all(f"`{rule}`" in text for rule in policy.load().rules)
