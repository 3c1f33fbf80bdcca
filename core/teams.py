"""Which organization account's team a shop has, and for which shop a member works."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from core import rules
from core.errors import Refused
from core.models import Account, AccountKind, LinkState, Member, Role, Shop, owning, standing_official
from core.read_situation import live, read_situation, shop_then
from core.record import Record
from core.store import accounts, links, shops
from core.store.connection import Store

LINK_FIRST = "Link an organization account as the shop's official account first."
OF_WHICH_SHOP = "Check the date, and whose official account the organization account was then."


def of_shop(record: Record, shop: Shop) -> Account:
    """Find the shop's linked organization account, or else the last one until it is linked elsewhere. Raises Refused."""
    return _last(record.store, shop) or linked(record, shop)


def _last(store: Store, shop: Shop) -> Account | None:
    """Find the organization account that was the last official account, if neither it nor the shop has another one now."""
    last = owning((link for link in links.of_shop(store, shop.id) if link.role == Role.OFFICIAL), None)
    if last is None or last.state == LinkState.LINKED or standing_official(links.live_of_account(store, last.account)):
        return None
    account = accounts.of_link(store, last)
    return account if account.kind == AccountKind.ORGANIZATION else None


def linked(record: Record, shop: Shop) -> Account:
    """Find the organization account that is linked to this shop, or was when the act happened. Raises Refused."""
    store, at = record.store, record.stated_at
    official = standing_official(live(links.of_shop(store, shop.id), at) if at else links.live_of_shop(store, shop.id))
    account = accounts.of_link(store, official) if official else None
    if account is None or account.kind != AccountKind.ORGANIZATION:
        situation = read_situation(record, "invite", shop, Role.OFFICIAL, account=account)
        verdict = rules.judge("org.members", situation, record.policy, record.moment())
        verdict = replace(verdict, remedy=OF_WHICH_SHOP if at else LINK_FIRST)
        raise Refused(verdict.reason, remedy=verdict.remedy, verdicts=(verdict,))
    return account


def shop_of(store: Store, member: Member, at: datetime | None) -> Shop:
    """Find the shop to which a member's organization account was linked, `at` then (UTC) or now, or else its last.

    Raises Refused if it was never linked, because it was imported.
    """
    if shop := shop_then(store, member.account, at):
        return shops.by_id(store, shop)
    last = links.newest_of_account(store, member.account)
    if last is None:
        raise Refused(f"@{member.username} was never linked to a shop.", remedy="Link it first. Its members work for that shop.")
    return shops.by_id(store, last.shop)
