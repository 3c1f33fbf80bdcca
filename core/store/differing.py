"""Rows of a document that differ from those in the workspace: which history is newer, and how they are replaced."""

import json
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from core.models import Account, Entity, Link, Member, Product, Row, Seller, Shop
from core.store.connection import Store
from core.store.events import STATING
from core.store.rows import entity_row, to_row
from core.store.shops import change_entity, keep_entity

Stored = Seller | Shop | Account | Product | Link | Member

HIDDEN = "imported"
"""In `undone_by`, while the import has not decided about a row."""

_ROWS = "(SELECT value FROM json_each(:ids))"
_FAMILY = "substr(kind, 1, instr(kind, '.'))"
_WROTE: dict[type[Stored | Entity], tuple[str, str]] = {
    Seller: (
        "details ->> '$.seller.id'",
        f"""{_FAMILY} = 'shop.' AND (kind = 'shop.added'
            OR details ->> '$.facts' LIKE '%"kind"%' OR details ->> '$.facts' LIKE '%"legal_name"%')""",
    ),
    Shop: ("shop", STATING["shop"]),
    Account: ("account", STATING["account"]),
    Product: (
        "details ->> '$.product.id'",
        f"shop IN (SELECT shop FROM product WHERE id IN {_ROWS}) AND {_FAMILY} = 'product.'",
    ),
    Link: ("link", "TRUE"),
    Member: ("member", f"account IN (SELECT account FROM member WHERE id IN {_ROWS})"),
    Entity: ("entity", "entity IS NOT NULL"),
}
"""SQL: the id of the row that an event wrote, and which events wrote one."""

_ENTITIES = """(SELECT event.*, image.value ->> '$[1][0]' || ' ' || (image.value ->> '$[1][1]') AS entity,
        image.value ->> '$[2]' IS NOT NULL AS is_correction
    FROM event, json_each(event.before) AS image WHERE image.value ->> '$[0]' = 'entity')"""
"""SQL: the events that wrote legal entities, with the country and the number of each, which are its id here."""


class Histories(NamedTuple):
    """What the workspace's and the document's history have about a row."""

    here: str | None = None
    """The newest event that only the workspace has. An entry and its undo cancel out: the row is as it was before them."""
    brought: str | None = None
    """The entry of the newest event that only the document has."""
    in_document: bool = False
    """Whether the document has any event."""


def histories(store: Store, kind: type[Stored | Entity], ids: Iterable[str], newest: int) -> dict[str, Histories]:
    """Map rows of a kind (their ids) to what the document and the workspace have about them, in one pass over the history.

    `newest`: the seq of the newest event before the import.
    """
    row, wrote = _WROTE[kind]
    source = _ENTITIES if kind is Entity else "event"
    found = store.rows(
        f"""WITH wrote AS (SELECT {row} AS row, seq, id, entry, undoes FROM {source} WHERE {wrote} AND {row} IN {_ROWS}),
            about AS (SELECT * FROM wrote UNION SELECT wrote.row, undo.seq, undo.id, undo.entry, undo.undoes
                FROM wrote CROSS JOIN event AS undo ON undo.undoes = wrote.entry),
            marked AS (SELECT about.*, seen.key IS NOT NULL AS in_document
                FROM about LEFT JOIN seen ON seen.kind = 'events' AND seen.key = about.id),
            decisive AS (SELECT row, max(in_document) AS in_document,
                max(iif(in_document AND seq > :newest, seq, NULL)) AS brought,
                max(iif(in_document OR EXISTS (SELECT 1 FROM event AS undo WHERE undo.undoes = marked.entry)
                    OR undoes NOT IN (SELECT key FROM seen WHERE kind = 'events'), NULL, seq)) AS here
                FROM marked GROUP BY row)
        SELECT row, in_document, (SELECT id FROM event WHERE seq = here) AS here,
            (SELECT entry FROM event WHERE seq = brought) AS brought FROM decisive""",
        {"ids": json.dumps(list(ids)), "newest": newest},
    )
    return {item["row"]: Histories(item["here"], item["brought"], bool(item["in_document"])) for item in found}


def corrected_twice(store: Store, newest: int) -> Iterator[tuple[str, str, str]]:
    """Yield the document's sellers whose legal entity has a correction on both sides: the id, and each side's newest entry.

    `newest`: the seq of the newest event before the import.
    """
    for row in store.rows(
        f"""WITH wrote AS (SELECT entity, seq, seen.key IS NOT NULL AS in_document FROM {_ENTITIES} AS event
                LEFT JOIN seen ON seen.kind = 'events' AND seen.key = event.id
                WHERE is_correction AND (seq > :newest OR seen.key IS NULL)
                AND NOT EXISTS (SELECT 1 FROM event AS undo WHERE undo.undoes = event.entry)),
            twice AS (SELECT entity, max(iif(in_document, NULL, seq)) AS here, max(iif(in_document, seq, NULL)) AS brought
                FROM wrote GROUP BY entity HAVING here AND brought)
        SELECT seller.id, here.entry AS here, brought.entry AS brought FROM twice
            JOIN event AS here ON here.seq = twice.here JOIN event AS brought ON brought.seq = twice.brought
            JOIN seller ON seller.country || ' ' || seller.registration_key = entity
            JOIN seen ON seen.kind = 'sellers' AND seen.key = seller.id""",
        {"newest": newest},
    ):
        yield row["id"], row["here"], row["brought"]


def hide(store: Store, model: Stored) -> None:
    """Free what a row holds, such as its username, for what the document brings."""
    if isinstance(model, Row):
        table = _table(model)
        store.execute(f"UPDATE {table} SET undone_by = ? WHERE id = ? AND undone_by IS NULL", [HIDDEN, model.id])


def show(store: Store, model: Stored) -> None:
    """Take back `hide`."""
    if isinstance(model, Row):
        store.execute(f"UPDATE {_table(model)} SET undone_by = NULL WHERE id = ? AND undone_by = ?", [model.id, HIDDEN])


def replace(store: Store, model: Stored, entry: str) -> None:
    """Write all of a row. `entry`: the one that wrote it, if the row doesn't say. Raises Contradiction."""
    if isinstance(model, Seller):
        change_entity(store, model.entity)
        return
    if isinstance(model, Account) and model.entity:
        keep_entity(store, entity_row(model.entity))
    store.update(_table(model), "id", {**to_row(model), "entry": model.entry or entry, "undone_by": model.undone_by})


def _table(model: Stored) -> str:
    return type(model).__name__.lower()
