"""One small pure function per rule of the catalogue: (situation, policy, now) -> what it answers.

Nothing here reads a store or a clock. `ask` puts every rule that applies at a moment to a situation; the words that
stay the same (title, statement, remedy, source) stand in data/policy.toml.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from core.clock import in_words
from core.models import AccountKind, Link, LinkState, MemberRole, MemberState, Role, Shop, Standing
from core.plurals import count_of
from core.policy import Policy
from core.situation import Situation, same
from core.verdict import Outcome, Verdict


class Answer(NamedTuple):
    outcome: Outcome
    reason: str
    until: datetime | None = None


Check = Callable[[Situation, Policy, datetime], Answer]

STATE_IT = "State the fact (shoplink add-account), or confirm it yourself when you ask for the link (--confirm-unknown)."


def ask(situation: Situation, policy: Policy, now: datetime) -> tuple[Verdict, ...]:
    """What every rule that is asked at this moment answers, in the catalogue's order."""
    role = None if situation.moment in {"always", "member", "invite", "state", "rename"} else situation.role
    return tuple(judge(rule.id, situation, policy, now) for rule in policy.asked(situation.moment, role))


def judge(rule: str, situation: Situation, policy: Policy, now: datetime) -> Verdict:
    """What one rule answers. A fact that is unknown but was confirmed by a person for this link is a notice."""
    outcome, reason, until = CHECKS[rule](situation, policy, now)
    if outcome == Outcome.UNKNOWN and situation.link and rule in situation.link.confirmed:
        return Verdict(
            rule=rule, outcome=Outcome.NOTICE, reason=f"{reason} {situation.link.requested_by} confirmed it at the request."
        )
    verdict = Verdict(rule=rule, outcome=outcome, reason=reason, until=until)
    if not verdict.stops:
        return verdict
    remedy = STATE_IT if outcome == Outcome.UNKNOWN else policy.rules[rule].remedy
    return replace(verdict, remedy=remedy)


def _passes(reason: str) -> Answer:
    return Answer(Outcome.PASS, reason)


def _blocked(reason: str) -> Answer:
    return Answer(Outcome.BLOCKED, reason)


def _notice(reason: str) -> Answer:
    return Answer(Outcome.NOTICE, reason)


def _unknown(reason: str) -> Answer:
    return Answer(Outcome.UNKNOWN, reason)


def one_per_shop(s: Situation, policy: Policy, now: datetime) -> Answer:
    taken = s.others(Role.OFFICIAL)
    if s.moment == "always":
        return _passes(f"The official account is @{taken[0].account}." if taken else "The place is free.")
    if not taken:
        return _passes("The shop has no other official account.")
    if taken[0].is_open:
        return _blocked(f"A request for @{taken[0].account} is open and holds the place.")
    return _blocked(f"@{taken[0].account} is the shop's official account.")


def one_shop(s: Situation, policy: Policy, now: datetime) -> Answer:
    elsewhere = [link for link in s.account_links if link.role == Role.OFFICIAL and link.shop != s.shop.id]
    if elsewhere:
        state = "the official account of" if elsewhere[0].state == LinkState.LINKED else "asked for as official account by"
        return _blocked(f"The account is {state} another shop.")
    return _passes("The account is official at no other shop.")


def name_match(s: Situation, policy: Policy, now: datetime) -> Answer:
    if s.moment == "rename":
        if s.official is None:
            return _passes("No official account bears the shop's name, so nothing else changes.")
        return _notice(f"@{s.official.account} is renamed in the same step, to “{s.name}”.")
    if s.moment == "create":
        return _notice(f"The new account's nickname is the shop's name, “{s.shop.name}”.")
    nickname = s.account.nickname if s.account else None
    if s.moment == "always":
        if s.official is None:
            return _passes("No official account is linked.")
        if nickname != s.shop.name:
            return _blocked(f"The official account's nickname is “{nickname}”, the shop's name is “{s.shop.name}”.")
    if nickname == s.shop.name:
        return _passes("Shop and account bear the same name.")
    before = f"from “{nickname}” " if nickname else ""
    return _notice(f"The account's nickname changes {before}to “{s.shop.name}”.")


