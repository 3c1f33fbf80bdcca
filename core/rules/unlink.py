"""The rules of unlinking: how long after linking, and how often."""

from datetime import datetime

from core.clock import in_words
from core.models import AccountKind, Link, LinkState, Role, Shop
from core.policy import Policy, span
from core.rules.answer import Answer, blocked, notice, passes, possible
from core.situation import Situation, same
from core.verdict import Outcome

NOT_ENTERED = "earlier unlinks not entered"


def unlink_from(link: Link, shop: Shop, policy: Policy, now: datetime) -> datetime | None:
    """Find when a link can be unlinked, by the wait at `now`; None: never linked."""
    return link.linked_at and link.linked_at + policy.span(f"{link.role}.unlink-wait", "wait_hours", shop.region, now)


def _unlink_wait(rule: str, links: list[Link], s: Situation, policy: Policy, now: datetime) -> Answer:
    """Wait for the link whose wait ends last. Setting the clock back gains nothing."""
    wait = policy.version(rule, "wait_hours", s.shop.region, now)
    waiting = [moment for link in links if (moment := unlink_from(link, s.shop, policy, now)) and now < moment]
    if waiting:
        return Answer(Outcome.WAIT, f"Unlinking {possible(s, max(waiting) - now)}.", max(waiting), wait)
    for said in policy.rules[rule].also:
        if s.shop.region in said.markets and (days := said.values.get("wait_days")):
            longer = [link.linked_at + span("wait_days", days) for link in links if link.linked_at]
            if longer and now < max(longer):
                return Answer(
                    Outcome.NOTICE, f"Expect to wait {days} days, {in_words(max(longer) - now)} more.", max(longer), said
                )
    return passes("The wait after linking is over." if links else "Nothing is linked, so there is no wait.")


def official_wait(s: Situation, policy: Policy, now: datetime) -> Answer:
    # An unlink may be entered in a record after the link that followed it at the same moment.
    asked = s.link if s.moment == "unlink" and s.link else s.official
    return _unlink_wait("official.unlink-wait", [asked] if asked else [], s, policy, now)


def marketing_wait(s: Situation, policy: Policy, now: datetime) -> Answer:
    linked = [link for link in s.shop_links if link.role == Role.MARKETING and link.state == LinkState.LINKED]
    asked = [link for link in linked if s.moment == "always" or same(link, s.link)]
    return _unlink_wait("marketing.unlink-wait", asked, s, policy, now)


def unlinks_left_at_most(used: int, shop: Shop, policy: Policy, now: datetime) -> int:
    """Count the official unlinks that a shop has left, if it used only the known ones.

    `used`: those among links.
    """
    return max(0, policy.limit("official.unlink-limit", "unlinks", shop.region, now) - used - (shop.unlinks_before or 0))


def unlinks_left(used: int, shop: Shop, policy: Policy, now: datetime) -> int | None:
    """Count the official unlinks that a shop has left; None: earlier ones were not entered."""
    at_most = unlinks_left_at_most(used, shop, policy, now)
    return at_most if shop.unlinks_before is not None or not at_most else None


def unlink_limit(s: Situation, policy: Policy, now: datetime) -> Answer:
    limit = policy.limit("official.unlink-limit", "unlinks", s.shop.region, now)
    left = unlinks_left_at_most(s.unlinks_used, s.shop, policy, now)
    known = unlinks_left(s.unlinks_used, s.shop, policy, now) is not None
    total = s.unlinks_used + (s.shop.unlinks_before or 0)
    account = s.account
    both = ""
    if account and account.kind == AccountKind.ORGANIZATION and s.account_unlinks != total:
        both = (
            f" Counted per shop, as shoplink reads it. TikTok for Business counts per organization account: "
            f"{s.account_unlinks} of {limit} used by @{account.username}."
        )
    if s.moment == "unlink":
        if not left:
            return blocked(f"This shop has used all {limit} unlinks.{both}")
        last = " An official account linked later can never be unlinked." if left == 1 else ""
        if not known:
            rest = "none will be left" if left == 1 else f"at most {left - 1} will be left"
            return notice(f"This uses an unlink: {rest}; {NOT_ENTERED}. Unlinks are never restored.{last}{both}")
        rest = f"{left - 1 or 'none'} will be left"
        return notice(f"This uses unlink {limit - left + 1} of {limit}: {rest}. Unlinks are never restored.{last}{both}")
    if s.moment == "always" and total > limit:
        return blocked(f"{total} unlinks are entered, and a shop has {limit} in total.{both}")
    if not left:
        used_up = f"All {limit} unlinks are used"
        if s.moment == "always":
            return blocked(f"{used_up}.{both}") if s.official else notice(f"{used_up}.{both}")
        return notice(f"{used_up}: an account linked now can never be unlinked.{both}")
    if s.moment == "always":
        said = f"{left} of {limit} unlinks left." if known else f"At most {left} of {limit} unlinks left: {NOT_ENTERED}."
        return passes(f"{said}{both}")
    uses = "your last unlink" if left == 1 else f"1 of your {left} unlinks"
    if not known:
        uses = f"1 of at most {left} unlinks ({NOT_ENTERED})" if left > 1 else f"what may be your last unlink ({NOT_ENTERED})"
    hours = policy.limit("official.unlink-wait", "wait_hours", s.shop.region, now)
    return notice(f"Unlinking it later uses {uses}, after a {hours}-hour wait.{both}")
