"""TikTok accounts in the file."""

from collections.abc import Iterator

from core.models import Account, Link
from core.store.connection import Store
from core.store.rows import entity_row, from_row, to_row
from core.store.shops import keep_entity

ACCOUNT = """
SELECT account.*, entity.registration_number, entity.kind AS entity_kind, entity.legal_name
FROM account LEFT JOIN entity USING (country, registration_key)
"""


def find(store: Store, username: str) -> Account | None:
    row = store.row(f"{ACCOUNT} WHERE username = ?", [username])
    return from_row(Account, row) if row else None


def of_link(store: Store, link: Link) -> Account:
    """The account of a link, as it is now."""
    return from_row(Account, store.one(f"{ACCOUNT} WHERE username = ?", [link.account]))


def every(store: Store) -> Iterator[Account]:
    return (from_row(Account, row) for row in store.each(f"{ACCOUNT} ORDER BY username"))


def search(store: Store, query: str, limit: int) -> list[Account]:
    """Accounts by username, those that hold `query` in username or nickname."""
    rows = store.rows(
        f"""{ACCOUNT} WHERE :query = '' OR instr(username, lower(:query)) OR instr(lower(coalesce(nickname, '')), lower(:query))
        ORDER BY username LIMIT :limit""",
        {"query": query, "limit": limit},
    )
    return [from_row(Account, row) for row in rows]


def near(store: Store, username: str, seller: str, limit: int) -> list[str]:
    """Usernames that may look like this one: of accounts at the seller's shops, and of those that begin alike."""
    rows = store.rows(
        """SELECT * FROM (SELECT link.account AS username FROM shop JOIN link ON link.shop = shop.id
            WHERE shop.seller = :seller LIMIT :limit)
        UNION ALL SELECT * FROM (SELECT username FROM account WHERE username >= :start AND username < :end LIMIT :limit)""",
        {"seller": seller, "limit": limit, "start": username[:2], "end": username[:2] + "\U0010ffff"},
    )
    return sorted({row["username"] for row in rows})


def add(store: Store, account: Account) -> None:
    if account.entity:
        keep_entity(store, entity_row(account.entity))
    store.insert("account", to_row(account))


def replace(store: Store, account: Account) -> None:
    """Write all facts of an account that is there already."""
    if account.entity:
        keep_entity(store, entity_row(account.entity))
    store.update("account", "username", to_row(account))