def name_length(s: Situation, policy: Policy, now: datetime) -> Answer:
    name = s.name or s.shop.name
    longest = policy.limit("official.name-length", "nickname_max_length", s.shop.region)
    if len(name) <= longest:
        return _passes(f"The name has {len(name)} of at most {longest} characters.")
    reason = f"The name has {len(name)} characters; a nickname holds {longest}."
    if s.moment in {"rename", "always"} and s.official is None:
        return _notice(f"{reason} No official account could be linked under it.")
    return _blocked(reason)


def region_match(s: Situation, policy: Policy, now: datetime) -> Answer:
    region = s.account.region if s.account else None
    if region is None:
        return _unknown("Nobody has stated the account's region.")
    if region != s.shop.region:
        return _blocked(f"The account's region is {region}, the shop's is {s.shop.region}.")
    return _passes(f"Both are in {region}.")


def one_role_per_shop(s: Situation, policy: Policy, now: datetime) -> Answer:
    here = [link for link in s.account_links if link.shop == s.shop.id and not same(link, s.link)]
    if not here:
        return _passes("The account has no other role at this shop.")
    verb = "is" if here[0].state == LinkState.LINKED else "is asked for as"
    return _blocked(
        f"The account {verb} {'the official' if here[0].role == Role.OFFICIAL else 'a marketing'} account of this shop."
    )


def unlink_from(link: Link, shop: Shop, policy: Policy) -> datetime | None:
    """The moment from which the wait after linking lets a link be unlinked; None when it never stood."""
    return link.linked_at and link.linked_at + policy.span(f"{link.role}.unlink-wait", "wait_hours", shop.region)


def _unlink_wait(links: list[Link], s: Situation, policy: Policy, now: datetime) -> Answer:
    """The answer of the last link whose wait is over; a clock that went back makes the wait no shorter."""
    waiting = [moment for link in links if (moment := unlink_from(link, s.shop, policy)) and now < moment]
    if waiting:
        return Answer(Outcome.WAIT, f"Possible in {in_words(max(waiting) - now)}.", max(waiting))
    return _passes("The wait after linking is over." if links else "Nothing is linked, so nothing waits.")


def official_unlink_wait(s: Situation, policy: Policy, now: datetime) -> Answer:
    return _unlink_wait([s.official] if s.official else [], s, policy, now)


def marketing_unlink_wait(s: Situation, policy: Policy, now: datetime) -> Answer:
    linked = [link for link in s.shop_links if link.role == Role.MARKETING and link.state == LinkState.LINKED]
    return _unlink_wait([link for link in linked if s.moment == "always" or same(link, s.link)], s, policy, now)


def unlinks_left(used: int, shop: Shop, policy: Policy) -> int:
    """How many official unlinks are left to a shop that used so many, for ever."""
    return max(0, policy.limit("official.unlink-limit", "unlinks", shop.region) - used)


def unlink_limit(s: Situation, policy: Policy, now: datetime) -> Answer:
    limit = policy.limit("official.unlink-limit", "unlinks", s.shop.region)
    left = unlinks_left(s.unlinks_used, s.shop, policy)
    if s.moment == "unlink":
        if not left:
            return _blocked(f"All {limit} unlinks of this shop are used.")
        rest = {0: "none is left after it, ever", 1: "1 is left after it"}.get(left - 1, f"{left - 1} are left after it")
        return _notice(f"This uses unlink {s.unlinks_used + 1} of {limit}: {rest}.")
    if s.moment == "always":
        if left:
            return _passes(f"{left} of {limit} unlinks {'is' if left == 1 else 'are'} left, for ever.")
        return _blocked(f"All {limit} unlinks are used.") if s.official else _notice(f"All {limit} unlinks are used.")
    if not left:
        return _notice(f"All {limit} unlinks are used: an account linked now can never be unlinked.")
    return _notice(f"Unlinks left to this shop, for ever: {left} of {limit}.")


def own_products_only(s: Situation, policy: Policy, now: datetime) -> Answer:
    return _notice("It sells this shop's products only: no affiliate programme.")


def shop_page_sync(s: Situation, policy: Policy, now: datetime) -> Answer:
    if s.moment == "unlink":
        return _notice("The Shop Page goes, and the products stop following the shop.")
    if s.moment == "always":
        return _passes(
            "The Shop Page follows the shop's products." if s.official else "No official account: there is no Shop Page."
        )
    return _notice("The shop's products appear on its Shop Page by themselves.")


