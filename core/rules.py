"""Decide each rule of the catalog: one pure function per rule.

Nothing here reads a store or a clock. `ask` runs every check that applies; each rule's fixed texts (title, statement,
remedy, source) are in data/policy.toml.
"""

import re
from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

import data
from core import policy_file
from core.clock import in_words
from core.models import (
    AccountKind,
    Link,
    LinkState,
    MemberRole,
    MemberState,
    Probation,
    Role,
    Shop,
    Standing,
)
from core.plurals import count_of
from core.policy import Policy, Said, Source, Version, is_sure, span
from core.situation import Situation, same
from core.verdict import STOPPING, Certainty, Outcome, Verdict


class Answer(NamedTuple):
    """The result of a check. `rests_on`: the limit or source that decided, if any."""

    outcome: Outcome
    reason: str
    until: datetime | None = None
    rests_on: Version | Said | None = None


Check = Callable[[Situation, Policy, datetime], Answer]

NOT_ENTERED = "earlier unlinks not entered"

ENTER_IT = "Enter the missing facts, or confirm them yourself. shoplink notes who confirmed."


def ask(situation: Situation, policy: Policy, now: datetime) -> tuple[Verdict, ...]:
    """Evaluate every rule that applies at this moment, in the catalog's order."""
    role = None if situation.moment in {"always", "member", "invite", "state", "add", "rename", "username"} else situation.role
    return tuple(judge(rule.id, situation, policy, now) for rule in policy.asked(situation.moment, role))


def judge(rule: str, situation: Situation, policy: Policy, now: datetime) -> Verdict:
    """Evaluate one rule, with the version in effect at `now` in the shop's market.

    Only the seed and TikTok's own pages can block or make wait: a reported or disputed rule becomes a notice that
    names its source. An unknown fact that a person confirmed for this link becomes a notice too, and so does a no that
    rests on a fact from after `now`.
    """
    entry = policy.rules[rule]
    outcome, reason, until, rests_on = CHECKS[rule](situation, policy, now)
    less_sure = rests_on if rests_on and _order(rests_on.certainty) > _order(entry.certainty) else entry
    stops = outcome in STOPPING
    if not is_sure(less_sure.certainty) and not entry.blocks:
        if stops:
            outcome = Outcome.NOTICE
        if outcome == Outcome.NOTICE:
            reason = f"{reason} {_named(less_sure.certainty, less_sure.source)}"
    if outcome in {Outcome.BLOCKED, Outcome.WAIT} and situation.newer.intersection(entry.facts):
        outcome, reason = Outcome.NOTICE, f"{reason} That was entered as of a later moment."
    if outcome == Outcome.UNKNOWN and situation.link and rule in situation.link.confirmed:
        outcome, reason = Outcome.NOTICE, f"{reason} {situation.link.requested_by} confirmed it at the request."
    remedy = {Outcome.BLOCKED: entry.remedy, Outcome.WAIT: entry.remedy, Outcome.UNKNOWN: ENTER_IT}.get(outcome, "")
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


def _order(certainty: Certainty) -> int:
    return list(Certainty).index(certainty)


def _named(certainty: Certainty, source: Source) -> str:
    """Name the source of an uncertain rule, in a sentence."""
    how = "Sources disagree" if certainty == Certainty.DISPUTED else "Reported"
    return f"{how}: {source}."


def _passes(reason: str, rests_on: Version | Said | None = None) -> Answer:
    return Answer(Outcome.PASS, reason, None, rests_on)


def _blocked(reason: str, rests_on: Version | Said | None = None) -> Answer:
    return Answer(Outcome.BLOCKED, reason, None, rests_on)


def _notice(reason: str, rests_on: Version | Said | None = None) -> Answer:
    return Answer(Outcome.NOTICE, reason, None, rests_on)


def _unknown(reason: str, rests_on: Version | Said | None = None) -> Answer:
    return Answer(Outcome.UNKNOWN, reason, None, rests_on)


def one_per_shop(s: Situation, policy: Policy, now: datetime) -> Answer:
    taken = s.others(Role.OFFICIAL)
    if s.moment == "always":
        return _passes(f"The official account is @{taken[0].username}." if taken else "No official account is linked.")
    if not taken:
        return _passes("The shop has no other official account.")
    if taken[0].is_open:
        return _blocked(f"A request for @{taken[0].username} is open and holds the place.")
    return _blocked(f"@{taken[0].username} is the shop's official account.")


