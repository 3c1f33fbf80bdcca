"""Queries and writes for sellers and shops."""

import dataclasses
from collections.abc import Iterator
from typing import Any

from core.models import Entity, Seller, Shop
from core.store.connection import Store
from core.store.rows import entity_row, from_row, new_row, to_row

_SELLER = """
SELECT seller.id, entity.registration_number, entity.country, entity.kind AS entity_kind, entity.legal_name
FROM seller JOIN entity USING (country, registration_key)
"""


def find(store: Store, ref: str) -> Shop | None:
    """Find the shop with this code (in any case) or id."""
    sql = """SELECT * FROM shop WHERE code = :ref AND undone_by IS NULL
        UNION ALL SELECT * FROM shop WHERE id = :ref AND undone_by IS NULL LIMIT 1"""
    row = store.row(sql, {"ref": ref})
    return from_row(Shop, row) if row else None


def by_id(store: Store, id: str) -> Shop:
    return from_row(Shop, store.one("SELECT * FROM shop WHERE id = ?", [id]))


def find_id(store: Store, id: str) -> Shop | None:
    """Find the shop with this id, even if it was undone."""
    row = store.row("SELECT * FROM shop WHERE id = ?", [id])
    return from_row(Shop, row) if row else None


def is_there(store: Store, id: str) -> bool:
    return store.row("SELECT 1 FROM shop WHERE id = ?", [id]) is not None


def every(store: Store) -> Iterator[Shop]:
    return (from_row(Shop, row) for row in store.each("SELECT * FROM shop ORDER BY seq"))


def names_near(store: Store, name: str, seller: str, limit: int) -> list[str]:
    """List shop names to compare: of the same seller, and with the same beginning."""
    rows = store.rows(
        """SELECT * FROM (SELECT name FROM shop WHERE seller = :seller AND undone_by IS NULL LIMIT :limit)
        UNION SELECT * FROM (SELECT name FROM shop
            WHERE undone_by IS NULL AND name >= :start COLLATE NOCASE AND name < :end COLLATE NOCASE LIMIT :limit)""",
        {"seller": seller, "limit": limit, "start": name[:2], "end": name[:2] + "\U0010ffff"},
    )
    return [row["name"] for row in rows]


def name_taken(store: Store, name: str, region: str, exclude: str | None) -> bool:
    """Check whether a shop of this market other than `exclude` (an id) has this name."""
    sql = "SELECT 1 FROM shop WHERE region = ? AND name = ? COLLATE NOCASE AND id IS NOT ? AND undone_by IS NULL LIMIT 1"
    return store.value(sql, [region, name, exclude]) is not None


def count(store: Store, most: int | None = None) -> int:
    """Count the shops, or up to `most`."""
    if most is None:
        return int(store.value("SELECT count(*) FROM shop WHERE undone_by IS NULL"))
    return int(store.value("SELECT count(*) FROM (SELECT 1 FROM shop WHERE undone_by IS NULL LIMIT ?)", [most]))


def count_of_seller(store: Store, seller: str) -> int:
    return int(store.value("SELECT count(*) FROM shop WHERE seller = ? AND undone_by IS NULL", [seller]))


def codes(store: Store) -> list[str]:
    """List the codes of all shops."""
    return [row["code"] for row in store.rows("SELECT code FROM shop WHERE undone_by IS NULL")]


def regions(store: Store) -> list[str]:
    """List the markets that have a shop."""
    has_one = "EXISTS (SELECT 1 FROM shop WHERE shop.region = market.code AND undone_by IS NULL)"
    return [row["code"] for row in store.rows(f"SELECT code FROM market WHERE {has_one} ORDER BY code")]


def code_taken(store: Store, code: str) -> bool:
    return store.row("SELECT 1 FROM shop WHERE code = ? AND undone_by IS NULL", [code]) is not None


def add(store: Store, shop: Shop) -> None:
    store.insert("shop", new_row(shop))


def replace(store: Store, shop: Shop) -> None:
    """Update an existing shop. In practice, rename its official account first."""
    store.update("shop", "id", to_row(shop))


