"""Build the situation that the rules are asked about from the store."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from core.models import Account, Entity, Link, Role, Seller, Shop, owning
from core.record import Record
from core.situation import Situation, same
from core.store import events, links, shops
from core.store.connection import Store
from core.verdict import Moment


def read_situation(record: Record, moment: Moment, shop: Shop, role: Role, *, account: Account | None, **more: Any) -> Situation:
    """Read what the rules can use about a link between this shop and this account.

    Links and unlinks are as of the moment for which rules are asked; other facts are current, with newer ones named. An
    unlink counts with all others, before and after it: the shop has so many in total, in whatever order they are entered.
    `more`: fields of the situation that are not in the store.
    """
    store, at, now = record.store, record.stated_at, record.moment()
    window = record.policy.span("marketing.link-frequency", "window_days", shop.region, now)
    id = account.id if account else ""
    until = None if moment == "unlink" else at
    if at is None:
        shop_links, linked = tuple(links.live_of_shop(store, shop.id)), links.of_account(store, id)
    else:
        shop_links, linked = live(links.of_shop(store, shop.id), at), as_of(links.of_account(store, id), at)
    account_links = tuple(link for link in linked if link.is_live)
    others = [link for link in account_links if not same(link, more.get("link"))]
    last = owning(linked, account.converted_at) if account else None

    def seller_of(link: Link) -> str:
        return shop.seller if link.shop == shop.id else shops.by_id(store, link.shop).seller  # the shop's may be about to change

    return Situation(
        moment=moment,
        shop=shop,
        seller=shops.seller(store, shop.seller),
        role=role,
        account=account,
        shop_links=shop_links,
        account_links=account_links,
        account_sellers=frozenset(map(seller_of, others)),
        owner=seller_of(last) if last else None,
        marketing_times=tuple(time for time in links.marketing_times(store, id, now - window) if time <= now),
        unlinks_used=links.unlinks(store, shop.id, until=until),
        account_unlinks=links.unlinks_of_account(store, id, until=until),
        newer=newer_facts(record, shop, account, [*others, *([last] if last else [])]) if at else frozenset(),
        is_past=at is not None,
        **{"username": account.username if account else "", **more},
    )


def live(found: Iterable[Link], at: datetime) -> tuple[Link, ...]:
    """List the links that were live at `at` (UTC), as they stood then."""
    return tuple(link for link in as_of(found, at) if link.is_live)


def as_of(found: Iterable[Link], at: datetime) -> list[Link]:
    """List the links that had begun at `at` (UTC), as they stood then."""
    return [link for one in found if (link := one.as_of(at))]


def shop_then(store: Store, account: str, at: datetime | None) -> str | None:
    """Find the shop (its id) with a link of this account at a moment (UTC), or now: an official one, if there is."""
    found = links.of_account(store, account)
    there = live(found, at) if at else [link for link in found if link.is_live]
    first = min(there, key=lambda link: link.role != Role.OFFICIAL, default=None)
    return first.shop if first else None


def owner(store: Store, account: Account) -> str | None:
    """Find the seller (its id) of the shop where the account is linked, or was last: an organization account's owner."""
    last = owning(links.of_account(store, account.id), account.converted_at)
    return shops.by_id(store, last.shop).seller if last else None


def newer_facts(record: Record, shop: Shop, account: Account | None, linked: Iterable[Link] = ()) -> frozenset[str]:
    """Name the facts of the account and the shop that were entered as of a later moment than this.

    `linked`: its links at other shops, whose sellers count too. An account that became another shop's official account since
    then has that shop's name.
    """
    store, at = record.store, record.moment()
    found = set(events.stated_after(store, "shop", shop.id, at))
    if account:
        found |= set(events.stated_after(store, "account", account.id, at))
        official = [link for link in links.of_account(store, account.id) if link.role == Role.OFFICIAL]
        if any(link.linked_at and link.linked_at > at and link.shop != shop.id for link in official):
            found.add("nickname")
    if "seller" in found:
        found.add("entity")
    if any("seller" in events.stated_after(store, "shop", id, at) for id in {link.shop for link in linked}):
        found.add("seller")
    return frozenset(found)


def without_shop(moment: Moment, account: Account | None, *, region: str = "none", **more: Any) -> Situation:
    """Make a situation for rules about just an account, or a name in a market, with or without a seller."""
    nobody = Seller(id="none", entity=Entity(registration_number="none", country="none"))
    shop = Shop(id="none", code="none", name="none", region=region, seller="none")
    return Situation(moment=moment, shop=shop, account=account, **{"seller": nobody, **more})
