"""List shops page by page: by name or by due moment, filtered by a query."""

import json
from datetime import datetime
from itertools import islice
from typing import Any

from core.clock import to_ms
from core.models import Shop
from core.store import broken, due
from core.store.connection import Store
from core.store.rows import from_row, like

_NAME = "shop.name COLLATE NOCASE, shop.seq"
_FOUND = """(+shop.name LIKE :like ESCAPE '\\' OR +shop.code LIKE :like ESCAPE '\\' OR shop.id IN (
    SELECT link.shop FROM account CROSS JOIN link ON link.account = account.id
    WHERE account.username LIKE :like ESCAPE '\\' AND link.live = 1))"""
"""SQL: whether a shop matches by name, code or username. The + keeps SQLite from using an index for it."""
_OFFICIAL = "EXISTS (SELECT 1 FROM link WHERE link.shop = shop.id AND link.role = 'official' AND link.live = 1{})"
_STATES = {
    "linked": _OFFICIAL.format(" AND link.state = 'linked'"),
    "pending": """shop.id IN (SELECT shop FROM link
        WHERE state IN ('awaiting_authorization', 'authorized', 'in_review') AND undone_by IS NULL)""",
    "none": f"NOT {_OFFICIAL.format('')}",
}


def page(
    store: Store,
    query: str,
    limit: int,
    after: Shop | None,
    now: datetime,
    *,
    state: str = "",
    region: str = "",
    due_first: bool = False,
) -> list[Shop]:
    """List shops by name, with `query` in name, code or a live link's username.

    `after`: the last shop of the previous page. `state`: only shops whose official account is "linked" or "none", or with
    a "pending" link. `region`: only of this market. `due_first`: the soonest due come first. Call it within read().
    """
    if due_first:
        broken.find(store)
    wanted = {_STATES.get(state): state, "shop.region = :region": region}
    narrowed = [condition for condition, asked in wanted.items() if condition and asked]
    conditions = " AND ".join(["shop.undone_by IS NULL", *narrowed])
    given: dict[str, Any] = {"now": to_ms(now), "region": region, "like": like(query)}
    if query:
        conditions += f" AND {_FOUND}"
    if not due_first:
        return _by_name(store, limit, after, conditions, given)
    if query:
        return _found_by_due(store, limit, after, conditions, given)
    found: list[Shop] = []
    start = _place(store, after, given) if after else due.FIRST
    if start:
        found = _of_seqs(store, [one.seq for one in islice(due.in_order(store, start, conditions, given), limit)])
        after = None
    if len(found) < limit:
        found += _by_name(store, limit - len(found), after, f"{conditions} AND {due.SOONEST} IS NULL", given)
    return found


def _found_by_due(store: Store, limit: int, after: Shop | None, conditions: str, given: dict[str, Any]) -> list[Shop]:
    """List shops that match a query, the soonest due first; this reads every match."""
    following = "1"
    if after:
        following = "(at IS NULL, ifnull(at, 0), name COLLATE NOCASE, seq) > (:at IS NULL, ifnull(:at, 0), :name, :seq)"
        place = store.one(f"SELECT {due.SOONEST} AS at, name, seq FROM shop WHERE id = :id", {**given, "id": after.id})
        given = {**given, **place}
    rows = store.rows(
        f"""WITH found AS MATERIALIZED (SELECT shop.*, {due.SOONEST} AS at FROM shop WHERE {conditions})
        SELECT * FROM found WHERE {following} ORDER BY at IS NULL, at, name COLLATE NOCASE, seq LIMIT :limit""",
        {**given, "limit": limit},
    )
    return [from_row(Shop, row) for row in rows]


def with_official(store: Store) -> tuple[int, int]:
    """Count the shops whose official account is linked, and those where it is requested."""
    sql = """SELECT count(*) FILTER (WHERE state = 'linked') AS linked, count(*) AS live
        FROM link INDEXED BY link_official WHERE role = 'official' AND live = 1"""
    counted = store.one(sql)
    return counted["linked"], counted["live"] - counted["linked"]


def count_due(store: Store, now: datetime, most: int) -> int:
    """Count the shops with something due, or up to `most`. Call it within read()."""
    broken.find(store)
    return due.count(store, to_ms(now), most)


def with_reminders(store: Store, now: datetime) -> list[Shop]:
    """List the shops with something due, the soonest first. Call it within read()."""
    broken.find(store)
    return _of_seqs(store, [one.seq for one in due.in_order(store, due.FIRST, "1", {"now": to_ms(now)})])


def _by_name(store: Store, limit: int, after: Shop | None, conditions: str, given: dict[str, Any]) -> list[Shop]:
    if after:
        conditions += """ AND shop.name COLLATE NOCASE >= :name
            AND (shop.name COLLATE NOCASE, shop.seq) > (:name COLLATE NOCASE, (SELECT seq FROM shop WHERE id = :id))"""
        given = {**given, "name": after.name, "id": after.id}
    sql = f"SELECT shop.* FROM shop WHERE {conditions} ORDER BY {_NAME} LIMIT :limit"
    return [from_row(Shop, row) for row in store.rows(sql, {**given, "limit": limit})]


def _place(store: Store, shop: Shop, given: dict[str, Any]) -> due.Due | None:
    """Find a shop's position in the order of due moments; None if nothing is due."""
    row = store.row(f"SELECT {due.SOONEST} AS at, name, seq FROM shop WHERE id = :id", {**given, "id": shop.id})
    return due.Due(**row) if row and row["at"] is not None else None


def _of_seqs(store: Store, seqs: list[int]) -> list[Shop]:
    """Fetch the shops with these seqs, in this order."""
    rows = store.rows("SELECT * FROM shop WHERE seq IN (SELECT value FROM json_each(?))", [json.dumps(seqs)])
    by_seq = {row["seq"]: row for row in rows}
    return [from_row(Shop, by_seq[seq]) for seq in seqs]
