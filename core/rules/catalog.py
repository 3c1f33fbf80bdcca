"""Ask the rules of the catalog: each is decided by the check with its id."""

from collections.abc import Callable
from datetime import datetime

import data
from core import policy_file
from core.policy import Policy, is_sure
from core.rules import account, link, marketing, official, organization, region, shop, unlink
from core.rules.answer import Answer, named_source, rank
from core.situation import Situation
from core.verdict import STOPPING, Outcome, Verdict

ENTER_IT = "Enter the missing facts, or confirm them yourself. shoplink notes who confirmed."
CHECK_DATE = "Check the date."

Check = Callable[[Situation, Policy, datetime], Answer]

CHECKS: dict[str, Check] = {
    "official.one-per-shop": official.one_per_shop,
    "official.one-shop": official.one_shop,
    "official.name-match": official.name_match,
    "official.name-length": official.name_length,
    "official.region-match": region.official_match,
    "marketing.region-match": region.marketing_match,
    "link.one-role-per-shop": link.one_role_per_shop,
    "official.unlink-wait": unlink.official_wait,
    "marketing.unlink-wait": unlink.marketing_wait,
    "official.unlink-limit": unlink.unlink_limit,
    "official.own-products-only": official.own_products_only,
    "official.shop-page-sync": official.shop_page_sync,
    "org.same-entity": organization.same_entity,
    "org.one-seller": organization.one_seller,
    "org.no-conversion": organization.no_conversion,
    "org.availability": organization.availability,
    "link.agreement": link.agreement,
    "link.authorization": link.authorization,
    "link.review": link.review,
    "link.who": link.who,
    "marketing.limit": marketing.slots,
    "marketing.link-frequency": marketing.link_frequency,
    "marketing.one-shop": marketing.one_shop,
    "marketing.no-probation": marketing.no_probation,
    "account.verified": account.verified,
    "account.good-standing": account.good_standing,
    "account.business-upgrade": account.business_upgrade,
    "account.username-format": account.username_format,
    "account.username-change": account.username_change,
    "shop.name": shop.name,
    "org.members": organization.members,
}
"""The check of each rule of the catalog."""


def ask(situation: Situation, policy: Policy, now: datetime) -> tuple[Verdict, ...]:
    """Evaluate every rule that applies at this moment, in the catalog's order."""
    role = (
        None
        if situation.moment in {"always", "member", "invite", "join", "state", "add", "rename", "username"}
        else situation.role
    )
    return tuple(judge(rule.id, situation, policy, now) for rule in policy.asked(situation.moment, role))


def judge(rule: str, situation: Situation, policy: Policy, now: datetime) -> Verdict:
    """Evaluate one rule, with the version in effect at `now` in the shop's market.

    Only the seed and TikTok's own pages can block or make wait: a reported or disputed rule becomes a notice that
    names its source. An unknown fact that a person confirmed for this link becomes a notice too, and so does a no that
    depends on a fact from after `now`.
    """
    entry = policy.rules[rule]
    outcome, reason, until, rests_on, helps = CHECKS[rule](situation, policy, now)
    less_sure = rests_on if rests_on and rank(rests_on.certainty) > rank(entry.certainty) else entry
    stops = outcome in STOPPING
    if not is_sure(less_sure.certainty) and not entry.blocks:
        if stops:
            outcome = Outcome.NOTICE
        if outcome == Outcome.NOTICE:
            reason = f"{reason} {named_source(less_sure.certainty, less_sure.source)}"
    if outcome in {Outcome.BLOCKED, Outcome.WAIT} and situation.newer.intersection(entry.facts):
        outcome, reason = Outcome.NOTICE, f"{reason} That was entered for a later time."
    if outcome == Outcome.UNKNOWN and situation.link and rule in situation.link.confirmed:
        outcome, reason = Outcome.NOTICE, f"{reason} {situation.link.requested_by} confirmed it with the request."
    wait = CHECK_DATE if situation.is_past else entry.remedy
    usual = entry.remedies[helps] if helps else entry.remedy
    remedy = {Outcome.BLOCKED: usual, Outcome.WAIT: wait, Outcome.UNKNOWN: ENTER_IT}.get(outcome, "")
    return Verdict(
        rule=rule,
        outcome=outcome,
        reason=reason,
        remedy=remedy,
        until=until,
        notice=entry.notice,
        certainty=less_sure.certainty,
        source="" if is_sure(less_sure.certainty) else less_sure.source.name,
        policy=policy.edition(rule, situation.shop.region, now),
    )


def check_catalog() -> None:
    """Check the policy file. Raises InvalidInput that names each mistake by line."""
    policy_file.check(data.text("policy.toml"), data.text("markets.toml"), CHECKS)