def same_entity(s: Situation, policy: Policy, now: datetime) -> Answer:
    if s.account is None or s.account.kind is None:
        return _unknown("Nobody has stated whether this is an organization account.")
    if s.account.kind != AccountKind.ORGANIZATION:
        return _passes("It is no organization account.")
    if s.account.entity is None:
        return _unknown("Nobody has stated which legal entity the organization account belongs to.")
    if not s.account.entity.same_as(s.seller.entity):
        return _blocked("The organization account belongs to another legal entity than the shop's seller.")
    return _passes("Account and seller are the same legal entity.")


def one_seller(s: Situation, policy: Policy, now: datetime) -> Answer:
    if s.account is None or s.account.kind is None:
        return _unknown("Nobody has stated whether this is an organization account.")
    if s.account.kind != AccountKind.ORGANIZATION:
        return _passes("It is no organization account.")
    if s.account.seller not in {None, s.shop.seller}:
        return _blocked("The organization account belongs to another seller account.")
    if s.account_sellers - {s.shop.seller}:
        return _blocked("The organization account is asked for by another seller account.")
    return _passes("It belongs to no other seller.")


def no_conversion(s: Situation, policy: Policy, now: datetime) -> Answer:
    kind = s.account.kind if s.account else None
    if s.moment == "state":
        if s.kind == AccountKind.ORGANIZATION and kind in {AccountKind.PERSONAL, AccountKind.BUSINESS}:
            return _blocked(f"The account is a {kind} account and cannot become an organization account.")
        held = s.account_links or (s.account and s.account.seller)
        if held and s.kind != kind and AccountKind.ORGANIZATION in {s.kind, kind}:
            was = "is" if kind == AccountKind.ORGANIZATION else "is not known as"
            return _blocked(f"The account {was} an organization account; its links and its seller rest on that.")
        return _passes("The account's kind may be stated so.")
    if kind == AccountKind.ORGANIZATION:
        return _passes("It is an organization account already.")
    return _notice("It stays what it is: it never becomes an organization account.")


def agreement(s: Situation, policy: Policy, now: datetime) -> Answer:
    if s.agreement is None:
        return _notice("You will be asked to read and accept the agreement.")
    return _passes("The agreement is accepted.") if s.agreement else _blocked("The agreement is not accepted.")


def authorization(s: Situation, policy: Policy, now: datetime) -> Answer:
    if s.moment == "submit":
        if s.link and s.link.authorized_at:
            return _passes("The account's holder has authorized the link.")
        return _blocked("The account's holder has not authorized the link.")
    hours = policy.limit("link.authorization", "answer_hours", s.shop.region)
    return _notice(f"The account's holder has {hours} hours to accept in TikTok.")


def review(s: Situation, policy: Policy, now: datetime) -> Answer:
    if s.moment == "approve":
        if s.link and s.link.state == LinkState.IN_REVIEW:
            return _passes("The request is in review.")
        return _blocked("The request is not in review.")
    return _notice("The link stands only after TikTok's review approves it.")


def marketing_limit(s: Situation, policy: Policy, now: datetime) -> Answer:
    limit = policy.limit("marketing.limit", "accounts", s.shop.region)
    used = len(s.others(Role.MARKETING))
    if s.moment != "always" and used >= limit:
        return _blocked(f"All {limit} places are taken.")
    return _passes(f"{used} of {limit} places are taken.")


def link_frequency(s: Situation, policy: Policy, now: datetime) -> Answer:
    limit = policy.limit("marketing.link-frequency", "links", s.shop.region)
    window = policy.span("marketing.link-frequency", "window_days", s.shop.region)
    recent = [moment for moment in s.marketing_times if moment > now - window]
    count = f"Linked {len(recent)} of {limit} times in {window.days} days."
    if len(recent) < limit:
        return _passes(count)
    free = recent[-limit] + window
    return Answer(Outcome.WAIT, f"{count} The next is possible in {in_words(free - now)}.", free)


def probation_end(shop: Shop, now: datetime) -> datetime | None:
    """When the shop's probation period ends; None when it is in none, or in none any more."""
    return shop.probation_until if shop.probation_until and now < shop.probation_until else None


def no_probation(s: Situation, policy: Policy, now: datetime) -> Answer:
    until = probation_end(s.shop, now)
    if until is None:
        return _passes("The shop is not in a probation period.")
    return Answer(Outcome.WAIT, f"The shop's probation period ends in {in_words(until - now)}.", until)


