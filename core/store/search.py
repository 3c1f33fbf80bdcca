"""Search the history with an FTS5 trigram index that grows with it.

A to Z match in either case, as with LIKE, and every other character exactly: `é` does not find `É`, and `%`, `_` and
quotes are plain text. The newest recorded entries come first.
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
"""Entries that are scanned without the index."""
GRAMS = 12
"""Maximum number of trigrams to look up: LIKE decides in the end, and more hardly narrow the result."""
STEP = 20_000
"""Entries added to the index per savepoint."""

_HOLDS = " OR ".join(f"event.{column} LIKE :like ESCAPE '\\'" for column in ("summary", "actor", "note"))


def find(store: Store, query: str, narrowed: str, conditions: str, given: dict[str, Any]) -> Rows:
    """Find entries that contain `query`, recorded before :before, newest first.

    At most :limit. `narrowed`: an indexed condition, or "1" for none; `conditions`: further filters. One or two letters are
    searched in the newest entries only (`is_partial`). A damaged index is rebuilt, or bypassed if that fails.
    """
    query = _typed(query)
    wanted = f"event.seq < :before AND {narrowed} AND {conditions} AND ({_HOLDS})"
    given = {**given, "like": like(query), "grams": _grams(query)}
    try:
        if not store.read_only and _indexed(store) < newest(store):  # another program wrote since
            with suppress(WorkspaceError), store.waiting(0), store.write():
                catch_up(store)
        with store.read():
            if _are_few(store, narrowed, given):
                return _scan(store, "event", wanted, given)
            if len(query) < 3:
                return _scan(store, "event NOT INDEXED", wanted, {**given, "floor": newest(store) - NEWEST})
            return _look_up(store, wanted, given)
    except Damaged:
        with suppress(WorkspaceError), store.write():
            rebuild(store)
        return _scan(store, "event NOT INDEXED", wanted, given)


def is_partial(store: Store, query: str, narrowed: str, given: dict[str, Any]) -> bool:
    """Check whether `find` searches the newest entries only."""
    return len(_typed(query)) < 3 and not _are_few(store, narrowed, given)


def catch_up(store: Store, report: Callable[[], None] = lambda: None) -> None:
    """Index new entries, calling `report` after every STEP. Call it within a change.

    A damaged index is rebuilt, or left alone if that fails: the record does not depend on it.
    Raises Damaged if SQLite has rolled back the whole change because of it.
    """
    try:
        _add_new(store, report)
    except (Damaged, Refused) as error:
        if not store.connection.in_transaction:
            raise Damaged(
                "The search index is damaged, so nothing was changed. The record itself is fine.",
                remedy="Rebuild the search index.",
                command="The command: shoplink doctor --rebuild-search",
            ) from error
        with suppress(Damaged):
            rebuild(store)


def rebuild(store: Store) -> None:
    """Rebuild the index from the history. Call it within a change. Raises Damaged."""
    with store.part():
        store.execute("DROP TABLE IF EXISTS event_fts")
        store.execute(dict(schema.expected())["event_fts"])
        store.db.table("event").rebuild_fts()


def is_sound(store: Store) -> bool:
    """Have FTS5 check the up-to-date index. Raises Locked, ReadOnly or DiskFull."""
    try:
        with store.write():
            _add_new(store)
            store.execute("INSERT INTO event_fts (event_fts, rank) VALUES ('integrity-check', 1)")  # 1: compare with the history
    except (Damaged, Refused):
        return False
    return True


def _add_new(store: Store, report: Callable[[], None] = lambda: None) -> None:
    while (indexed := _indexed(store)) < newest(store):
        with store.part():  # FTS5 writes when a savepoint ends: errors show up here, not at COMMIT
            store.execute(
                """INSERT INTO event_fts (rowid, summary, actor, note)
                SELECT seq, summary, actor, note FROM event WHERE seq > ? ORDER BY seq LIMIT ?""",
                [indexed, STEP],
            )
        report()


def _look_up(store: Store, wanted: str, given: dict[str, Any]) -> Rows:
    """Find entries by scanning those not indexed yet, then in the index."""
    indexed = _indexed(store)
    rows = _scan(store, "event NOT INDEXED", wanted, {**given, "floor": indexed})
    if len(rows) < given["limit"]:
        rows += store.rows(
            f"""SELECT {columns("event")} FROM event_fts CROSS JOIN event ON event.seq = event_fts.rowid
            WHERE event_fts MATCH :grams AND event_fts.rowid < :end AND {wanted} ORDER BY event_fts.rowid DESC LIMIT :limit""",
            {**given, "end": min(given["before"], indexed + 1), "limit": given["limit"] - len(rows)},
        )
    return rows


def _scan(store: Store, source: str, wanted: str, given: dict[str, Any]) -> Rows:
    """Find entries recorded after :floor, by LIKE alone."""
    sql = f"SELECT {columns('event')} FROM {source} WHERE event.seq > :floor AND {wanted} ORDER BY event.seq DESC LIMIT :limit"
    return store.rows(sql, {"floor": 0, **given})


def _are_few(store: Store, narrowed: str, given: dict[str, Any]) -> bool:
    """Check whether `narrowed` leaves few enough entries to scan."""
    return bool(store.value(f"SELECT count(*) FROM (SELECT 1 FROM event WHERE {narrowed} LIMIT {NEWEST + 1})", given) <= NEWEST)


def _typed(query: str) -> str:
    """Cut off what LIKE would ignore."""
    return query[:LONGEST_QUERY].partition("\0")[0]


def _grams(query: str) -> str:
    """Make the FTS5 query: trigrams spread over the text, including its last."""
    step = -(-len(query) // GRAMS) or 1
    grams = {query[start : start + 3] for start in range(len(query) - 3, -1, -step)}
    return " AND ".join('"' + gram.replace('"', '""') + '"' for gram in sorted(grams))


def _indexed(store: Store) -> int:
    """Find the newest indexed entry. Raises Damaged if the history has no such entry."""
    indexed = store.value("SELECT max(id) FROM event_fts_docsize") or 0  # event_fts itself would return the rowids of `event`
    if indexed > newest(store):
        raise damaged(store.path, "its search index belongs to another file")
    return int(indexed)


def newest(store: Store) -> int:
    """Return the newest event's seq; 0 without events."""
    return int(store.value("SELECT max(seq) FROM event") or 0)
