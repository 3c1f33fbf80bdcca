"""Build the situation that the rules are asked about from the store."""

from typing import Any

from core.models import Account, Entity, Role, Seller, Shop
from core.policy import Moment
from core.record import Record
from core.situation import Situation
from core.store import links, shops


def read_situation(record: Record, moment: Moment, shop: Shop, role: Role, *, account: Account | None, **more: Any) -> Situation:
    """Read all that the rules may look at for a link between this shop and this account.

    `more`: fields of the situation that are not in the store.
    """
    store = record.store
    now = record.now()
    window = record.policy.span("marketing.link-frequency", "window_days", shop.region, now)
    id = account.id if account else ""
    account_links = tuple(links.live_of_account(store, id))
    return Situation(
        moment=moment,
        shop=shop,
        seller=shops.seller(store, shop.seller),
        role=role,
        account=account,
        shop_links=tuple(links.live_of_shop(store, shop.id)),
        account_links=account_links,
        account_sellers=frozenset(shops.by_id(store, link.shop).seller for link in account_links),
        marketing_times=tuple(links.marketing_times(store, id, now - window)),
        unlinks_used=links.unlinks(store, shop.id),
        account_unlinks=links.unlinks_of_account(store, id),
        **{"username": account.username if account else "", **more},
    )


def without_shop(moment: Moment, account: Account | None, *, region: str = "none", **more: Any) -> Situation:
    """Make a situation for rules that look at an account alone, or at a name in a market; with a seller where given."""
    nobody = Seller(id="none", entity=Entity(registration_number="none", country="none"))
    shop = Shop(id="none", code="none", name="none", region=region, seller="none")
    return Situation(moment=moment, shop=shop, account=account, **{"seller": nobody, **more})
