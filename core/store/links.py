"""Queries and writes for links."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from core.clock import from_ms, to_ms
from core.models import Link, LinkState, Role
from core.store.connection import Store
from core.store.rows import columns, from_row, new_row, to_row

LINK = f"SELECT {columns('link')} FROM link"
_OVERDUE = "INDEXED BY link_overdue WHERE state = 'awaiting_authorization' AND undone_by IS NULL AND authorize_by <= ?"

NEWEST = "coalesce(requested_at, linked_at) DESC, seq DESC"
"""The order of links by when they began: an older one may be entered later."""
CONTRADICTS = """linked_at < coalesce(:unlinked_at, 9223372036854775807)
    AND :linked_at < coalesce(unlinked_at, 9223372036854775807) AND (shop = :shop OR account = :account)
    AND ((shop = :shop AND account = :account) OR (role = 'official' AND :role = 'official'))"""
"""SQL: whether a link contradicts another one, given by its columns: they can't both be true."""
NO_OFFICIAL = "NOT EXISTS (SELECT 1 FROM link AS other WHERE other.shop = shop.id AND other.role = 'official' AND other.live = 1)"
"""SQL: whether a row of `shop` has neither an official account nor a request for one."""
CURRENT = """link.undone_by IS NULL AND (link.live = 1 OR NOT EXISTS (SELECT 1 FROM link AS other
    WHERE other.account = link.account AND other.undone_by IS NULL
    AND (other.live = 1 OR (coalesce(other.requested_at, other.linked_at), other.seq)
        > (coalesce(link.requested_at, link.linked_at), link.seq))))"""
"""SQL: whether a link is live, or the newest of an account that has no live one."""
_UNTIL = "(? IS NULL OR unlinked_at <= ?)"


def find(store: Store, id: str) -> Link | None:
    row = store.row(f"{LINK} WHERE id = ?", [id])
    return from_row(Link, row) if row else None


def search(store: Store, shop: str | None, account: str | None, state: LinkState | None, limit: int) -> list[Link]:
    """List links, the newest first: of a shop and an account (their ids), in a state, or all."""
    given = {"shop": shop, "account": account, "state": state}
    conditions = ["undone_by IS NULL", *(f"{name} = :{name}" for name, value in given.items() if value is not None)]
    rows = store.rows(f"{LINK} WHERE {' AND '.join(conditions)} ORDER BY {NEWEST} LIMIT :limit", {**given, "limit": limit})
    return [from_row(Link, row) for row in rows]


def every(store: Store) -> Iterator[Link]:
    return (from_row(Link, row) for row in store.each(f"{LINK} ORDER BY seq"))


def live_of_shop(store: Store, shop: str) -> list[Link]:
    """List a shop's live links: the official first, then marketing by request."""
    return live_of_shops(store, [shop]).get(shop, [])


def live_of_shops(store: Store, shops: Sequence[str]) -> dict[str, list[Link]]:
    """Map the shops with live links to them, in the order of `live_of_shop`."""
    found = defaultdict(list)
    sql = f"""{LINK} WHERE live = 1 AND shop IN (SELECT value FROM json_each(?))
        ORDER BY shop, coalesce(requested_at, linked_at), seq"""
    for row in store.rows(sql, [json.dumps(shops)]):
        found[row["shop"]].append(from_row(Link, row))
    return {shop: _official_first(links) for shop, links in found.items()}


def _official_first(links: Iterable[Link]) -> list[Link]:
    """Put the linked official account first, then official requests (newest first), then the others."""
    found = list(links)
    official = [link for link in reversed(found) if link.role == Role.OFFICIAL]
    return sorted(official, key=lambda link: link.is_open) + [link for link in found if link.role != Role.OFFICIAL]


def of_shop(store: Store, shop: str) -> list[Link]:
    """List all links of a shop (its id), as they are now."""
    return [from_row(Link, row) for row in store.rows(f"{LINK} WHERE shop = ? AND undone_by IS NULL ORDER BY seq", [shop])]


def of_account(store: Store, account: str) -> list[Link]:
    """List all links of an account (its id), as they are now."""
    return [from_row(Link, row) for row in store.rows(f"{LINK} WHERE account = ? AND undone_by IS NULL ORDER BY seq", [account])]


