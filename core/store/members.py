"""Members of organization accounts in the file."""

from collections.abc import Iterator
from datetime import datetime

from core.clock import to_ms
from core.models import Member
from core.store.connection import Store
from core.store.rows import from_row, to_row


def find(store: Store, id: str) -> Member | None:
    row = store.row("SELECT * FROM member WHERE id = ?", [id])
    return from_row(Member, row) if row else None


def of_account(store: Store, username: str) -> list[Member]:
    """The members of an organization account, in the order in which they came."""
    return [from_row(Member, row) for row in store.rows("SELECT * FROM member WHERE account = ? ORDER BY seq", [username])]


def every(store: Store) -> Iterator[Member]:
    return (from_row(Member, row) for row in store.each("SELECT * FROM member ORDER BY seq"))


def overdue(store: Store, now: datetime) -> list[Member]:
    """Invitations whose time has run out, in the order in which it did."""
    rows = store.rows("SELECT * FROM member WHERE state = 'invited' AND accept_by <= ? ORDER BY accept_by", [to_ms(now)])
    return [from_row(Member, row) for row in rows]


def add(store: Store, member: Member) -> None:
    store.insert("member", to_row(member))


def replace(store: Store, member: Member) -> None:
    """Write what may change of a member: role, state and moments."""
    row = to_row(member)
    store.update("member", "id", {name: row[name] for name in ("id", "role", "state", "accepted_at", "removed_at")})