def one_shop(s: Situation, policy: Policy, now: datetime) -> Answer:
    elsewhere = [link for link in s.account_links if link.role == Role.OFFICIAL and link.shop != s.shop.id]
    if elsewhere:
        state = "the official account of" if elsewhere[0].state == LinkState.LINKED else "requested as official account by"
        return _blocked(f"The account is {state} another shop.")
    return _passes("Official account of no other shop in this record.")


def name_match(s: Situation, policy: Policy, now: datetime) -> Answer:
    if s.moment == "rename":
        if s.official is None:
            return _passes("No official account is linked, so no account is renamed.")
        days = policy.limit("official.name-match", "nickname_days", s.shop.region, now)
        return _notice(
            f"@{s.official.username} becomes “{s.name}” in the same step. A nickname can change once in {days} days; whether "
            "this counts is not published."
        )
    if s.moment == "unlink":
        return _notice("The account keeps its name, but no longer follows the shop's.")
    if s.moment == "create":
        return _notice(f"Its nickname is the shop's name: “{s.shop.name}”")
    nickname = s.account.nickname if s.account else None
    if s.moment == "always":
        if s.official is None:
            return _passes("No official account is linked.")
        if nickname is None:
            return _unknown("Nickname: not entered.")
        if nickname != s.shop.name:
            return _blocked(f"The official account's nickname is “{nickname}”, the shop's name is “{s.shop.name}”.")
    if nickname == s.shop.name:
        return _passes("Shop and account share a name.")
    before = f": “{nickname}”" if nickname else ""
    return _notice(f"Nickname{before} becomes “{s.shop.name}”")


def name_length(s: Situation, policy: Policy, now: datetime) -> Answer:
    name = s.name or s.shop.name
    longest = policy.limit("official.name-length", "nickname_max_length", s.shop.region, now)
    if len(name) <= longest:
        return _passes(f"The name has {len(name)} of at most {longest} characters.")
    return _notice(
        f"The name has {len(name)} characters; TikTok takes nicknames of at most {longest}. What happens to a longer one is not "
        "published."
    )


def official_region_match(s: Situation, policy: Policy, now: datetime) -> Answer:
    return _region_match(s)


def marketing_region_match(s: Situation, policy: Policy, now: datetime) -> Answer:
    required = policy.version("marketing.region-match", "required", s.shop.region, now)
    found = _region_match(s)
    if found.outcome != Outcome.PASS and not required.value:
        return _notice(f"{found.reason} The page for {policy.markets[s.shop.region].name} names no region.", required)
    return found


def _region_match(s: Situation) -> Answer:
    region = s.account.region if s.account else None
    if region is None:
        return _unknown("Region: not entered.")
    if region != s.shop.region:
        return _blocked(f"The account's region is {region}, the shop's is {s.shop.region}.")
    return _passes(f"Both are in {region}.")


def one_role_per_shop(s: Situation, policy: Policy, now: datetime) -> Answer:
    here = [link for link in s.account_links if link.shop == s.shop.id and not same(link, s.link)]
    if not here:
        return _passes("The account has no other role at this shop.")
    verb = "is" if here[0].state == LinkState.LINKED else "is requested as"
    return _blocked(
        f"The account {verb} {'the official' if here[0].role == Role.OFFICIAL else 'a marketing'} account of this shop."
    )


def unlink_from(link: Link, shop: Shop, policy: Policy, now: datetime) -> datetime | None:
    """Find when a link can be unlinked, by the wait at `now`; None: never linked."""
    return link.linked_at and link.linked_at + policy.span(f"{link.role}.unlink-wait", "wait_hours", shop.region, now)


def _unlink_wait(rule: str, links: list[Link], s: Situation, policy: Policy, now: datetime) -> Answer:
    """Wait for the link whose wait ends last. Setting the clock back never helps."""
    wait = policy.version(rule, "wait_hours", s.shop.region, now)
    waiting = [moment for link in links if (moment := unlink_from(link, s.shop, policy, now)) and now < moment]
    if waiting:
        return Answer(Outcome.WAIT, f"Possible in {in_words(max(waiting) - now)}.", max(waiting), wait)
    for said in policy.rules[rule].also:
        if s.shop.region in said.markets and (days := said.values.get("wait_days")):
            longer = [link.linked_at + span("wait_days", days) for link in links if link.linked_at]
            if longer and now < max(longer):
                return Answer(
                    Outcome.NOTICE, f"Expect to wait {days} days, {in_words(max(longer) - now)} more.", max(longer), said
                )
    return _passes("The wait after linking is over." if links else "Nothing is linked, so nothing waits.")