def verified(s: Situation, policy: Policy, now: datetime) -> Answer:
    if s.account is None or s.account.identity_verified is None:
        return _unknown("Nobody has stated whether the account's identity is verified.")
    return _passes("Its identity is verified.") if s.account.identity_verified else _blocked("Its identity is not verified.")


def good_standing(s: Situation, policy: Policy, now: datetime) -> Answer:
    account = s.account
    if account and account.standing in {Standing.SUSPENDED, Standing.BANNED}:
        return _blocked(f"The account is {account.standing}.")
    if account and account.holder_is_adult is False:
        return _blocked("The account's holder is under 18.")
    if account is None or account.standing is None:
        return _unknown("Nobody has stated whether the account is in good standing.")
    if account.holder_is_adult is None:
        return _unknown("Nobody has stated whether the account's holder is 18 or older.")
    return _passes("It is in good standing, its holder an adult.")


def business_upgrade(s: Situation, policy: Policy, now: datetime) -> Answer:
    kind = s.account.kind if s.account else None
    if kind is None:
        return _notice("If it is a personal account, it becomes a business account.")
    if kind == AccountKind.PERSONAL:
        return _notice("The personal account becomes a business account.")
    return _passes(f"It is {'an organization' if kind == AccountKind.ORGANIZATION else 'a business'} account already.")


def username_format(s: Situation, policy: Policy, now: datetime) -> Answer:
    shortest = policy.limit("account.username-format", "min_length", s.shop.region)
    longest = policy.limit("account.username-format", "max_length", s.shop.region)
    if foreign := re.search(r"[^a-z0-9_.]", s.username):
        return _blocked(f"“{foreign.group()}” cannot be part of a username.")
    if not shortest <= len(s.username) <= longest:
        return _blocked(f"The username has {count_of(len(s.username), 'character')}; {shortest} to {longest} are possible.")
    if s.username.endswith("."):
        return _blocked("The username ends with a period.")
    if s.username_taken:
        return _blocked(f"@{s.username} is taken.")
    return _passes("The username has the right form.")


def members(s: Situation, policy: Policy, now: datetime) -> Answer:
    account = s.account
    if account is None or account.kind != AccountKind.ORGANIZATION:
        reason = "The shop's official account is no organization account, so it has no members."
        return _passes(reason) if s.moment == "always" else _blocked(reason)
    hours = policy.limit("org.members", "invitation_hours", s.shop.region)
    admins = [m for m in s.members if m.role == MemberRole.ADMIN and m.state == MemberState.ACTIVE]
    if s.moment == "invite":
        return _notice(f"The invitation can be accepted for {hours} hours.")
    if s.moment == "member":
        if s.member in admins and len(admins) <= policy.limit("org.members", "admins_at_least", s.shop.region):
            return _blocked("This is the last admin of the organization account.")
        return _notice("The member's sessions end at once when the place is taken away.")
    active = [m for m in s.members if m.state == MemberState.ACTIVE]
    return _passes(f"{count_of(len(active), 'member')}, {len(admins)} of them admin.")


CHECKS: dict[str, Check] = {
    "official.one-per-shop": one_per_shop,
    "official.one-shop": one_shop,
    "official.name-match": name_match,
    "official.name-length": name_length,
    "official.region-match": region_match,
    "marketing.region-match": region_match,
    "link.one-role-per-shop": one_role_per_shop,
    "official.unlink-wait": official_unlink_wait,
    "marketing.unlink-wait": marketing_unlink_wait,
    "official.unlink-limit": unlink_limit,
    "official.own-products-only": own_products_only,
    "official.shop-page-sync": shop_page_sync,
    "org.same-entity": same_entity,
    "org.one-seller": one_seller,
    "org.no-conversion": no_conversion,
    "link.agreement": agreement,
    "link.authorization": authorization,
    "link.review": review,
    "marketing.limit": marketing_limit,
    "marketing.link-frequency": link_frequency,
    "marketing.no-probation": no_probation,
    "account.verified": verified,
    "account.good-standing": good_standing,
    "account.business-upgrade": business_upgrade,
    "account.username-format": username_format,
    "org.members": members,
}
"""The check of each rule of the catalogue."""
