"""Links in the file."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from core.clock import from_ms, to_ms
from core.models import Link, LinkState
from core.store.connection import Store
from core.store.rows import from_row, to_row


def find(store: Store, id: str) -> Link | None:
    row = store.row("SELECT * FROM link WHERE id = ?", [id])
    return from_row(Link, row) if row else None


def search(store: Store, shop: str | None, state: LinkState | None, limit: int) -> list[Link]:
    """Links of a shop (its id), in a state, or all: the newest first."""
    conditions = ["1"] + ["shop = :shop"] * (shop is not None) + ["state = :state"] * (state is not None)
    rows = store.rows(
        f"SELECT * FROM link WHERE {' AND '.join(conditions)} ORDER BY seq DESC LIMIT :limit",
        {"shop": shop, "state": state, "limit": limit},
    )
    return [from_row(Link, row) for row in rows]


def every(store: Store) -> Iterator[Link]:
    return (from_row(Link, row) for row in store.each("SELECT * FROM link ORDER BY seq"))


def live_of_shop(store: Store, shop: str) -> list[Link]:
    """The live links of a shop: the official first, then by place."""
    return _by_place(from_row(Link, row) for row in store.rows("SELECT * FROM link WHERE shop = ? AND live = 1", [shop]))


def live_of_shops(store: Store, shops: Sequence[str]) -> dict[str, list[Link]]:
    """The live links of each of these shops that has one: the official first, then by place."""
    found = defaultdict(list)
    sql = "SELECT * FROM link WHERE live = 1 AND shop IN (SELECT value FROM json_each(?))"
    for row in store.rows(sql, [json.dumps(shops)]):
        found[row["shop"]].append(from_row(Link, row))
    return {shop: _by_place(links) for shop, links in found.items()}


def _by_place(links: Iterable[Link]) -> list[Link]:
    return sorted(links, key=lambda link: link.slot or 0)


def live_of_account(store: Store, username: str) -> list[Link]:
    return [
        from_row(Link, row) for row in store.rows("SELECT * FROM link WHERE account = ? AND live = 1 ORDER BY seq", [username])
    ]


def last_official(store: Store, shop: str) -> Link | None:
    """The shop's newest official link, in whatever state."""
    row = store.row("SELECT * FROM link WHERE shop = ? AND role = 'official' ORDER BY seq DESC LIMIT 1", [shop])
    return from_row(Link, row) if row else None


def rejected(store: Store, shops: Sequence[str]) -> dict[str, Link]:
    """Of these shops, the newest official link where it was rejected."""
    sql = """SELECT * FROM link WHERE state = 'rejected' AND shop IN (SELECT value FROM json_each(?)) AND NOT EXISTS
        (SELECT 1 FROM link AS later WHERE later.shop = link.shop AND later.role = 'official' AND later.seq > link.seq)"""
    return {row["shop"]: from_row(Link, row) for row in store.rows(sql, [json.dumps(shops)])}


def marketing_times(store: Store, username: str, since: datetime) -> list[datetime]:
    """When the account became a marketing account of any shop, after `since`, oldest first."""
    rows = store.rows(
        "SELECT linked_at FROM link WHERE account = ? AND role = 'marketing' AND linked_at > ?", [username, to_ms(since)]
    )
    return sorted(from_ms(row["linked_at"]) for row in rows)


def unlinks(store: Store, shop: str) -> int:
    """How many of the shop's official unlinks are used, ever."""
    return int(store.value("SELECT count(*) FROM link WHERE shop = ? AND unlink_number IS NOT NULL", [shop]))


def unlinks_of_shops(store: Store, shops: Sequence[str]) -> Counter[str]:
    """How many official unlinks each of these shops has used, ever."""
    sql = "SELECT shop FROM link WHERE unlink_number IS NOT NULL AND shop IN (SELECT value FROM json_each(?))"
    return Counter(row["shop"] for row in store.rows(sql, [json.dumps(shops)]))


def unlinks_of_account(store: Store, username: str) -> int:
    """How many times the account was unlinked as official account, of any shop."""
    return int(store.value("SELECT count(*) FROM link WHERE account = ? AND unlink_number IS NOT NULL", [username]))


def free_slot(store: Store, shop: str) -> int:
    """The lowest marketing place that nothing occupies, from 1."""
    rows = store.rows("SELECT slot FROM link WHERE shop = ? AND live = 1 AND slot IS NOT NULL", [shop])
    taken = {row["slot"] for row in rows}
    return next(slot for slot in range(1, len(taken) + 2) if slot not in taken)


def overdue(store: Store, now: datetime) -> list[Link]:
    """Requests whose time to be authorized has run out, in the order in which it did."""
    rows = store.rows(
        """SELECT * FROM link INDEXED BY link_overdue WHERE state = 'awaiting_authorization' AND authorize_by <= ?
        ORDER BY authorize_by""",
        [to_ms(now)],
    )
    return [from_row(Link, row) for row in rows]


def any_overdue(store: Store, now: datetime) -> bool:
    sql = """SELECT 1 FROM link INDEXED BY link_overdue WHERE state = 'awaiting_authorization' AND authorize_by <= ? LIMIT 1"""
    return store.value(sql, [to_ms(now)]) is not None


def add(store: Store, link: Link) -> None:
    row = to_row(link)
    place = store.one("SELECT seller, region FROM shop WHERE id = ?", [link.shop])
    store.insert("link", {**row, **place})


_CHANGING = (
    "state", "authorized_at", "submitted_at", "decided_at", "linked_at", "linked_by", "unlinked_at", "unlink_number", "reason"
)  # fmt: skip


def replace(store: Store, link: Link) -> None:
    """Write what may change of a link: its state, its moments, who linked it and the reason."""
    row = to_row(link)
    store.update("link", "id", {"id": link.id, **{name: row[name] for name in _CHANGING}})


def newest_of_account(store: Store, username: str) -> Link | None:
    """The newest link of an account, in whatever state."""
    row = store.row("SELECT * FROM link WHERE account = ? ORDER BY seq DESC LIMIT 1", [username])
    return from_row(Link, row) if row else None