def official_unlink_wait(s: Situation, policy: Policy, now: datetime) -> Answer:
    # An unlink may be entered in a record after the link that followed it at the same moment.
    asked = s.link if s.moment == "unlink" and s.link else s.official
    return _unlink_wait("official.unlink-wait", [asked] if asked else [], s, policy, now)


def marketing_unlink_wait(s: Situation, policy: Policy, now: datetime) -> Answer:
    linked = [link for link in s.shop_links if link.role == Role.MARKETING and link.state == LinkState.LINKED]
    asked = [link for link in linked if s.moment == "always" or same(link, s.link)]
    return _unlink_wait("marketing.unlink-wait", asked, s, policy, now)


def unlinks_left_at_most(used: int, shop: Shop, policy: Policy, now: datetime) -> int:
    """Count the official unlinks that a shop has left, if it used none but those known.

    `used`: those among links.
    """
    return max(0, policy.limit("official.unlink-limit", "unlinks", shop.region, now) - used - (shop.unlinks_before or 0))


def unlinks_left(used: int, shop: Shop, policy: Policy, now: datetime) -> int | None:
    """Count the official unlinks that a shop has left; None: unknown, as earlier ones were not entered."""
    at_most = unlinks_left_at_most(used, shop, policy, now)
    return at_most if shop.unlinks_before is not None or not at_most else None


def unlink_limit(s: Situation, policy: Policy, now: datetime) -> Answer:
    limit = policy.limit("official.unlink-limit", "unlinks", s.shop.region, now)
    left = unlinks_left_at_most(s.unlinks_used, s.shop, policy, now)
    known = unlinks_left(s.unlinks_used, s.shop, policy, now) is not None
    account = s.account
    both = ""
    if account and account.kind == AccountKind.ORGANIZATION and s.account_unlinks != s.unlinks_used:
        both = (
            f" Counted per shop, as shoplink reads it. TikTok for Business counts per organization account: "
            f"{s.account_unlinks} of {limit} used by @{account.username}."
        )
    if s.moment == "unlink":
        if not left:
            return _blocked(f"All {limit} unlinks of this shop are used.{both}")
        if not known:
            rest = "none is left after it" if left == 1 else f"at most {left - 1} left after it"
            return _notice(f"This uses an unlink: {rest}; {NOT_ENTERED}. Unlinks are never restored.{both}")
        rest = {0: "none is left after it", 1: "1 is left after it"}.get(left - 1, f"{left - 1} are left after it")
        return _notice(f"This uses unlink {limit - left + 1} of {limit}: {rest}. Unlinks are never restored.{both}")
    if not left:
        used_up = f"All {limit} unlinks are used"
        if s.moment == "always":
            return _blocked(f"{used_up}.{both}") if s.official else _notice(f"{used_up}.{both}")
        return _notice(f"{used_up}: an account linked now can never be unlinked.{both}")
    if s.moment == "always":
        said = f"{left} of {limit} unlinks left." if known else f"At most {left} of {limit} unlinks left: {NOT_ENTERED}."
        return _passes(f"{said}{both}")
    uses = "your last unlink" if left == 1 else f"1 of your {left} unlinks"
    if not known:
        uses = f"1 of at most {left} unlinks ({NOT_ENTERED})" if left > 1 else f"what may be your last unlink ({NOT_ENTERED})"
    hours = policy.limit("official.unlink-wait", "wait_hours", s.shop.region, now)
    return _notice(f"Unlinking it later uses {uses}; wait {hours} hours first.{both}")


def own_products_only(s: Situation, policy: Policy, now: datetime) -> Answer:
    return _notice("It sells your products only. Affiliate products need a marketing or creator account.")


def shop_page_sync(s: Situation, policy: Policy, now: datetime) -> Answer:
    if s.moment == "unlink":
        return _notice("The Shop Page ends, and your products stop syncing to it.")
    if s.moment == "always":
        return _passes(
            "The shop's products sync to the Shop Page." if s.official else "No official account: there is no Shop Page."
        )
    return _notice("Your products appear on its Shop Page.")


def same_entity(s: Situation, policy: Policy, now: datetime) -> Answer:
    if s.account is None or s.account.kind is None:
        return _unknown("Account type: not entered.")
    if s.account.kind != AccountKind.ORGANIZATION:
        return _passes("Not an organization account.")
    if s.account.entity is None:
        return _unknown("Legal entity of the organization account: not entered.")
    if not s.account.entity.same_as(s.seller.entity):
        return _blocked("The organization account belongs to another legal entity than the shop's seller.")
    return _passes("Account and seller are the same legal entity.")


