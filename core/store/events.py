"""The history in the file: only ever added to."""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import Any

from core.clock import to_ms
from core.models import Event
from core.store.connection import Store
from core.store.rows import from_row, like, to_row
from core.store.runs import EVENTS, Place


EVENT = "SELECT event.*, (SELECT username FROM account WHERE account.id = event.account) AS username FROM event"


def add(store: Store, event: Event) -> None:
    store.insert("event", to_row(event))


def write(store: Store, at: datetime, recorded_at: datetime, details: dict[str, Any], **facts: str | None) -> None:
    """Add an event made of what was checked before, whose facts are those of the model: not checked once more."""
    from pydantic_core import to_json

    moments = {"at": to_ms(at), "recorded_at": to_ms(recorded_at)}
    store.insert("event", {**facts, **moments, "details": to_json(details).decode()})


def find(store: Store, id: str) -> Event | None:
    row = store.row(f"{EVENT} WHERE id = ?", [id])
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
    family = kind[: kind.find(".") + 1]
    given: dict[str, Any] = {"shop": shop, "limit": limit, "kind": kind, "family": family, "like": like(query)}
    place = Place(to_ms(after.at), store.value("SELECT seq FROM event WHERE id = ?", [after.id])) if after else None
    if query and shop is None:
        found = EVENTS.find(store, query, family, place, " AND ".join(conditions), given)
        return [from_row(Event, row) for row in islice(found, limit)]
    if query:
        conditions.append(EVENTS.holds)
    if place:
        conditions.append("(at, seq) < (:at, :seq)")
        given |= {"at": place.key, "seq": place.seq}
    rows = store.rows(f"{EVENT} WHERE {' AND '.join(conditions)} ORDER BY at DESC, seq DESC LIMIT :limit", given)
    return [from_row(Event, row) for row in rows]


def every(store: Store) -> Iterator[Event]:
    """All events in the order in which they were written."""
    return (from_row(Event, row) for row in store.each(f"{EVENT} ORDER BY seq"))
