"""Rows as they were before an entry, kept with it so that it can be undone."""

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from core.models import Account, Entity, Link, Member, Product, Shop
from core.store.connection import OF_ENTRIES, Store
from core.store.links import CONTRADICTS
from core.store.trouble import damaged

TABLES = OF_ENTRIES - {"event"}

REFERENCES = (
    ("link", "shop"),
    ("link", "account"),
    ("member", "account"),
    ("product", "shop"),
)
"""The columns that refer to a row that an entry may have added."""

_MEMBERS = "('invited', 'active')"
CONFLICTS = {
    "shop": "code = :code",
    "account": "username = :username",
    "member": f"account = :account AND contact = :contact AND state IN {_MEMBERS} AND :state IN {_MEMBERS}",
    "link": CONTRADICTS,
}
"""Which other rows a row contradicts. The schema's triggers refuse them; this finds them, to name them."""


class Image(NamedTuple):
    """A row's table and key, and its columns before the entry; None: it did not exist."""

    table: str
    key: tuple[str, ...]
    row: dict[str, Any] | None


def taken(store: Store) -> list[Image]:
    """List the rows that the current entry has changed, in the order of the changes."""
    return [Image(table, key, row) for (table, key), row in (store.images or {}).items()]


def read(store: Store, before: list[Any]) -> list[Image]:
    """Read the rows that an entry keeps. Raises Damaged if another program spoiled them."""
    found = []
    for item in before:
        match item:
            case [str(table), list(key), dict() | None as row] if (
                table in TABLES
                and len(key) == len(store.key_columns(table))
                and all(isinstance(part, str) for part in key)
                and (row is None or [row.get(name) for name in store.key_columns(table)] == key)
                and (row is None or all(value is None or isinstance(value, (str, int)) for value in row.values()))
            ):
                found.append(Image(table, tuple(key), row))
            case _:
                raise damaged(store.path, "what an entry keeps to be undone can't be read")
    return found


def later_entries(store: Store, images: list[Image], entry: str) -> list[str]:
    """List the entries that wrote these rows after `entry`, the newest first."""
    found = [store.row_of(image.table, image.key) for image in images]
    if None in found:
        raise damaged(store.path, "a row that history names is not in it")
    last = dict.fromkeys(row["entry"] for row in found if row and row["entry"] != entry)
    if not last:
        return []
    keys = json.dumps([[image.table, image.key] for image in images])
    written = store.rows(
        """SELECT event.entry FROM event, json_each(event.before) AS image
            JOIN json_each(:keys) AS key ON key.value = json_array(image.value -> '$[0]', image.value -> '$[1]')
            WHERE event.seq > (SELECT seq FROM event WHERE id = :entry)
            AND NOT EXISTS (SELECT 1 FROM event AS undo WHERE undo.undoes = event.entry) ORDER BY event.seq DESC""",
        {"keys": keys, "entry": entry},
    )
    entries = list(dict.fromkeys(row["entry"] for row in written))
    return [entry for entry in last if entry not in entries] + entries


def resting(store: Store, images: list[Image]) -> Iterator[tuple[str, str]]:
    """Yield the rows (table and id) that refer to a row that undoing would remove."""
    removed = {(image.table, image.key[0]) for image in images if image.row is None}
    for table, column in REFERENCES:
        for parent, id in sorted(removed):
            if parent == column:
                rows = store.rows(f"SELECT id FROM {table} WHERE {column} = ? AND undone_by IS NULL ORDER BY seq", [id])
                yield from ((table, row["id"]) for row in rows if (table, row["id"]) not in removed)


def conflicting(store: Store, images: list[Image]) -> Iterator[str]:
    """Yield the entry of each row that these rows, as they were before, would contradict."""
    restored = {(image.table, *image.key) for image in images}
    for table, _, row in images:
        if row and table in CONFLICTS and row.get("undone_by") is None:
            found = store.rows(f"SELECT id, entry FROM {table} WHERE undone_by IS NULL AND {CONFLICTS[table]}", row)
            yield from (other["entry"] for other in found if (table, other["id"]) not in restored)


def restore(store: Store, images: list[Image], entry: str) -> None:
    """Write the rows back as they were. Mark added rows as undone by `entry`.

    Call it within a write. Raises Refused if they contradict what was written since.
    """
    for table, key, row in images:  # first, to free what they held
        if row is None and table != "entity":
            store.execute(f"UPDATE {table} SET undone_by = ? WHERE id = ?", [entry, *key])
    for table, key, row in images:
        if row is not None:
            columns = [name for name in store.row_of(table, key) or {} if name in row and name not in {"seq", "live"}]
            changes = ", ".join(f"{name} = :{name}" for name in columns)
            where = " AND ".join(f"{name} = :{name}" for name in store.key_columns(table))
            store.execute(f"UPDATE {table} SET {changes} WHERE {where}", row)
    for table, key, row in images:
        if row is None and table == "entity":
            _forget(store, key)


def adopt(store: Store, table: str, row: Shop | Account | Product | Link | Member) -> None:
    """Make an imported row part of the current entry, as if that had added it. Practice keeps no rows to undo."""
    if store.images is not None:
        store.images[table, (row.id,)] = None
        store.execute(f"UPDATE {table} SET entry = ? WHERE id = ?", [store.entry, row.id])


def adopt_entity(store: Store, entity: Entity, imported: str) -> None:
    """Do the same with a legal entity that the import (its entry) has added or completed, unless another entry has it."""
    if store.images is not None and (known := store.row_of("entity", entity.key)) and known["entry"] == imported:
        store.images["entity", entity.key] = None
        store.execute("UPDATE entity SET entry = ? WHERE country = ? AND registration_key = ?", [store.entry, *entity.key])


def name_entities(store: Store) -> None:
    """Give each legal entity the entry that last wrote it, which may have come in with the document's history.

    Call it within the import, once the history is in.
    """
    store.execute(
        """WITH written AS (SELECT image.value -> '$[1]' AS key, max(event.seq) AS seq, event.entry
            FROM event, json_each(event.before) AS image WHERE image.value ->> '$[0]' = 'entity'
            AND NOT EXISTS (SELECT 1 FROM event AS undo WHERE undo.undoes = event.entry) GROUP BY 1)
        UPDATE entity SET entry = written.entry FROM written
            WHERE entity.entry <> written.entry AND json_array(country, registration_key) = written.key"""
    )


def _forget(store: Store, key: tuple[str, ...]) -> None:
    """Forget an entity, unless a shop or an account depends on it."""
    store.execute(
        """UPDATE entity SET kind = NULL, legal_name = NULL WHERE country = :country AND registration_key = :key
            AND NOT EXISTS (SELECT 1 FROM shop JOIN seller ON seller.id = shop.seller
                WHERE seller.country = :country AND seller.registration_key = :key AND shop.undone_by IS NULL)
            AND NOT EXISTS (SELECT 1 FROM account
                WHERE account.country = :country AND account.registration_key = :key AND account.undone_by IS NULL)""",
        {"country": key[0], "key": key[1]},
    )
