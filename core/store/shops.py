"""Sellers and shops in the file."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from core.clock import to_ms
from core.models import LinkState, Seller, Shop
from core.store.connection import Store
from core.store.rows import entity_row, from_row, like, to_row

_SELLER = """
SELECT seller.id, entity.registration_number, entity.country, entity.kind AS entity_kind, entity.legal_name
FROM seller JOIN entity USING (country, registration_key)
"""


def find(store: Store, ref: str) -> Shop | None:
    """The shop with this code (in any case) or id."""
    row = store.row("SELECT * FROM shop WHERE code = :ref COLLATE NOCASE OR id = :ref", {"ref": ref})
    return from_row(Shop, row) if row else None


def by_id(store: Store, id: str) -> Shop:
    return from_row(Shop, store.one("SELECT * FROM shop WHERE id = ?", [id]))


def is_there(store: Store, id: str) -> bool:
    return store.row("SELECT 1 FROM shop WHERE id = ?", [id]) is not None


def every(store: Store) -> Iterator[Shop]:
    return (from_row(Shop, row) for row in store.each("SELECT * FROM shop ORDER BY seq"))


def names_near(store: Store, name: str, seller: str, limit: int) -> list[str]:
    """Names of shops that may look like this one: of the same seller, and those that begin alike."""
    rows = store.rows(
        """SELECT * FROM (SELECT name FROM shop WHERE seller = :seller LIMIT :limit)
        UNION SELECT * FROM (SELECT name FROM shop
            WHERE name >= :start COLLATE NOCASE AND name < :end COLLATE NOCASE LIMIT :limit)""",
        {"seller": seller, "limit": limit, "start": name[:2], "end": name[:2] + "\U0010ffff"},
    )
    return [row["name"] for row in rows]


def count(store: Store) -> int:
    return int(store.value("SELECT count(*) FROM shop"))


_DUE = """
due (shop, at) AS (
    SELECT shop, min(at) FROM (
        SELECT shop, authorize_by AS at FROM link WHERE state = 'awaiting_authorization'
        UNION ALL SELECT shop, authorized_at FROM link WHERE state = 'authorized'
        UNION ALL SELECT shop, submitted_at FROM link WHERE state = 'in_review'
        UNION ALL SELECT shop, linked_at + CASE role WHEN 'official' THEN official_wait ELSE marketing_wait END
            FROM link JOIN market ON code = region
            WHERE state = 'linked' AND linked_at + CASE role WHEN 'official' THEN official_wait ELSE marketing_wait END > :now
            AND (role = 'marketing' OR (SELECT count(*) FROM link AS past WHERE past.shop = link.shop
                AND past.unlink_number IS NOT NULL) < official_unlinks)
        UNION ALL SELECT shop, decided_at FROM link WHERE state = 'rejected' AND role = 'official'
            AND NOT EXISTS (SELECT 1 FROM link AS later
                WHERE later.shop = link.shop AND later.role = 'official' AND later.seq > link.seq)
        UNION ALL SELECT id, probation_until FROM shop WHERE probation_until > :now
        UNION ALL SELECT link.shop, accept_by FROM member JOIN link ON link.account = member.account
            WHERE member.state = 'invited' AND link.role = 'official' AND link.state = 'linked'
    ) GROUP BY shop
)
"""
"""Every shop that has something due at `:now`, with the soonest moment. What it is, core/reminders.py says."""

_STATES = {
    "linked": "id IN (SELECT shop FROM link WHERE role = 'official' AND state = 'linked')",
    "pending": "id IN (SELECT shop FROM link WHERE state IN ('awaiting_authorization', 'authorized', 'in_review'))",
    "none": "id NOT IN (SELECT shop FROM link WHERE role = 'official' AND live = 1)",
}


def with_due(store: Store, now: datetime) -> list[Shop]:
    """The shops that have something due, and no others."""
    rows = store.rows(
        f"WITH {_DUE} SELECT shop.* FROM shop JOIN due ON due.shop = shop.id ORDER BY shop.seq", {"now": to_ms(now)}
    )
    return [from_row(Shop, row) for row in rows]


def page(
    store: Store,
    query: str,
    limit: int,
    after: Shop | None,
    now: datetime,
    *,
    state: str = "",
    region: str = "",
    due: bool = False,
) -> list[Shop]:
    """Shops by name, those that hold `query` in name, code or a live link's username, following the shop `after`.

    `state`: only shops whose official account is "linked" or "none", or where something is "pending". `region`: only of
    this market. `due`: those with something due come first, the soonest before the others.
    """
    parameters: dict[str, Any] = {"limit": limit, "now": to_ms(now), "region": region, "like": like(query)}
    conditions = ["1", *([_STATES[state]] if state else [])] + ["region = :region"] * bool(region)
    if query:
        conditions.append(
            "(name LIKE :like ESCAPE '\\' OR code LIKE :like ESCAPE '\\' OR id IN "
            "(SELECT shop FROM link WHERE live = 1 AND account LIKE :like ESCAPE '\\'))"
        )
    order = "name COLLATE NOCASE, seq"
    if after:
        parameters |= {"name": after.name, "id": after.id}
    if not due:
        if after:
            conditions.append("(name COLLATE NOCASE, seq) > (:name COLLATE NOCASE, (SELECT seq FROM shop WHERE id = :id))")
        sql = f"SELECT * FROM shop WHERE {' AND '.join(conditions)} ORDER BY {order} LIMIT :limit"
    else:
        soonest = "coalesce(due.at, 9223372036854775807)"
        if after:
            conditions.append(
                f"({soonest}, {order}) > (coalesce((SELECT at FROM due WHERE shop = :id), 9223372036854775807), "
                ":name COLLATE NOCASE, (SELECT seq FROM shop WHERE id = :id))"
            )
        sql = (
            f"WITH {_DUE} SELECT shop.* FROM shop LEFT JOIN due ON due.shop = shop.id "
            f"WHERE {' AND '.join(conditions)} ORDER BY {soonest}, {order} LIMIT :limit"
        )
    return [from_row(Shop, row) for row in store.rows(sql, parameters)]


def regions(store: Store) -> list[str]:
    """The markets that have a shop."""
    return [row["region"] for row in store.rows("SELECT DISTINCT region FROM shop ORDER BY region")]


def official_state(store: Store, shop: str) -> LinkState | None:
    """The state of the shop's live official link."""
    found = store.value("SELECT state FROM link WHERE shop = ? AND role = 'official' AND live = 1", [shop])
    return LinkState(found) if found else None


