"""Every rule, at every moment it is asked: the outcome, the words, until when, and the remedy."""

from dataclasses import replace

import pytest

from core import policy, rules
from core.verdict import Outcome
from tests.core.answers import accounts, links, official
from tests.core.answers.case import Case

ANSWERS = official.ANSWERS | links.ANSWERS | accounts.ANSWERS
CASES = [(rule, case) for rule, cases in ANSWERS.items() for case in cases]


def named(number: int, rule: str, case: Case) -> str:
    """The test's name: the rule, the market, the version that decides, and the outcome."""
    market = case.situation.shop.region
    return f"{rule} {market} {policy.load().edition(rule, market, case.now)} {case.outcome} {number}"


@pytest.mark.parametrize(("rule", "case"), CASES, ids=[named(number, *entry) for number, entry in enumerate(CASES)])
def test_a_rule_answers_with_these_words(rule: str, case: Case) -> None:
    for moment in case.moments.split():
        verdict = rules.judge(rule, replace(case.situation, moment=moment), policy.load(), case.now)
        assert (moment, verdict.rule, verdict.outcome, verdict.reason) == (moment, rule, case.outcome, case.reason)
        assert verdict.until == case.until
        match case.outcome:
            case Outcome.BLOCKED | Outcome.WAIT:
                entry = policy.load().rules[rule]
                assert verdict.remedy == (entry.remedies[case.remedy] if case.remedy else entry.remedy)
            case Outcome.UNKNOWN:
                assert verdict.remedy == "Enter the missing facts, or confirm them yourself. shoplink notes who confirmed."
            case _:
                assert verdict.remedy == ""


def test_every_remedy_is_some_answer_s() -> None:
    remedies = {(rule.id, name) for rule in policy.load().rules.values() for name in rule.remedies}
    assert {(rule, case.remedy) for rule, case in CASES if case.remedy} == remedies


def test_every_rule_is_tested_at_every_moment_it_is_asked() -> None:
    asked = {(rule.id, moment) for rule in policy.load().rules.values() for moment in rule.asked}
    assert {(rule, moment) for rule, case in CASES for moment in case.moments.split()} == asked
