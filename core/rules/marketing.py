"""The rules of marketing accounts: how many, how often, one shop, probation."""

from datetime import datetime
from operator import itemgetter

from core.clock import in_words
from core.models import LinkState, Probation, Role, Shop
from core.policy import Policy
from core.rules.answer import Answer, blocked, notice, passes, possible, unknown
from core.situation import Situation, same
from core.verdict import Outcome


def slots(s: Situation, policy: Policy, now: datetime) -> Answer:
    limit = policy.limit("marketing.limit", "accounts", s.shop.region, now)
    if s.moment == "unlink":
        counted = "Unlinks are counted for the official account only."
        return notice(f"The account no longer sells for this shop, and its slot is free. {counted}")
    if s.moment == "always":
        return _standing(s, limit)
    used = len(s.others(Role.MARKETING))
    if used >= limit:
        return blocked(f"All {limit} slots are taken.")
    return passes(f"{used} of {limit} slots are taken.")


def _standing(s: Situation, limit: int) -> Answer:
    """Block each account linked when all slots were taken; without one, the shop that has it. Only a record can."""
    marketing = [link for link in s.shop_links if link.role == Role.MARKETING]
    linked = [(link.linked_at, link.requested_at or link.linked_at, link) for link in marketing if link.linked_at]
    beyond = [link for *_, link in sorted(linked, key=itemgetter(0, 1))[limit:]]
    if beyond and (s.link is None or any(same(link, s.link) for link in beyond)):
        return blocked(f"{len(linked)} marketing accounts are linked; the shop has {limit} slots.")
    return passes(f"{len(marketing)} of {limit} slots are taken.")


def link_frequency(s: Situation, policy: Policy, now: datetime) -> Answer:
    limit = policy.version("marketing.link-frequency", "links", s.shop.region, now)
    links = policy.limit("marketing.link-frequency", "links", s.shop.region, now)
    window = policy.span("marketing.link-frequency", "window_days", s.shop.region, now)
    recent = [moment for moment in s.marketing_times if moment > now - window]
    count = f"Linked {len(recent)} of {links} times in {window.days} days."
    if len(recent) < links:
        return passes(count, limit)
    free = recent[-links] + window
    return Answer(Outcome.WAIT, f"{count} The next {possible(s, free - now)}.", free, limit)


def one_shop(s: Situation, policy: Policy, now: datetime) -> Answer:
    elsewhere = [link for link in s.account_links if link.role == Role.MARKETING and link.shop != s.shop.id]
    if elsewhere:
        state = "is a marketing account of" if elsewhere[0].state == LinkState.LINKED else "is invited as a marketing account by"
        return blocked(f"The account {state} another shop. Expect TikTok to allow one shop at a time.")
    return passes("Not another shop's marketing account in this record.")


def probation(shop: Shop, now: datetime) -> Probation | None:
    """Work out whether the shop is in its probation period; None: unknown."""
    if shop.probation_until and shop.probation_until <= now:
        return Probation.OVER
    return shop.probation


def probation_end(shop: Shop, now: datetime) -> datetime | None:
    """Find when the shop's probation period ends; None if unknown or over."""
    return shop.probation_until if probation(shop, now) == Probation.ACTIVE else None


def no_probation(s: Situation, policy: Policy, now: datetime) -> Answer:
    state = probation(s.shop, now)
    if state == Probation.OVER:
        return passes("The shop's probation period is over.")
    both = "During probation, one source allows no marketing account and another allows one."
    if state is None:
        return unknown(f"Probation: not entered. {both}")
    until = probation_end(s.shop, now)
    ends = f" It ends in {in_words(until - now)}." if until else ""
    return Answer(Outcome.BLOCKED, f"The shop is in its probation period.{ends} {both}", until)
