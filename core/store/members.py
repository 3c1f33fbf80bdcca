"""Members of organization accounts in the file."""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
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


def invited(store: Store, usernames: Sequence[str]) -> dict[str, list[Member]]:
    """Who is invited to each of these accounts, of those that are organization accounts."""
    found = defaultdict(list)
    sql = """SELECT member.* FROM member JOIN account ON account.username = member.account AND account.kind = 'organization'
        WHERE member.account IN (SELECT value FROM json_each(?)) AND member.state = 'invited'"""
    for row in store.rows(sql, [json.dumps(usernames)]):
        found[row["account"]].append(from_row(Member, row))
    return found


def every(store: Store) -> Iterator[Member]:
    return (from_row(Member, row) for row in store.each("SELECT * FROM member ORDER BY seq"))


def overdue(store: Store, now: datetime) -> list[Member]:
    """Invitations whose time has run out, in the order in which it did."""
    sql = "SELECT * FROM member INDEXED BY member_overdue WHERE state = 'invited' AND accept_by <= ? ORDER BY accept_by"
    rows = store.rows(sql, [to_ms(now)])
    return [from_row(Member, row) for row in rows]


def any_overdue(store: Store, now: datetime) -> bool:
    sql = "SELECT 1 FROM member INDEXED BY member_overdue WHERE state = 'invited' AND accept_by <= ? LIMIT 1"
    return store.value(sql, [to_ms(now)]) is not None


def add(store: Store, member: Member) -> None:
    store.insert("member", to_row(member))


def replace(store: Store, member: Member) -> None:
    """Write what may change of a member: role, state and moments."""
    row = to_row(member)
    store.update("member", "id", {name: row[name] for name in ("id", "role", "state", "accepted_at", "removed_at")})
