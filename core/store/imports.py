"""The entries an import has read so far, in a temporary table to limit memory."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from core.store.connection import Store


class Earlier(NamedTuple):
    """An earlier entry with the same key: its place, and whether it is identical."""

    place: int
    same: bool


@contextmanager
def large_cache(store: Store) -> Iterator[None]:
    """Use a 64 MB cache: a transaction that outgrows it locks out every reader."""
    before = store.value("PRAGMA cache_size")
    store.execute("PRAGMA cache_size = -65536")
    try:
        yield
    finally:
        store.execute(f"PRAGMA cache_size = {before}")


def begin(store: Store) -> None:
    """Create the table, within the import's transaction so that a rollback drops it."""
    store.execute(
        "CREATE TEMP TABLE seen (kind TEXT, key TEXT, place INTEGER, digest BLOB, PRIMARY KEY (kind, key)) WITHOUT ROWID"
    )


def end(store: Store) -> None:
    store.execute("DROP TABLE temp.seen")


def first_with(store: Store, kind: str, key: str, place: int, digest: bytes) -> Earlier | None:
    """Remember an entry, or return the earlier one with the same kind and key."""
    new = store.execute("INSERT OR IGNORE INTO seen VALUES (?, ?, ?, ?)", [kind, key, place, digest])
    if new.rowcount:
        return None
    row = store.rows("SELECT place, digest FROM seen WHERE kind = ? AND key = ?", [kind, key])[0]
    return Earlier(row["place"], row["digest"] == digest)
