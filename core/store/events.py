"""The history in the file: only ever added to."""

from collections.abc import Iterator

from core.clock import to_ms
from core.models import Event
from core.store.connection import Store
from core.store.rows import from_row, like, to_row


def add(store: Store, event: Event) -> None:
    store.insert("event", to_row(event))


def find(store: Store, id: str) -> Event | None:
    row = store.row("SELECT * FROM event WHERE id = ?", [id])
    return from_row(Event, row) if row else None


def page(store: Store, shop: str | None, limit: int, after: Event | None, kind: str = "", query: str = "") -> list[Event]:
    """Events of a shop (its id) or all, the newest first, following the event `after`.

    `kind`: only kinds that begin so, such as "link."; `query`: only those that hold it in what they say or in who acted.
    """
    conditions = ["1"] + ["shop = :shop"] * (shop is not None)
    if kind:
        conditions.append("substr(kind, 1, length(:kind)) = :kind")
    if "." in kind and shop is None:  # a shop's own history is short; that of all is read by the family of kinds
        conditions.append("substr(kind, 1, instr(kind, '.')) = :family")
    if query:
        conditions.append("(summary LIKE :like ESCAPE '\\' OR actor LIKE :like ESCAPE '\\')")
    if after:
        conditions.append("(at, seq) < (:at, (SELECT seq FROM event WHERE id = :id))")
    rows = store.rows(
        f"SELECT * FROM event WHERE {' AND '.join(conditions)} ORDER BY at DESC, seq DESC LIMIT :limit",
        {
            "shop": shop,
            "limit": limit,
            "kind": kind,
            "family": kind[: kind.find(".") + 1],
            "like": like(query),
            "at": to_ms(after.at) if after else 0,
            "id": after.id if after else "",
        },
    )
    return [from_row(Event, row) for row in rows]


def every(store: Store) -> Iterator[Event]:
    """All events in the order in which they were written."""
    return (from_row(Event, row) for row in store.each("SELECT * FROM event ORDER BY seq"))