def one_seller(s: Situation, policy: Policy, now: datetime) -> Answer:
    if s.account is None or s.account.kind is None:
        return _unknown("Account type: not entered.")
    if s.account.kind != AccountKind.ORGANIZATION:
        return _passes("Not an organization account.")
    if s.account.seller not in {None, s.shop.seller}:
        return _blocked("The organization account belongs to another seller account.")
    if s.account_sellers - {s.shop.seller}:
        return _blocked("The organization account is requested by another seller account.")
    return _passes("It belongs to no other seller in this record.")


def no_conversion(s: Situation, policy: Policy, now: datetime) -> Answer:
    kind = s.account.kind if s.account else None
    days = policy.limit("org.no-conversion", "trial_days", s.shop.region, now)
    update = f"Eligible sellers may see an update with a {days}-day trial."
    if s.moment == "state":
        if s.kind == AccountKind.ORGANIZATION and kind in {AccountKind.PERSONAL, AccountKind.BUSINESS}:
            return _blocked(f"A {kind} account can't be turned into an organization account at this stage. {update}")
        held = s.account_links or (s.account and s.account.seller)
        if held and s.kind != kind and AccountKind.ORGANIZATION in {s.kind, kind}:
            was = "is" if kind == AccountKind.ORGANIZATION else "is not known as"
            return _blocked(f"The account {was} an organization account; its links and its seller rest on that.")
        return _passes("The account's type can be entered so.")
    if kind == AccountKind.ORGANIZATION:
        return _passes("Already an organization account.")
    return _notice("It can't be turned into an organization account at this stage.")


def availability(s: Situation, policy: Policy, now: datetime) -> Answer:
    if policy.version("org.availability", "named", s.shop.region, now).value:
        return _passes(f"TikTok's steps name {s.shop.region}.")
    return _notice(f"TikTok's steps don't name {s.shop.region}. Check that Seller Center offers Create an organization account.")


def agreement(s: Situation, policy: Policy, now: datetime) -> Answer:
    if s.agreement is None:
        return _notice("You will be asked to read and accept the agreement.")
    return _passes("The agreement is accepted.") if s.agreement else _blocked("The agreement is not accepted.")


def links_at_once(s: Situation) -> bool:
    """Check whether a request is linked at once: the seller's own organization account needs no authorization or review."""
    account = s.account
    own = account is not None and account.kind == AccountKind.ORGANIZATION and account.seller == s.shop.seller
    return own and s.role == Role.OFFICIAL


def authorization(s: Situation, policy: Policy, now: datetime) -> Answer:
    if s.moment == "submit":
        if s.link and s.link.authorized_at:
            return _passes("The account's holder has authorized the link.")
        return _blocked("The account's holder has not authorized the link.")
    if links_at_once(s):
        return _notice(
            "Linked at once: your own organization account needs no authorization. One summary asks for it.",
            *policy.rules["link.authorization"].also[:1],
        )
    hours = policy.version("link.authorization", "answer_hours", s.shop.region, now)
    if s.moment == "accept":
        if s.link and s.link.authorize_by and now >= s.link.authorize_by:
            # The hours are only reported, yet the rule stops here: a record asks before it goes on.
            return _blocked(f"The {hours.value} hours to accept were over. {_named(hours.certainty, hours.source)}")
        return _passes("The account's holder accepts in time.")
    return _notice(f"The holder has {hours.value} hours to accept in TikTok.", hours)


def review(s: Situation, policy: Policy, now: datetime) -> Answer:
    if s.moment == "approve":
        if s.link and s.link.state == LinkState.IN_REVIEW:
            return _passes("The request is in review.")
        return _blocked("The request is not in review.")
    if links_at_once(s):
        return _notice("No review: it is your own organization account.")
    return _notice("Then TikTok reviews it. How long that takes is not published.")


def who(s: Situation, policy: Policy, now: datetime) -> Answer:
    if policy.version("link.who", "owner_only", s.shop.region, now).value:
        return _notice("Only the shop's owner can change linked accounts in Seller Center. Ask the owner to do it.")
    return _passes("No page limits this to the shop's owner here.")


def marketing_limit(s: Situation, policy: Policy, now: datetime) -> Answer:
    limit = policy.limit("marketing.limit", "accounts", s.shop.region, now)
    used = len(s.others(Role.MARKETING))
    if s.moment == "unlink":
        return _notice("The account no longer sells for this shop, and its slot is free.")
    if s.moment != "always" and used >= limit:
        return _blocked(f"All {limit} slots are taken.")
    return _passes(f"{used} of {limit} slots are taken.")


