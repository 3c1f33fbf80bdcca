"""The entries an import has read so far, in a temporary table to limit memory."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from core.store import search
from core.store.connection import Store

MOMENTS = {
    "link.requested": "requested_at",
    "link.authorized": "authorized_at",
    "link.submitted": "submitted_at",
    "link.linked": "linked_at",
    "link.unlinked": "unlinked_at",
}
"""The kinds of events that happen to a link once, and the link's moment for each."""


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


def begin(store: Store) -> int:
    """Create the table, within the import's transaction so that a rollback drops it. Returns the newest event's seq."""
    store.execute(
        "CREATE TEMP TABLE seen (kind TEXT, key TEXT, place INTEGER, digest BLOB, PRIMARY KEY (kind, key)) WITHOUT ROWID"
    )
    return search.newest(store)


def contradicting(store: Store) -> Iterator[tuple[int, str, str]]:
    """Find imported links with a moment other than their event's: place, field, and event's id."""
    kinds = ", ".join(f"'{kind}'" for kind in MOMENTS)
    moment = " ".join(f"WHEN '{kind}' THEN link.{field}" for kind, field in MOMENTS.items())
    for row in store.rows(
        f"""SELECT seen.place, event.kind, max(event.seq), event.id FROM event
            CROSS JOIN link ON link.id = event.link AND link.undone_by IS NULL
            CROSS JOIN seen ON seen.kind = 'links' AND seen.key = link.id
        WHERE substr(event.kind, 1, instr(event.kind, '.')) = 'link.' AND event.kind IN ({kinds})
            AND event.entry NOT IN (SELECT undoes FROM event WHERE undoes IS NOT NULL)
        GROUP BY seen.place, event.kind HAVING event.at IS NOT CASE event.kind {moment} END ORDER BY seen.place"""
    ):
        yield row["place"], MOMENTS[row["kind"]], row["id"]


def second_sellers(store: Store) -> Iterator[tuple[str, str]]:
    """Find imported sellers whose legal entity has an earlier seller: the ids of both."""
    for row in store.rows(
        """SELECT seller.id, min(earlier.id) AS earlier FROM seen JOIN seller ON seller.id = seen.key
            JOIN seller AS earlier USING (country, registration_key)
        WHERE seen.kind = 'sellers' AND earlier.seq < seller.seq GROUP BY seller.id"""
    ):
        yield row["id"], row["earlier"]


def place(store: Store, kind: str, key: str) -> int:
    """Find the place of the entry that was read with this key."""
    return int(store.value("SELECT place FROM seen WHERE kind = ? AND key = ?", [kind, key]))


def end(store: Store) -> None:
    store.execute("DROP TABLE temp.seen")


def first_with(store: Store, kind: str, key: str, place: int, digest: bytes) -> Earlier | None:
    """Remember an entry, or return the earlier one with the same kind and key."""
    new = store.execute("INSERT OR IGNORE INTO seen VALUES (?, ?, ?, ?)", [kind, key, place, digest])
    if new.rowcount:
        return None
    row = store.rows("SELECT place, digest FROM seen WHERE kind = ? AND key = ?", [kind, key])[0]
    return Earlier(row["place"], row["digest"] == digest)
