"""Queries and writes for TikTok accounts."""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from core.clock import from_ms
from core.models import Account, Link
from core.store.connection import Store
from core.store.links import CURRENT
from core.store.rows import entity_row, from_row, new_row, to_row
from core.store.shops import keep_entity

ACCOUNT = """
SELECT account.*, entity.registration_number, entity.kind AS entity_kind, entity.legal_name,
    (SELECT json_group_array(username) FROM (SELECT name.username FROM former_username AS name
        WHERE name.account = account.id AND name.username <> account.username
            AND NOT EXISTS (SELECT 1 FROM former_username AS later
                WHERE later.account = name.account AND later.username = name.username AND later.seq > name.seq)
        ORDER BY name.seq DESC)) AS former
FROM account LEFT JOIN entity USING (country, registration_key)
"""


def find(store: Store, username: str) -> Account | None:
    """Find the account with this username, or else the last one that had it."""
    row = store.row(f"{ACCOUNT} WHERE account.username = ? AND account.undone_by IS NULL", [username]) or store.row(
        f"""{ACCOUNT} WHERE account.undone_by IS NULL AND account.id = (SELECT account FROM former_username
            WHERE username = ? ORDER BY seq DESC LIMIT 1)""",
        [username],
    )
    return from_row(Account, row) if row else None


def find_id(store: Store, id: str) -> Account | None:
    row = store.row(f"{ACCOUNT} WHERE account.id = ?", [id])
    return from_row(Account, row) if row else None


def is_there(store: Store, id: str) -> bool:
    return store.row("SELECT 1 FROM account WHERE id = ?", [id]) is not None


def is_taken(store: Store, username: str) -> bool:
    """Check whether an account has this username now."""
    return store.row("SELECT 1 FROM account WHERE username = ? AND undone_by IS NULL", [username]) is not None


def usernames(store: Store) -> list[str]:
    """List the current usernames of all accounts."""
    return [row["username"] for row in store.rows("SELECT username FROM account WHERE undone_by IS NULL")]


def of_link(store: Store, link: Link) -> Account:
    """Find the account of a link, as it is now."""
    return from_row(Account, store.one(f"{ACCOUNT} WHERE account.id = ?", [link.account]))


def every(store: Store) -> Iterator[Account]:
    return (from_row(Account, row) for row in store.each(f"{ACCOUNT} ORDER BY account.seq"))


def search(store: Store, query: str, limit: int, after: str = "") -> list[Account]:
    """List accounts after a username, with `query` in a username (also former) or nickname."""
    rows = store.rows(
        f"""{ACCOUNT} WHERE account.undone_by IS NULL AND account.username > :after
            AND (:query = '' OR instr(account.username, lower(:query)) OR instr(lower(coalesce(nickname, '')), lower(:query))
                OR account.id IN (SELECT account FROM former_username WHERE instr(username, lower(:query))))
        ORDER BY account.username LIMIT :limit""",
        {"query": query, "limit": limit, "after": after},
    )
    return [from_row(Account, row) for row in rows]


class Converted(NamedTuple):
    """An account that TikTok updated to an organization account, `at` in UTC, and its link at a shop."""

    username: str
    link: str
    at: datetime


def converted(store: Store, shops: Sequence[str]) -> dict[str, list[Converted]]:
    """Map the shops among these ids to their accounts that TikTok updated, by live links or else by the account's newest."""
    found = defaultdict(list)
    sql = f"""SELECT link.shop, account.username, link.id, account.converted_at
        FROM json_each(?) AS wanted CROSS JOIN link INDEXED BY link_shop ON link.shop = wanted.value
        CROSS JOIN account ON account.id = link.account WHERE account.converted_at IS NOT NULL AND {CURRENT}"""
    for row in store.rows(sql, [json.dumps(shops)]):
        found[row["shop"]].append(Converted(row["username"], row["id"], from_ms(row["converted_at"])))
    return found


def unlinked_at_seller(store: Store, seller: str) -> list[Account]:
    """List organization accounts without a live link that were linked at a shop of a seller (its id), by username."""
    rows = store.rows(
        f"""{ACCOUNT} WHERE account.kind = 'organization' AND account.undone_by IS NULL
            AND account.id IN (SELECT link.account FROM shop JOIN link ON link.shop = shop.id
                WHERE shop.seller = ? AND link.linked_at IS NOT NULL AND link.undone_by IS NULL)
            AND NOT EXISTS (SELECT 1 FROM link WHERE link.account = account.id AND live = 1)
        ORDER BY account.username""",
        [seller],
    )
    return [from_row(Account, row) for row in rows]


def near(store: Store, username: str, seller: str, limit: int) -> list[str]:
    """List usernames to compare: at the seller's shops, and with the same beginning."""
    rows = store.rows(
        """SELECT * FROM (SELECT account.username FROM shop JOIN link ON link.shop = shop.id
            JOIN account ON account.id = link.account
            WHERE shop.seller = :seller AND link.undone_by IS NULL AND account.undone_by IS NULL LIMIT :limit)
        UNION ALL SELECT * FROM (SELECT username FROM account
            WHERE username >= :start AND username < :end AND undone_by IS NULL LIMIT :limit)""",
        {"seller": seller, "limit": limit, "start": username[:2], "end": username[:2] + "\U0010ffff"},
    )
    return sorted({row["username"] for row in rows})


def count(store: Store) -> int:
    return int(store.value("SELECT count(*) FROM account"))


def add(store: Store, account: Account) -> None:
    if account.entity:
        keep_entity(store, entity_row(account.entity))
    store.insert("account", new_row(account))


def replace(store: Store, account: Account) -> None:
    """Update an existing account. Its former usernames are in the history."""
    if account.entity:
        keep_entity(store, entity_row(account.entity))
    store.update("account", "id", to_row(account))


def remove(store: Store, account: Account) -> None:
    """Mark an account as removed: it is kept, but ignored."""
    store.update("account", "id", {"id": account.id, "undone_by": store.entry})