def remove(store: Store, shop: Shop) -> None:
    """Mark a shop as removed: it is kept, but ignored."""
    store.update("shop", "id", {"id": shop.id, "undone_by": store.entry})


def seller(store: Store, id: str) -> Seller:
    return from_row(Seller, store.one(f"{_SELLER} WHERE seller.id = ?", [id]))


def find_seller(store: Store, id: str) -> Seller | None:
    row = store.row(f"{_SELLER} WHERE seller.id = ?", [id])
    return from_row(Seller, row) if row else None


def every_seller(store: Store) -> Iterator[Seller]:
    return (from_row(Seller, row) for row in store.each(f"{_SELLER} ORDER BY seller.seq"))


def seller_of_entity(store: Store, key: tuple[str, str]) -> Seller | None:
    """Find the first seller with this entity (country, registration key)."""
    row = store.row(f"{_SELLER} WHERE seller.country = ? AND seller.registration_key = ? ORDER BY seller.seq LIMIT 1", key)
    return from_row(Seller, row) if row else None


def entity(store: Store, key: tuple[str, str]) -> Entity | None:
    """Find the legal entity with this country and registration key."""
    row = store.row_of("entity", key)
    return from_row(Seller, {"id": "", "entity_kind": row["kind"], **row}).entity if row else None


def number_of_name(store: Store, country: str, legal_name: str) -> str | None:
    """Find the registration number of a seller of this country with this legal name, in any case."""
    number = store.value(
        """SELECT registration_number FROM entity INDEXED BY entity_name
        WHERE country = ? AND legal_name = ? COLLATE NOCASE AND EXISTS (SELECT 1 FROM seller
            WHERE seller.country = entity.country AND seller.registration_key = entity.registration_key) LIMIT 1""",
        [country, legal_name],
    )
    return None if number is None else str(number)


def sellers_like(store: Store, text: str, limit: int) -> list[Seller]:
    """List sellers of shops whose legal name or registration number contains `text`, the newest first."""
    sql = f"""{_SELLER} WHERE EXISTS (SELECT 1 FROM shop WHERE shop.seller = seller.id AND undone_by IS NULL)
        AND (instr(lower(coalesce(legal_name, '')), lower(:text)) OR instr(lower(registration_number), lower(:text)))
        ORDER BY seller.seq DESC LIMIT :limit"""
    return [from_row(Seller, row) for row in store.rows(sql, {"text": text, "limit": limit})]


def count_sellers(store: Store) -> int:
    return int(store.value("SELECT count(*) FROM seller"))


def add_seller(store: Store, seller: Seller) -> None:
    keep_entity(store, entity_row(seller.entity))
    country, key = seller.entity.key
    store.insert("seller", {"id": seller.id, "country": country, "registration_key": key})


def complete(store: Store, seller: Seller, entity: Entity) -> Seller:
    """Fill in the unknown facts of a seller's legal entity; return the updated seller."""
    completed = dataclasses.replace(seller, entity=seller.entity.completed_by(entity))
    keep_entity(store, entity_row(completed.entity))
    return completed


def keep_entity(store: Store, row: dict[str, Any]) -> None:
    """Add the entity, or fill in its unknown facts."""
    facts = ("kind", "legal_name")
    known = store.row_of("entity", (row["country"], row["registration_key"]))
    if known is None:
        store.insert("entity", row)
    elif any(known[fact] is None and row[fact] is not None for fact in facts):
        _write_facts(store, {**row, **{fact: known[fact] or row[fact] for fact in facts}})


def change_entity(store: Store, entity: Entity) -> None:
    """Change an entity's kind and legal name, for all its shops and accounts."""
    _write_facts(store, entity_row(entity))


def _write_facts(store: Store, row: dict[str, Any]) -> None:
    store.keep_image("entity", row)
    store.execute(
        """UPDATE entity SET kind = :kind, legal_name = :legal_name, entry = :entry
        WHERE country = :country AND registration_key = :registration_key""",
        {**row, "entry": store.entry},
    )
