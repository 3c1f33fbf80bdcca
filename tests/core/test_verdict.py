"""The order in which verdicts are read."""

from core import policy
from core.verdict import Notice, Outcome, Verdict, by_notice, in_reading_order


def verdict(rule: str, outcome: Outcome, notice: Notice = Notice.KNOW) -> Verdict:
    return Verdict(rule=rule, outcome=outcome, reason="Why.", notice=notice)


KNOW, CHANGE = verdict("know", Outcome.NOTICE), verdict("change", Outcome.NOTICE, Notice.CHANGE)
FOREVER, ALSO = (verdict(rule, Outcome.NOTICE, Notice.IRREVERSIBLE) for rule in ("forever", "also"))
PASS, WAIT = verdict("pass", Outcome.PASS, Notice.IRREVERSIBLE), verdict("wait", Outcome.WAIT, Notice.CHANGE)


def test_notices_are_grouped_by_what_they_are_about() -> None:
    grouped = by_notice([KNOW, FOREVER, PASS, WAIT, ALSO])
    assert list(grouped.items()) == [(Notice.IRREVERSIBLE, [FOREVER, ALSO]), (Notice.KNOW, [KNOW])]


def test_what_stops_is_read_first_and_what_passes_last() -> None:
    assert in_reading_order([PASS, KNOW, CHANGE, FOREVER, WAIT, ALSO]) == [WAIT, FOREVER, ALSO, CHANGE, KNOW, PASS]


def test_only_what_nobody_can_take_back_is_irreversible() -> None:
    found = {rule.id for rule in policy.load().rules.values() if rule.notice == Notice.IRREVERSIBLE}
    assert found == {"official.unlink-limit", "account.business-upgrade"}