def link_frequency(s: Situation, policy: Policy, now: datetime) -> Answer:
    limit = policy.version("marketing.link-frequency", "links", s.shop.region, now)
    links = policy.limit("marketing.link-frequency", "links", s.shop.region, now)
    window = policy.span("marketing.link-frequency", "window_days", s.shop.region, now)
    recent = [moment for moment in s.marketing_times if moment > now - window]
    count = f"Linked {len(recent)} of {links} times in {window.days} days."
    if len(recent) < links:
        return _passes(count, limit)
    free = recent[-links] + window
    return Answer(Outcome.WAIT, f"{count} The next is possible in {in_words(free - now)}.", free, limit)


def marketing_one_shop(s: Situation, policy: Policy, now: datetime) -> Answer:
    elsewhere = [link for link in s.account_links if link.role == Role.MARKETING and link.shop != s.shop.id]
    if elsewhere:
        state = "is a marketing account of" if elsewhere[0].state == LinkState.LINKED else "is invited as marketing account by"
        return _blocked(f"The account {state} another shop. Expect TikTok to allow one shop at a time.")
    return _passes("Marketing account of no other shop in this record.")


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
        return _passes("The shop's probation period is over.")
    both = "During probation one source allows no marketing account, another allows one."
    if state is None:
        return _unknown(f"Probation: not entered. {both}")
    until = probation_end(s.shop, now)
    ends = f" It ends in {in_words(until - now)}." if until else ""
    return Answer(Outcome.BLOCKED, f"The shop is in its probation period.{ends} {both}", until)


def verified(s: Situation, policy: Policy, now: datetime) -> Answer:
    required = policy.version("account.verified", "required", s.shop.region, now)
    known = s.account.identity_verified if s.account else None
    if known:
        return _passes("Its identity is verified.")
    reason = "Identity verification: not entered." if known is None else "Its identity is not verified."
    if not required.value:
        return _notice(f"{reason} TikTok asks for it in the US; no page names {s.shop.region}.", required)
    return _unknown(reason, required) if known is None else _blocked(reason, required)


def good_standing(s: Situation, policy: Policy, now: datetime) -> Answer:
    account = s.account
    if account and account.standing in {Standing.SUSPENDED, Standing.BANNED}:
        return _blocked(f"The account is {account.standing}.")
    if account and account.holder_is_adult is False:
        return _blocked("The account's holder is under 18.")
    if account is None or account.standing is None:
        return _unknown("Standing: not entered.")
    if account.holder_is_adult is None:
        return _unknown("Holder 18 or older: not entered.")
    return _passes("In good standing, and its holder is 18 or older.")


def business_upgrade(s: Situation, policy: Policy, now: datetime) -> Answer:
    kind = s.account.kind if s.account else None
    if kind is None:
        return _notice("If it is a personal account, it becomes a business account.")
    if kind == AccountKind.PERSONAL:
        return _notice("A personal account becomes a business account.")
    return _passes(f"Already {'an organization' if kind == AccountKind.ORGANIZATION else 'a business'} account.")


def username_format(s: Situation, policy: Policy, now: datetime) -> Answer:
    shortest = policy.limit("account.username-format", "min_length", s.shop.region, now)
    longest = policy.version("account.username-format", "max_length", s.shop.region, now)
    if not s.username:
        return _blocked("The username is empty.")
    if foreign := re.search(r"[^a-z0-9_.]", s.username):
        return _blocked(f"“{foreign.group()}” cannot be part of a username.")
    if s.username.endswith("."):
        return _blocked("The username ends with a period.")
    if s.username_taken:
        return _blocked(f"@{s.username} is taken.")
    if not shortest <= len(s.username) <= policy.limit("account.username-format", "max_length", s.shop.region, now):
        length = f"{count_of(len(s.username), 'character')}; expect TikTok to take {shortest} to {longest.value}"
        return _notice(f"The username has {length}.", longest)
    return _passes("The username has the right form.")


def username_change(s: Situation, policy: Policy, now: datetime) -> Answer:
    days = policy.limit("account.username-change", "change_days", s.shop.region, now)
    return _notice(f"A username can be changed once in {days} days. Its links stay.")


