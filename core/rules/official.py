"""The rules of a shop's official account: number, region, name, and what it sells."""

from datetime import datetime

from core.models import LinkState, Role
from core.policy import Policy
from core.rules.answer import Answer, blocked, notice, passes, unknown
from core.rules.unlink import unlinks_left_at_most
from core.situation import Situation
from core.text import quote_last


def one_per_shop(s: Situation, policy: Policy, now: datetime) -> Answer:
    if s.moment == "always":
        return passes(f"The official account is @{s.official.username}." if s.official else "No official account is linked.")
    taken = s.others(Role.OFFICIAL)
    if not taken:
        return passes("The shop has no other official account.")
    if taken[0].is_open:
        return blocked(f"A request for @{taken[0].username} is open and holds the slot.", remedy="requested")
    left = unlinks_left_at_most(s.unlinks_used, s.shop, policy, now)
    return blocked(f"@{taken[0].username} is the shop's official account.", remedy="" if left else "used_up")


def one_shop(s: Situation, policy: Policy, now: datetime) -> Answer:
    elsewhere = [link for link in s.account_links if link.role == Role.OFFICIAL and link.shop != s.shop.id]
    if elsewhere:
        linked = elsewhere[0].state == LinkState.LINKED
        state = "the official account of" if linked else "requested as the official account of"
        return blocked(f"The account is {state} another shop.", remedy="" if linked else "requested")
    return passes("Not another shop's official account in this record.")


def name_match(s: Situation, policy: Policy, now: datetime) -> Answer:
    if s.moment == "rename":
        if s.official is None:
            return passes("No official account is linked, so no account is renamed.")
        if "nickname" in s.newer:
            return notice(f"@{s.official.username} keeps its nickname, which was entered for a later time.")
        days = policy.limit("official.name-match", "nickname_days", s.shop.region, now)
        return notice(
            f"@{s.official.username} becomes “{s.name}” in the same step. A nickname can change once in {days} days; "
            "TikTok doesn't say whether this counts."
        )
    if s.moment == "unlink":
        newer = " Its nickname was entered for a later time: check that it isn't the shop's." if "nickname" in s.newer else ""
        return notice(f"The account keeps its name, but no longer follows the shop's.{newer}")
    if s.moment == "create":
        return notice(f"Its nickname is the shop's name: “{s.shop.name}”")
    nickname = s.account.nickname if s.account else None
    if s.moment == "always":
        if s.official is None:
            return passes("No official account is linked.")
        if nickname is None:
            return unknown("Nickname: not entered.")
        if nickname != s.shop.name:
            return blocked(f"The official account's nickname is “{nickname}”; the shop's name is {quote_last(s.shop.name)}")
    if nickname == s.shop.name:
        return passes("Shop and account share a name.")
    before = f": “{nickname}”" if nickname else ""
    return notice(f"Nickname{before} becomes “{s.shop.name}”")


def name_length(s: Situation, policy: Policy, now: datetime) -> Answer:
    name = s.name or s.shop.name
    longest = policy.limit("official.name-length", "nickname_max_length", s.shop.region, now)
    if len(name) <= longest:
        return passes(f"The name uses {len(name)} of {longest} characters.")
    return notice(
        f"The name has {len(name)} characters; TikTok nicknames have at most {longest}. TikTok doesn't say what happens "
        "to longer ones."
    )


def own_products_only(s: Situation, policy: Policy, now: datetime) -> Answer:
    return notice("It sells your products only. Affiliate products need a marketing or creator account.")


def shop_page_sync(s: Situation, policy: Policy, now: datetime) -> Answer:
    if s.moment == "unlink":
        return notice("The Shop Page ends, and your products stop syncing to it.")
    if s.moment == "always":
        return passes(
            "The shop's products sync to the Shop Page." if s.official else "No official account: there is no Shop Page."
        )
    return notice("Your products appear on its Shop Page.")