def live_of_account(store: Store, account: str) -> list[Link]:
    """List the live links of an account (its id)."""
    return [from_row(Link, row) for row in store.rows(f"{LINK} WHERE account = ? AND live = 1 ORDER BY seq", [account])]


def last_official(store: Store, shop: str) -> Link | None:
    """Find the shop's newest official link, in any state."""
    row = store.row(f"{LINK} WHERE shop = ? AND role = 'official' AND undone_by IS NULL ORDER BY {NEWEST} LIMIT 1", [shop])
    return from_row(Link, row) if row else None


def rejected(store: Store, shops: Sequence[str]) -> dict[str, Link]:
    """Map each of these shops to its newest official link, if that was rejected and nothing took its place."""
    sql = f"""SELECT {columns("link")}
        FROM json_each(?) AS wanted CROSS JOIN link INDEXED BY link_begun ON link.shop = wanted.value
        JOIN shop ON shop.id = link.shop
        WHERE link.role = 'official' AND link.state = 'rejected' AND link.undone_by IS NULL AND {NO_OFFICIAL}
        AND NOT EXISTS (SELECT 1 FROM link AS later
            WHERE later.shop = link.shop AND later.role = 'official' AND later.undone_by IS NULL
            AND (coalesce(later.requested_at, later.linked_at), later.seq)
                > (coalesce(link.requested_at, link.linked_at), link.seq))"""
    return {row["shop"]: from_row(Link, row) for row in store.rows(sql, [json.dumps(shops)])}


def marketing_times(store: Store, account: str, since: datetime) -> list[datetime]:
    """List an account's (id) marketing links by time, after `since`, oldest first."""
    rows = store.rows(
        "SELECT linked_at FROM link WHERE account = ? AND role = 'marketing' AND linked_at > ? AND undone_by IS NULL",
        [account, to_ms(since)],
    )
    return sorted(from_ms(row["linked_at"]) for row in rows)


def unlinks(store: Store, shop: str, until: datetime | None = None) -> int:
    """Count the shop's official unlinks among entered links, up to `until` (UTC) or in total."""
    return int(store.value(f"SELECT count(*) FROM official_unlink WHERE shop = ? AND {_UNTIL}", [shop, *_limit(until)]))


def unlinks_of_shops(store: Store, shops: Sequence[str]) -> Counter[str]:
    """Count each shop's official unlinks among entered links, in total."""
    sql = "SELECT shop FROM official_unlink WHERE shop IN (SELECT value FROM json_each(?))"
    return Counter(row["shop"] for row in store.rows(sql, [json.dumps(shops)]))


def unlinks_of_account(store: Store, id: str, until: datetime | None = None) -> int:
    """Count the account's unlinks as an official account, up to `until` (UTC) or in total."""
    return int(store.value(f"SELECT count(*) FROM official_unlink WHERE account = ? AND {_UNTIL}", [id, *_limit(until)]))


def _limit(until: datetime | None) -> list[int | None]:
    return [None if until is None else to_ms(until)] * 2


def contradicting(store: Store, link: Link) -> Link | None:
    """Find a link that contradicts this one, which was linked."""
    sql = f"{LINK} WHERE id <> :id AND undone_by IS NULL AND {CONTRADICTS} ORDER BY linked_at LIMIT 1"
    row = store.row(sql, to_row(link))
    return from_row(Link, row) if row else None


def overdue(store: Store, now: datetime) -> list[Link]:
    """List requests whose authorization is overdue, in the order of their deadlines."""
    return [from_row(Link, row) for row in store.rows(f"{LINK} {_OVERDUE} ORDER BY authorize_by", [to_ms(now)])]


def any_overdue(store: Store, now: datetime) -> bool:
    return store.value(f"SELECT 1 FROM link {_OVERDUE} LIMIT 1", [to_ms(now)]) is not None


def add(store: Store, link: Link) -> None:
    store.insert("link", new_row(link))


_FIXED = frozenset({"shop", "account", "role", "origin"})


def replace(store: Store, link: Link) -> None:
    """Update a link, except for its shop, account, role and origin."""
    store.update("link", "id", {name: value for name, value in to_row(link).items() if name not in _FIXED})


def newest_of_account(store: Store, account: str) -> Link | None:
    """Find the newest link of an account (its id), in any state."""
    row = store.row(f"{LINK} WHERE account = ? AND undone_by IS NULL ORDER BY {NEWEST} LIMIT 1", [account])
    return from_row(Link, row) if row else None