def code_taken(store: Store, code: str) -> bool:
    return store.row("SELECT 1 FROM shop WHERE code = ?", [code]) is not None


def add(store: Store, shop: Shop) -> None:
    store.insert("shop", to_row(shop))


def rename(store: Store, shop: Shop, name: str) -> None:
    """Give the shop another name. A trigger gives it to the linked official account in the same statement."""
    store.update("shop", "id", {"id": shop.id, "name": name})


def replace(store: Store, shop: Shop) -> None:
    """Write the facts of a shop that may change: its name, its code and its probation."""
    row = to_row(shop)
    store.update("shop", "id", {key: row[key] for key in ("id", "name", "code", "probation_until")})


def seller(store: Store, id: str) -> Seller:
    return from_row(Seller, store.one(f"{_SELLER} WHERE seller.id = ?", [id]))


def find_seller(store: Store, id: str) -> Seller | None:
    row = store.row(f"{_SELLER} WHERE seller.id = ?", [id])
    return from_row(Seller, row) if row else None


def every_seller(store: Store) -> Iterator[Seller]:
    return (from_row(Seller, row) for row in store.each(f"{_SELLER} ORDER BY seller.seq"))


def seller_of_entity(store: Store, key: tuple[str, str]) -> Seller | None:
    """The first seller with this entity (country, registration key)."""
    row = store.row(f"{_SELLER} WHERE seller.country = ? AND seller.registration_key = ? ORDER BY seller.seq LIMIT 1", key)
    return from_row(Seller, row) if row else None


def add_seller(store: Store, seller: Seller) -> None:
    keep_entity(store, entity_row(seller.entity))
    country, key = seller.entity.key
    store.insert("seller", {"id": seller.id, "country": country, "registration_key": key})


def keep_entity(store: Store, row: dict[str, Any]) -> None:
    """Add the entity, or fill in what was not known of it."""
    store.execute(
        """UPDATE entity SET kind = coalesce(kind, :kind), legal_name = coalesce(legal_name, :legal_name)
        WHERE country = :country AND registration_key = :registration_key""",
        row,
    )
    store.execute(
        """INSERT INTO entity (country, registration_key, registration_number, kind, legal_name)
        SELECT :country, :registration_key, :registration_number, :kind, :legal_name WHERE NOT EXISTS
        (SELECT 1 FROM entity WHERE country = :country AND registration_key = :registration_key)""",
        row,
    )
