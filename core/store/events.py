"""Queries and inserts for the history, which is append-only."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from core.clock import to_ms
from core.models import Event
from core.store import search
from core.store.connection import Store
from core.store.rows import columns, from_row, to_row

READ_WITH_IT: Any = {"link": {"username"}, "member": {"username"}}
"""Fields read from other tables, which an event's details leave out."""

END = 2**63 - 1
"""Greater than every moment and every seq."""

EVENT = f"SELECT {columns('event')} FROM event"


def add(store: Store, event: Event) -> None:
    store.insert("event", to_row(event))


def write(store: Store, at: datetime, recorded_at: datetime, details: dict[str, Any], **facts: str | None) -> None:
    """Add an event from values that are already validated, without making a model."""
    from pydantic_core import to_json

    moments = {"at": to_ms(at), "recorded_at": to_ms(recorded_at)}
    store.insert("event", {**facts, **moments, "details": to_json(details, exclude=READ_WITH_IT).decode()})


def count(store: Store) -> int:
    return int(store.value("SELECT count(*) FROM event"))


def find(store: Store, id: str) -> Event | None:
    row = store.row(f"{EVENT} WHERE id = ?", [id])
    return from_row(Event, row) if row else None


def page(store: Store, shop: str | None, limit: int, after: Event | None, kind: str = "", query: str = "") -> list[Event]:
    """List events of a shop (its id) or all, after the event `after`: newest first.

    `kind`: a prefix such as "link."; `query`: text in summary, actor or note; the order is then that of recording.
    """
    narrowed, given = _narrowed(shop, kind)
    kinds = "substr(event.kind, 1, length(:kind)) = :kind"
    seq = store.value("SELECT seq FROM event WHERE id = ?", [after.id]) if after else END
    given |= {"limit": limit, "before": seq}
    if query:
        rows = search.find(store, query, narrowed, kinds, given)
    else:
        given["at"] = to_ms(after.at) if after else END
        rows = store.rows(
            f"""{EVENT} WHERE {narrowed} AND {kinds} AND (at, seq) < (:at, :before) ORDER BY at DESC, seq DESC LIMIT :limit""",
            given,
        )
    return [from_row(Event, row) for row in rows]


def newest_searched(store: Store, shop: str | None, kind: str, query: str) -> int | None:
    """Count the newest entries that `page` searches for `query`; None: all."""
    return search.NEWEST if query and search.is_partial(store, query, *_narrowed(shop, kind)) else None


def _narrowed(shop: str | None, kind: str) -> tuple[str, dict[str, Any]]:
    """Make the indexed condition (shop, else family of kinds), and all parameters."""
    given = {"shop": shop, "kind": kind, "family": kind[: kind.find(".") + 1]}
    if shop is not None:
        return "event.shop = :shop", given
    return ("substr(event.kind, 1, instr(event.kind, '.')) = :family" if given["family"] else "1"), given


def every(store: Store) -> Iterator[Event]:
    """Yield all events in the order of recording."""
    return (from_row(Event, row) for row in store.each(f"{EVENT} ORDER BY seq"))
