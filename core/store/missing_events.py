"""Find rows without an event: they came in with a document that has no events of its own."""

from core.models import Account, Link, Member, Product, Shop
from core.store.accounts import ACCOUNT
from core.store.connection import Store
from core.store.rows import from_row


def shops(store: Store) -> list[Shop]:
    rows = store.rows("SELECT * FROM shop WHERE id NOT IN (SELECT shop FROM event WHERE kind = 'shop.added') ORDER BY seq")
    return [from_row(Shop, row) for row in rows]


def accounts(store: Store) -> list[Account]:
    rows = store.rows(
        f"""{ACCOUNT} WHERE username NOT IN (SELECT account FROM event
        WHERE kind IN ('account.stated', 'organization.created') AND account IS NOT NULL) ORDER BY seq"""
    )
    return [from_row(Account, row) for row in rows]


def products(store: Store) -> list[Product]:
    rows = store.rows(
        """SELECT * FROM product WHERE id NOT IN (SELECT coalesce(details ->> '$.product.id', '') FROM event
        WHERE kind = 'product.added') ORDER BY seq"""
    )
    return [from_row(Product, row) for row in rows]


def links(store: Store) -> list[Link]:
    rows = store.rows("SELECT * FROM link WHERE id NOT IN (SELECT link FROM event WHERE link IS NOT NULL) ORDER BY seq")
    return [from_row(Link, row) for row in rows]


def members(store: Store) -> list[Member]:
    rows = store.rows(
        """SELECT * FROM member WHERE id NOT IN (SELECT coalesce(details ->> '$.member.id', details ->> '$.member', '') FROM event
        WHERE substr(kind, 1, 7) = 'member.' OR kind = 'organization.created') ORDER BY seq"""
    )
    return [from_row(Member, row) for row in rows]