def shop_name(s: Situation, policy: Policy, now: datetime) -> Answer:
    name = s.name or s.shop.name
    held = policy.rules["shop.name"].at(s.shop.region, now)
    lengths: list[Version | Said] = [held["max_length"], *policy.rules["shop.name"].also]
    found: list[tuple[str, Version | Said | None]] = []
    if s.name_taken:
        found.append(("Another shop of this market in this record has this name.", None))
    found += [(f"“{word}” is not allowed in a shop's name.", held["never"]) for word in _words(held["never"], name)]
    found += [
        (f"“{word}” is only for brand owners and authorized sellers.", held["owners_only"])
        for word in _words(held["owners_only"], name)
    ]
    shorter = [source for source in lengths if len(name) > _most(source)]
    if shorter:
        found.append((f"The name has {len(name)} characters; a shop's name has at most {_most(shorter[0])}.", shorter[0]))
    reasons = [reason for reason, _ in found]
    least_sure = max(
        (source for _, source in found if source), key=lambda source: _order(source.certainty), default=held["never"]
    )
    return _notice(" ".join([*reasons, "TikTok may review a new name."]), least_sure)


def _words(version: Version, name: str) -> list[str]:
    """List the version's words that occur in the name, in any case."""
    assert isinstance(version.value, tuple)
    return [word for word in version.value if re.search(rf"\b{re.escape(word)}\b", name, re.IGNORECASE)]


def _most(source: Version | Said) -> int:
    if isinstance(source, Said):
        return source.values["max_length"]
    assert isinstance(source.value, int)
    return source.value


def members(s: Situation, policy: Policy, now: datetime) -> Answer:
    account = s.account
    if s.moment == "unlink":
        return _team_without_link(account.kind if account else None)
    if account is None or account.kind != AccountKind.ORGANIZATION:
        reason = "The shop's official account is not an organization account, so it has no members."
        return _passes(reason) if s.moment == "always" else _blocked(reason)
    hours = policy.limit("org.members", "invitation_hours", s.shop.region, now)
    admins = [m for m in s.members if m.role == MemberRole.ADMIN and m.state == MemberState.ACTIVE]
    if s.moment == "invite":
        return _notice(f"The invitation is valid for {hours} hours.")
    if s.moment == "member":
        if s.member in admins and len(admins) <= policy.limit("org.members", "admins_at_least", s.shop.region, now):
            return _blocked("This is the last admin of the organization account.")
        return _notice(
            "Whoever is removed is signed out at once. Take their role away in Seller Center too (User Management): it gives "
            "access of its own."
        )
    active = [m for m in s.members if m.state == MemberState.ACTIVE]
    return _passes(f"{count_of(len(active), 'member')}, {len(admins)} of them admin.")


def _team_without_link(kind: AccountKind | None) -> Answer:
    if kind is not None and kind != AccountKind.ORGANIZATION:
        return _passes("Not an organization account: nobody logs in with codes of Seller Center.")
    condition = "" if kind else "If it is an organization account: "
    return _notice(
        f"{condition}Seller Center gives no login codes until it is linked again. Its profile and its links elsewhere stay."
    )


CHECKS: dict[str, Check] = {
    "official.one-per-shop": one_per_shop,
    "official.one-shop": one_shop,
    "official.name-match": name_match,
    "official.name-length": name_length,
    "official.region-match": official_region_match,
    "marketing.region-match": marketing_region_match,
    "link.one-role-per-shop": one_role_per_shop,
    "official.unlink-wait": official_unlink_wait,
    "marketing.unlink-wait": marketing_unlink_wait,
    "official.unlink-limit": unlink_limit,
    "official.own-products-only": own_products_only,
    "official.shop-page-sync": shop_page_sync,
    "org.same-entity": same_entity,
    "org.one-seller": one_seller,
    "org.no-conversion": no_conversion,
    "org.availability": availability,
    "link.agreement": agreement,
    "link.authorization": authorization,
    "link.review": review,
    "link.who": who,
    "marketing.limit": marketing_limit,
    "marketing.link-frequency": link_frequency,
    "marketing.one-shop": marketing_one_shop,
    "marketing.no-probation": no_probation,
    "account.verified": verified,
    "account.good-standing": good_standing,
    "account.business-upgrade": business_upgrade,
    "account.username-format": username_format,
    "account.username-change": username_change,
    "shop.name": shop_name,
    "org.members": members,
}
"""The check of each rule of the catalog."""


def check_catalogue() -> None:
    """Check the policy file. Raises InvalidInput that names each mistake by line."""
    policy_file.check(data.text("policy.toml"), data.text("markets.toml"), CHECKS)
