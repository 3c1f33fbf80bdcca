"""Links in the file."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from core.clock import from_ms, to_ms
from core.models import Link, LinkState, Role
from core.store.connection import Store
from core.store.rows import columns, from_row, to_row

LINK = f"SELECT {columns('link')} FROM link"
_OVERDUE = "INDEXED BY link_overdue WHERE state = 'awaiting_authorization' AND undone_by IS NULL AND authorize_by <= ?"


def find(store: Store, id: str) -> Link | None:
    row = store.row(f"{LINK} WHERE id = ?", [id])
    return from_row(Link, row) if row else None


def search(store: Store, shop: str | None, state: LinkState | None, limit: int) -> list[Link]:
    """Links of a shop (its id), in a state, or all: the newest first."""
    conditions = ["undone_by IS NULL"] + ["shop = :shop"] * (shop is not None) + ["state = :state"] * (state is not None)
    rows = store.rows(
        f"{LINK} WHERE {' AND '.join(conditions)} ORDER BY seq DESC LIMIT :limit", {"shop": shop, "state": state, "limit": limit}
    )
    return [from_row(Link, row) for row in rows]


def every(store: Store) -> Iterator[Link]:
    return (from_row(Link, row) for row in store.each(f"{LINK} ORDER BY seq"))


def live_of_shop(store: Store, shop: str) -> list[Link]:
    """The live links of a shop: the official first, then the marketing accounts as they were asked for."""
    return live_of_shops(store, [shop]).get(shop, [])


def live_of_shops(store: Store, shops: Sequence[str]) -> dict[str, list[Link]]:
    """The live links of each of these shops that has one, in the order of `live_of_shop`."""
    found = defaultdict(list)
    sql = f"{LINK} WHERE live = 1 AND shop IN (SELECT value FROM json_each(?)) ORDER BY shop, seq"
    for row in store.rows(sql, [json.dumps(shops)]):
        found[row["shop"]].append(from_row(Link, row))
    return {shop: _official_first(links) for shop, links in found.items()}


def _official_first(links: Iterable[Link]) -> list[Link]:
    return sorted(links, key=lambda link: (link.role != Role.OFFICIAL, link.role == Role.OFFICIAL and link.is_open))


def live_of_account(store: Store, account: str) -> list[Link]:
    """The live links of an account (its id)."""
    return [from_row(Link, row) for row in store.rows(f"{LINK} WHERE account = ? AND live = 1 ORDER BY seq", [account])]


def last_official(store: Store, shop: str) -> Link | None:
    """The shop's newest official link, in whatever state."""
    row = store.row(f"{LINK} WHERE shop = ? AND role = 'official' AND undone_by IS NULL ORDER BY seq DESC LIMIT 1", [shop])
    return from_row(Link, row) if row else None


def rejected(store: Store, shops: Sequence[str]) -> dict[str, Link]:
    """Of these shops, the newest official link where it was rejected."""
    sql = f"""{LINK} WHERE state = 'rejected' AND undone_by IS NULL AND shop IN (SELECT value FROM json_each(?))
        AND NOT EXISTS (SELECT 1 FROM link AS later
            WHERE later.shop = link.shop AND later.role = 'official' AND later.undone_by IS NULL AND later.seq > link.seq)"""
    return {row["shop"]: from_row(Link, row) for row in store.rows(sql, [json.dumps(shops)])}


def marketing_times(store: Store, account: str, since: datetime) -> list[datetime]:
    """When the account (its id) became a marketing account of any shop, after `since`, oldest first."""
    rows = store.rows(
        "SELECT linked_at FROM link WHERE account = ? AND role = 'marketing' AND linked_at > ? AND undone_by IS NULL",
        [account, to_ms(since)],
    )
    return sorted(from_ms(row["linked_at"]) for row in rows)


def unlinks(store: Store, shop: str) -> int:
    """How many official unlinks the shop used in links that are entered, ever."""
    return unlinks_of_shops(store, [shop])[shop]


def unlinks_of_shops(store: Store, shops: Sequence[str]) -> Counter[str]:
    """How many official unlinks each of these shops used in links that are entered, ever."""
    sql = "SELECT shop FROM official_unlink WHERE shop IN (SELECT value FROM json_each(?))"
    return Counter(row["shop"] for row in store.rows(sql, [json.dumps(shops)]))


def unlinks_of_account(store: Store, id: str) -> int:
    """How many times the account was unlinked as official account, of any shop."""
    return int(store.value("SELECT count(*) FROM official_unlink WHERE account = ?", [id]))


def overdue(store: Store, now: datetime) -> list[Link]:
    """Requests whose time to be authorized has run out, in the order in which it did."""
    return [from_row(Link, row) for row in store.rows(f"{LINK} {_OVERDUE} ORDER BY authorize_by", [to_ms(now)])]


def any_overdue(store: Store, now: datetime) -> bool:
    return store.value(f"SELECT 1 FROM link {_OVERDUE} LIMIT 1", [to_ms(now)]) is not None


def add(store: Store, link: Link) -> None:
    store.insert("link", to_row(link))


_FIXED = frozenset({"shop", "account", "role", "origin"})


def replace(store: Store, link: Link) -> None:
    """Write what may change of a link: its state, its moments, who linked or ended it, the reason and the rules it names."""
    store.update("link", "id", {name: value for name, value in to_row(link).items() if name not in _FIXED})


def newest_of_account(store: Store, account: str) -> Link | None:
    """The newest link of an account (its id), in whatever state."""
    row = store.row(f"{LINK} WHERE account = ? AND undone_by IS NULL ORDER BY seq DESC LIMIT 1", [account])
    return from_row(Link, row) if row else None
