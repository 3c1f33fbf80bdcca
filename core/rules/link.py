"""The rules of a link of either role: agreement, authorization, review, who may change it."""

from datetime import datetime

from core.models import AccountKind, LinkState, Role
from core.policy import Policy
from core.rules.answer import Answer, blocked, notice, passes
from core.situation import Situation, same


def one_role_per_shop(s: Situation, policy: Policy, now: datetime) -> Answer:
    here = [link for link in s.account_links if link.shop == s.shop.id and not same(link, s.link)]
    if not here:
        return passes("The account has no other role at this shop.")
    official, linked = here[0].role == Role.OFFICIAL, here[0].state == LinkState.LINKED
    verb = "is" if linked else "is requested as" if official else "is invited as"
    already = " already" if here[0].role == s.role else ""
    return blocked(f"The account {verb} {'the official' if official else 'a marketing'} account of this shop{already}.")


def agreement(s: Situation, policy: Policy, now: datetime) -> Answer:
    if s.agreement is None:
        return notice("You will be asked to read and accept the agreement.")
    return passes("The agreement is accepted.") if s.agreement else blocked("The agreement is not accepted.")


def links_at_once(s: Situation) -> bool:
    """Check whether a request is linked at once, as for the seller's own organization account, of the same legal entity."""
    if s.account is None or s.account.kind != AccountKind.ORGANIZATION or "kind" in s.newer:
        return False
    entity = None if "entity" in s.newer else s.account.entity
    is_own = s.owner == s.shop.seller and (entity is None or entity.same_as(s.seller.entity))
    return is_own and s.role == Role.OFFICIAL


def authorization(s: Situation, policy: Policy, now: datetime) -> Answer:
    if s.moment == "submit":
        if s.link and s.link.authorized_at:
            return passes("The account's holder has authorized the link.")
        return blocked("The account's holder has not authorized the link.")
    hours = policy.version("link.authorization", "answer_hours", s.shop.region, now)
    if s.moment == "accept":
        if s.link and s.link.authorize_by and now >= s.link.authorize_by:
            # The hours are only reported, so that this is a notice. In practice a request has expired by then.
            return blocked(f"The {hours.value} hours to accept were over.", hours)
        return passes("The account's holder accepts in time.")
    if links_at_once(s):
        return notice(
            "Linked at once: your own organization account needs no authorization. One summary on TikTok's page asks for it.",
            *policy.rules["link.authorization"].also[:1],
        )
    return notice(f"The holder has {hours.value} hours to accept in TikTok.", hours)


def review(s: Situation, policy: Policy, now: datetime) -> Answer:
    if s.moment == "approve":
        if s.link and s.link.state == LinkState.IN_REVIEW:
            return passes("The request is in review.")
        return blocked("The request is not in review.")
    if links_at_once(s):
        return notice("No review: it is your own organization account.")
    return notice("Then TikTok reviews it. TikTok doesn't say how long that takes.")


def who(s: Situation, policy: Policy, now: datetime) -> Answer:
    if policy.version("link.who", "owner_only", s.shop.region, now).value:
        return notice("Only the shop's owner can change linked accounts in Seller Center. Ask the owner to do it.")
    return passes("No page limits this to the shop's owner in this market.")
