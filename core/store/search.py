"""Find entries of the history by what they say: FTS5's index of three letters, caught up with a history that only grows.

The letters A to Z are found in either case, as LIKE has it, and every other character as it is typed: `é` does not find
`É`, and `%`, `_` and quotes stand for themselves. What is found comes newest entered first.
"""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from core.errors import Damaged, Refused, WorkspaceError
from core.store import schema
from core.store.connection import Store
from core.store.rows import LONGEST_QUERY, columns, like
from core.store.trouble import damaged

Rows = list[dict[str, Any]]

NEWEST = 10_000
"""Entries that are looked through without the index."""
GRAMS = 12
"""Groups of three letters that are looked up in the index at most: LIKE decides, and more of them hardly help it."""
STEP = 20_000
"""Entries that are added to the index at once."""

_HOLDS = " OR ".join(f"event.{column} LIKE :like ESCAPE '\\'" for column in ("summary", "actor", "note"))


def find(store: Store, query: str, narrowed: str, conditions: str, given: dict[str, Any]) -> Rows:
    """Find the entries that hold `query`, entered before :before, newest entered first, at most :limit.

    `narrowed`: a condition that an index serves, "1" for none; `conditions`: what else must hold. One and two letters are
    looked for in the newest entries only (`is_partial`). A damaged index is built again, or else done without.
    """
    query = _typed(query)
    wanted = f"event.seq < :before AND {narrowed} AND {conditions} AND ({_HOLDS})"
    given = {**given, "like": like(query), "grams": _grams(query)}
    try:
        if not store.read_only and _indexed(store) < _newest(store):  # another program has written
            with suppress(WorkspaceError), store.no_wait(), store.write():
                catch_up(store)
        with store.read():
            if _are_few(store, narrowed, given):
                return _looked_through(store, "event", wanted, given)
            if len(query) < 3:
                return _looked_through(store, "event NOT INDEXED", wanted, {**given, "floor": _newest(store) - NEWEST})
            return _looked_up(store, wanted, given)
    except Damaged:
        with suppress(WorkspaceError), store.write():
            rebuild(store)
        return _looked_through(store, "event NOT INDEXED", wanted, given)


def is_partial(store: Store, query: str, narrowed: str, given: dict[str, Any]) -> bool:
    """Whether `find` looks for `query` in the newest entries only."""
    return len(_typed(query)) < 3 and not _are_few(store, narrowed, given)


def catch_up(store: Store, report: Callable[[], None] = lambda: None) -> None:
    """Add the entries that the index lacks. Call it within a change; `report` is called after every STEP of them.

    A damaged index is built again, or left as it is where that is not possible: the record does not depend on it.
    Raises Damaged where SQLite has taken back the whole change because of it.
    """
    try:
        _add_new(store, report)
    except (Damaged, Refused) as error:
        if not store.connection.in_transaction:
            raise Damaged(
                "The search index is damaged, so nothing was changed. The record itself is sound.",
                remedy="Build the index again with: shoplink doctor --rebuild-search",
            ) from error
        with suppress(Damaged):
            rebuild(store)


def rebuild(store: Store) -> None:
    """Build the index from the history. Call it within a change. Raises Damaged."""
    with store.part():
        store.execute("DROP TABLE IF EXISTS event_fts")
        store.execute(dict(schema.expected())["event_fts"])
        store.db.table("event").rebuild_fts()


def is_sound(store: Store) -> bool:
    """Ask FTS5 whether the index, once caught up, has every entry. Raises Locked, ReadOnly or DiskFull."""
    try:
        with store.write():
            _add_new(store)
            store.execute("INSERT INTO event_fts (event_fts, rank) VALUES ('integrity-check', 1)")  # 1: with the history
    except (Damaged, Refused):
        return False
    return True


def _add_new(store: Store, report: Callable[[], None] = lambda: None) -> None:
    while (indexed := _indexed(store)) < _newest(store):
        with store.part():  # FTS5 writes when a savepoint ends: what is wrong is known here, not at COMMIT
            store.execute(
                """INSERT INTO event_fts (rowid, summary, actor, note)
                SELECT seq, summary, actor, note FROM event WHERE seq > ? ORDER BY seq LIMIT ?""",
                [indexed, STEP],
            )
        report()


def _looked_up(store: Store, wanted: str, given: dict[str, Any]) -> Rows:
    """Give those that the index lacks, then those that it finds."""
    indexed = _indexed(store)
    rows = _looked_through(store, "event NOT INDEXED", wanted, {**given, "floor": indexed})
    if len(rows) < given["limit"]:
        rows += store.rows(
            f"""SELECT {columns("event")} FROM event_fts CROSS JOIN event ON event.seq = event_fts.rowid
            WHERE event_fts MATCH :grams AND event_fts.rowid < :end AND {wanted} ORDER BY event_fts.rowid DESC LIMIT :limit""",
            {**given, "end": min(given["before"], indexed + 1), "limit": given["limit"] - len(rows)},
        )
    return rows


def _looked_through(store: Store, source: str, wanted: str, given: dict[str, Any]) -> Rows:
    """Give those entered after :floor, by LIKE."""
    sql = f"SELECT {columns('event')} FROM {source} WHERE event.seq > :floor AND {wanted} ORDER BY event.seq DESC LIMIT :limit"
    return store.rows(sql, {"floor": 0, **given})


def _are_few(store: Store, narrowed: str, given: dict[str, Any]) -> bool:
    """Whether the entries that `narrowed` leaves can be looked through."""
    return bool(store.value(f"SELECT count(*) FROM (SELECT 1 FROM event WHERE {narrowed} LIMIT {NEWEST + 1})", given) <= NEWEST)


def _typed(query: str) -> str:
    """Cut off what LIKE does not read."""
    return query[:LONGEST_QUERY].partition("\0")[0]


def _grams(query: str) -> str:
    """Make what FTS5 looks up: groups of three letters of the query, its last among them."""
    step = -(-len(query) // GRAMS) or 1
    grams = {query[start : start + 3] for start in range(len(query) - 3, -1, -step)}
    return " AND ".join('"' + gram.replace('"', '""') + '"' for gram in sorted(grams))


def _indexed(store: Store) -> int:
    """The newest entry in the index. Raises Damaged where it cannot have come from the history."""
    indexed = store.value("SELECT max(id) FROM event_fts_docsize") or 0  # max(rowid) of event_fts would be that of event
    if indexed > _newest(store):
        raise damaged(store.path, "its search index is another's")
    return int(indexed)


def _newest(store: Store) -> int:
    return int(store.value("SELECT max(seq) FROM event") or 0)
