"""The rules that an account is in the shop's region."""

from datetime import datetime

from core.policy import Policy
from core.rules.answer import Answer, blocked, notice, passes, unknown
from core.situation import Situation
from core.verdict import Outcome


def official_match(s: Situation, policy: Policy, now: datetime) -> Answer:
    return _region_match(s)


def marketing_match(s: Situation, policy: Policy, now: datetime) -> Answer:
    required = policy.version("marketing.region-match", "required", s.shop.region, now)
    found = _region_match(s)
    if found.outcome != Outcome.PASS and not required.value:
        return notice(f"{found.reason} The page for {policy.markets[s.shop.region].name} names no region.", required)
    return found


def _region_match(s: Situation) -> Answer:
    region = s.account.region if s.account else None
    if region is None:
        return unknown("Region: not entered.")
    if region != s.shop.region:
        return blocked(f"The account's region is {region}; the shop's is {s.shop.region}.")
    return passes(f"Same region: {region}.")
