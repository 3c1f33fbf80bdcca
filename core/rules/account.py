"""The rules of an account's own facts and its username."""

import re
from datetime import datetime

from core.models import AccountKind, Standing
from core.plurals import count_of
from core.policy import Policy
from core.rules.answer import Answer, blocked, notice, passes, unknown
from core.situation import Situation


def verified(s: Situation, policy: Policy, now: datetime) -> Answer:
    required = policy.version("account.verified", "required", s.shop.region, now)
    known = s.account.identity_verified if s.account else None
    if known:
        return passes("Its identity is verified.")
    reason = "Identity verification: not entered." if known is None else "Its identity is not verified."
    if not required.value:
        return notice(f"{reason} TikTok asks for it in the US; no page mentions {s.shop.region}.", required)
    return unknown(reason, required) if known is None else blocked(reason, required)


def good_standing(s: Situation, policy: Policy, now: datetime) -> Answer:
    account = s.account
    if account and account.standing in {Standing.SUSPENDED, Standing.BANNED}:
        return blocked(f"The account is {account.standing}.")
    if account and account.holder_is_adult is False:
        return blocked("The account's holder is under 18.")
    if account is None or account.standing is None:
        return unknown("Standing: not entered.")
    if account.holder_is_adult is None:
        return unknown("Holder 18 or older: not entered.")
    return passes("In good standing, and its holder is 18 or older.")


def business_upgrade(s: Situation, policy: Policy, now: datetime) -> Answer:
    kind = s.account.kind if s.account else None
    if kind is None:
        return notice("If it is a personal account, it becomes a business account.")
    if kind == AccountKind.PERSONAL:
        return notice("A personal account becomes a business account.")
    return passes(f"Already {'an organization' if kind == AccountKind.ORGANIZATION else 'a business'} account.")


def username_format(s: Situation, policy: Policy, now: datetime) -> Answer:
    shortest = policy.limit("account.username-format", "min_length", s.shop.region, now)
    longest = policy.version("account.username-format", "max_length", s.shop.region, now)
    if not s.username:
        return blocked("Enter a username.")
    if foreign := re.search(r"[^a-z0-9_.]", s.username):
        return blocked(f"A username can't contain {'spaces' if foreign.group().isspace() else f'“{foreign.group()}”'}.")
    if s.username.endswith("."):
        return blocked("A username can't end with a period.")
    if s.username_taken:
        return blocked(f"@{s.username} is taken.")
    if not shortest <= len(s.username) <= policy.limit("account.username-format", "max_length", s.shop.region, now):
        length = f"{count_of(len(s.username), 'character')}; expect TikTok to take {shortest} to {longest.value}"
        return notice(f"The username has {length}.", longest)
    return passes("The username is valid.")


def username_change(s: Situation, policy: Policy, now: datetime) -> Answer:
    days = policy.limit("account.username-change", "change_days", s.shop.region, now)
    return notice(f"A username can be changed once in {days} days. Its links stay.")
