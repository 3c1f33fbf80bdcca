"""Rows of a document that differ from those in the workspace: which history is newer, and how they are replaced."""

from typing import NamedTuple

from core.models import Account, Link, Member, Product, Row, Seller, Shop
from core.store.connection import Store
from core.store.events import STATING
from core.store.rows import entity_row, to_row
from core.store.shops import change_entity, keep_entity

Stored = Seller | Shop | Account | Product | Link | Member

HIDDEN = "imported"
"""In `undone_by`, while the import has not decided about a row."""

_IN_SHOP = "substr(kind, 1, instr(kind, '.')) = 'shop.'"
_ABOUT: dict[type[Stored], str] = {
    Seller: f"""{_IN_SHOP} AND details ->> '$.seller.id' = :id AND (kind = 'shop.added'
        OR details ->> '$.facts' LIKE '%"kind"%' OR details ->> '$.facts' LIKE '%"legal_name"%')""",
    Shop: f"shop = :id AND {STATING['shop']}",
    Account: f"account = :id AND {STATING['account']}",
    Product: """shop = (SELECT shop FROM product WHERE id = :id) AND substr(kind, 1, instr(kind, '.')) = 'product.'
        AND details ->> '$.product.id' = :id""",
    Link: "link = :id",
    Member: "account = (SELECT account FROM member WHERE id = :id) AND member = :id",
}
"""SQL: the events that wrote a row."""


class Histories(NamedTuple):
    """What the workspace's and the document's history have about a row."""

    here: str | None
    """The newest event that only the workspace has."""
    brought: str | None
    """The entry of the newest event that only the document has."""
    in_document: bool
    """Whether the document has any event."""


def histories(store: Store, model: Stored, newest: int) -> Histories:
    """Find what the document and the workspace have about a row. `newest`: the seq of the newest event before the import."""
    found = store.one(
        f"""WITH wrote AS (SELECT seq, id, entry FROM event WHERE {_ABOUT[type(model)]}),
            about AS (SELECT seq, id FROM wrote UNION
                SELECT seq, id FROM event WHERE undoes IN (SELECT entry FROM wrote)),
            marked AS (SELECT about.seq, seen.key IS NOT NULL AS in_document
                FROM about LEFT JOIN seen ON seen.kind = 'events' AND seen.key = about.id)
        SELECT max(iif(in_document, NULL, seq)) AS here, max(iif(in_document AND seq > :newest, seq, NULL)) AS brought,
            coalesce(max(in_document), 0) AS in_document FROM marked""",
        {"id": model.id, "newest": newest},
    )
    here = store.value("SELECT id FROM event WHERE seq = ?", [found["here"]])
    brought = store.value("SELECT entry FROM event WHERE seq = ?", [found["brought"]])
    return Histories(here, brought, bool(found["in_document"]))


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
