"""What an import has met so far: kept in a table of the connection's own, so that memory does not grow with the file."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from core.store.connection import Store


class Met(NamedTuple):
    """An entry that was met before: its place in the file, and whether it says the same."""

    place: int
    same: bool


@contextmanager
def room(store: Store) -> Iterator[None]:
    """64 MB for the pages of one transaction: one that outgrows its cache locks every reader out."""
    before = store.value("PRAGMA cache_size")
    store.execute("PRAGMA cache_size = -65536")
    try:
        yield
    finally:
        store.execute(f"PRAGMA cache_size = {before}")


def begin(store: Store) -> None:
    """Nothing was met so far. Call it within the import's own transaction, which takes the table back when it ends otherwise."""
    store.execute(
        "CREATE TEMP TABLE met (kind TEXT, key TEXT, place INTEGER, digest BLOB, PRIMARY KEY (kind, key)) WITHOUT ROWID"
    )


def end(store: Store) -> None:
    store.execute("DROP TABLE temp.met")


def first_with(store: Store, kind: str, key: str, place: int, digest: bytes) -> Met | None:
    """Remember an entry; give the one of the same kind and key that was met before it."""
    new = store.execute("INSERT OR IGNORE INTO met VALUES (?, ?, ?, ?)", [kind, key, place, digest])
    if new.rowcount:
        return None
    row = store.rows("SELECT place, digest FROM met WHERE kind = ? AND key = ?", [kind, key])[0]
    return Met(row["place"], row["digest"] == digest)
