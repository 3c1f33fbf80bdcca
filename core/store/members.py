"""Queries and writes for members of organization accounts."""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime

from core.clock import to_ms
from core.models import Member
from core.store.connection import Store
from core.store.rows import columns, from_row, new_row, to_row

MEMBER = f"SELECT {columns('member')} FROM member"
INVITED = """member.state = 'invited' AND member.undone_by IS NULL
    AND EXISTS (SELECT 1 FROM account WHERE account.id = member.account AND account.kind = 'organization')"""
"""SQL: whether a row of `member` is an open invitation to what is an organization account now."""
_OVERDUE = "INDEXED BY member_overdue WHERE state = 'invited' AND undone_by IS NULL AND accept_by <= ?"


def find(store: Store, id: str) -> Member | None:
    row = store.row(f"{MEMBER} WHERE id = ?", [id])
    return from_row(Member, row) if row else None


def of_account(store: Store, account: str) -> list[Member]:
    """List the members of an organization account (its id), in the order of entry."""
    rows = store.rows(f"{MEMBER} WHERE account = ? AND undone_by IS NULL ORDER BY seq", [account])
    return [from_row(Member, row) for row in rows]


def invited(store: Store, accounts: Sequence[str]) -> dict[str, list[Member]]:
    """Map each organization account among these ids to its open invitations."""
    found = defaultdict(list)
    sql = f"{MEMBER} WHERE account IN (SELECT value FROM json_each(?)) AND {INVITED}"
    for row in store.rows(sql, [json.dumps(accounts)]):
        found[row["account"]].append(from_row(Member, row))
    return found


def every(store: Store) -> Iterator[Member]:
    return (from_row(Member, row) for row in store.each(f"{MEMBER} ORDER BY seq"))


def overdue(store: Store, now: datetime) -> list[Member]:
    """List overdue invitations, in the order of their deadlines."""
    rows = store.rows(f"{MEMBER} {_OVERDUE} ORDER BY accept_by", [to_ms(now)])
    return [from_row(Member, row) for row in rows]


def any_overdue(store: Store, now: datetime) -> bool:
    return store.value(f"SELECT 1 FROM member {_OVERDUE} LIMIT 1", [to_ms(now)]) is not None


def add(store: Store, member: Member) -> None:
    store.insert("member", new_row(member))


def replace(store: Store, member: Member) -> None:
    """Update a member's role, state and moments."""
    row = to_row(member)
    names = ("id", "role", "state", "accepted_at", "removed_at", "seller_center_removed_at")
    store.update("member", "id", {name: row[name] for name in names})
