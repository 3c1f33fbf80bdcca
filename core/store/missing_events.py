"""Find rows without an event, imported from a document that has no events."""

from core.models import Account, Link, Member, Product, Shop
from core.store.accounts import ACCOUNT
from core.store.connection import Store
from core.store.links import LINK
from core.store.members import MEMBER
from core.store.rows import from_row


def shops(store: Store) -> list[Shop]:
    rows = store.rows("SELECT * FROM shop WHERE id NOT IN (SELECT shop FROM event WHERE kind = 'shop.added') ORDER BY seq")
    return [from_row(Shop, row) for row in rows]


def accounts(store: Store) -> list[Account]:
    rows = store.rows(
        f"""{ACCOUNT} WHERE account.id NOT IN (SELECT account FROM event
        WHERE kind IN ('account.stated', 'organization.created') AND account IS NOT NULL) ORDER BY account.seq"""
    )
    return [from_row(Account, row) for row in rows]


def products(store: Store) -> list[Product]:
    rows = store.rows(
        """SELECT * FROM product WHERE id NOT IN (SELECT coalesce(json_extract(details, '$.product.id'), '') FROM event
        WHERE kind = 'product.added') ORDER BY seq"""
    )
    return [from_row(Product, row) for row in rows]


def links(store: Store) -> list[Link]:
    rows = store.rows(f"{LINK} WHERE id NOT IN (SELECT link FROM event WHERE link IS NOT NULL) ORDER BY seq")
    return [from_row(Link, row) for row in rows]


def members(store: Store) -> list[Member]:
    rows = store.rows(f"{MEMBER} WHERE id NOT IN (SELECT member FROM event WHERE member IS NOT NULL) ORDER BY seq")
    return [from_row(Member, row) for row in rows]
