"""Queries and writes for TikTok accounts."""

from collections.abc import Iterator

from core.models import Account, Link
from core.store.connection import Store
from core.store.rows import entity_row, from_row, to_row
from core.store.shops import keep_entity

ACCOUNT = """
SELECT account.*, entity.registration_number, entity.kind AS entity_kind, entity.legal_name,
    (SELECT json_group_array(username) FROM (SELECT former_username.username FROM former_username
        WHERE former_username.account = account.id AND undone_by IS NULL ORDER BY seq DESC)) AS former
FROM account LEFT JOIN entity USING (country, registration_key)
"""


def find(store: Store, username: str) -> Account | None:
    """Find the account with this username, else the last one that had it."""
    row = store.row(f"{ACCOUNT} WHERE account.username = ? AND account.undone_by IS NULL", [username]) or store.row(
        f"""{ACCOUNT} WHERE account.undone_by IS NULL AND account.id = (SELECT account FROM former_username
            WHERE username = ? AND undone_by IS NULL ORDER BY seq DESC LIMIT 1)""",
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


def of_link(store: Store, link: Link) -> Account:
    """Find the account of a link, as it is now."""
    return from_row(Account, store.one(f"{ACCOUNT} WHERE account.id = ?", [link.account]))


def every(store: Store) -> Iterator[Account]:
    return (from_row(Account, row) for row in store.each(f"{ACCOUNT} ORDER BY account.seq"))


def search(store: Store, query: str, limit: int) -> list[Account]:
    """List accounts with `query` in a current or former username or the nickname."""
    rows = store.rows(
        f"""{ACCOUNT} WHERE account.undone_by IS NULL
            AND (:query = '' OR instr(account.username, lower(:query)) OR instr(lower(coalesce(nickname, '')), lower(:query))
                OR account.id IN (SELECT account FROM former_username
                    WHERE instr(username, lower(:query)) AND undone_by IS NULL))
        ORDER BY account.username LIMIT :limit""",
        {"query": query, "limit": limit},
    )
    return [from_row(Account, row) for row in rows]


def unlinked_of_seller(store: Store, seller: str) -> list[Account]:
    """List the organization accounts that a seller (its id) owns and that have no live link, by username."""
    rows = store.rows(
        f"""{ACCOUNT} WHERE account.seller = ? AND account.undone_by IS NULL
            AND NOT EXISTS (SELECT 1 FROM link WHERE link.account = account.id AND live = 1)
        ORDER BY account.username""",
        [seller],
    )
    return [from_row(Account, row) for row in rows]


def near(store: Store, username: str, seller: str, limit: int) -> list[str]:
    """List usernames to compare: at the seller's shops, and with the same beginning."""
    rows = store.rows(
        """SELECT * FROM (SELECT account.username FROM shop JOIN link ON link.shop = shop.id
            JOIN account ON account.id = link.account WHERE shop.seller = :seller LIMIT :limit)
        UNION ALL SELECT * FROM (SELECT username FROM account
            WHERE username >= :start AND username < :end AND undone_by IS NULL LIMIT :limit)""",
        {"seller": seller, "limit": limit, "start": username[:2], "end": username[:2] + "\U0010ffff"},
    )
    return sorted({row["username"] for row in rows})


def add(store: Store, account: Account) -> None:
    if account.entity:
        keep_entity(store, entity_row(account.entity))
    store.insert("account", to_row(account))
    for username in reversed(account.former):
        store.insert("former_username", {"account": account.id, "username": username})


def replace(store: Store, account: Account) -> None:
    """Update an existing account. A username that changes is kept as a former one."""
    if account.entity:
        keep_entity(store, entity_row(account.entity))
    store.execute(
        """INSERT INTO former_username (account, username, entry)
        SELECT id, username, :entry FROM account WHERE id = :id AND username <> :username""",
        {"entry": store.entry, "id": account.id, "username": account.username},
    )
    store.update("account", "id", to_row(account))
