"""Queries and inserts for the history, which is append-only."""

import json
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any, Literal

from core.clock import from_ms, to_ms
from core.models import Event
from core.store import search
from core.store.connection import Store
from core.store.images import Image
from core.store.rows import UNDONE_BY, columns, from_row, to_row

_OF_ENTRY = {"entry", "undone_by"}
LEFT_OUT: Any = {
    **dict.fromkeys(("shop", "account", "product"), _OF_ENTRY),
    **{key: {"username", *_OF_ENTRY} for key in ("link", "member")},
}
"""Fields that an event's details leave out: those of other tables and of the row's entry."""

END = 2**63 - 1
"""Greater than every moment and every seq."""

EVENT = f"SELECT {columns('event')} FROM event"
_WHOLE = f"SELECT event.*, {UNDONE_BY} FROM event"


def add(store: Store, event: Event) -> None:
    row = to_row(event)
    del row["undone_by"]  # read from the events that undo them
    store.insert("event", row)


def write(
    store: Store,
    *,
    at: datetime,
    recorded_at: datetime,
    details: dict[str, Any],
    against: Sequence[str],
    policy: date | None,
    before: list[Image] | None,
    **facts: str | None,
) -> None:
    """Add an event from values that are already validated, without making a model."""
    from pydantic_core import to_json

    row = {
        **facts,
        "at": to_ms(at),
        "recorded_at": to_ms(recorded_at),
        "against": json.dumps(against),
        "policy": policy and policy.isoformat(),
        "before": None if before is None else json.dumps(before),
        "details": to_json(details, exclude=LEFT_OUT).decode(),
    }
    store.insert("event", row)


def find(store: Store, id: str) -> Event | None:
    """Find an event with the rows before its entry."""
    row = store.row(f"{_WHOLE} WHERE id = ?", [id])
    return from_row(Event, row) if row else None


Subject = tuple[Literal["shop", "account", "link"], str]
"""What events are about, and its id."""


def page(store: Store, about: Sequence[Subject], limit: int, after: Event | None, kind: str = "", query: str = "") -> list[Event]:
    """List events about all of these or, without any, all events, after the event `after`: newest first.

    `kind`: a prefix such as "link."; `query`: text in summary, actor or note; the order is then that of recording.
    """
    narrowed, given = _narrowed(about, kind)
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


def newest_searched(store: Store, about: Sequence[Subject], kind: str, query: str) -> int | None:
    """Count the newest entries that `page` searches for `query`; None: all."""
    return search.NEWEST if query and search.is_partial(store, query, *_narrowed(about, kind)) else None


def _narrowed(about: Sequence[Subject], kind: str) -> tuple[str, dict[str, Any]]:
    """Make the indexed condition (what events are about, or else their family), and all parameters."""
    given: dict[str, Any] = {**dict(about), "kind": kind, "family": kind[: kind.find(".") + 1]}
    if about:
        return " AND ".join(f"event.{column} = :{column}" for column, _ in about), given
    return ("substr(event.kind, 1, instr(event.kind, '.')) = :family" if given["family"] else "1"), given


def every(store: Store) -> Iterator[Event]:
    """Yield all events in the order of recording, with the rows before each entry."""
    return (from_row(Event, row) for row in store.each(f"{_WHOLE} ORDER BY seq"))


def of_entry(store: Store, entry: str) -> list[Event]:
    """List the events of an entry, with the rows before it in the first."""
    rows = store.rows(f"{_WHOLE} WHERE entry = ? ORDER BY seq", [entry])
    return [from_row(Event, row) for row in rows]


def newest_about(store: Store, column: Literal["shop", "link", "account"], id: str) -> Event | None:
    """Find the newest entry about a shop, a link or an account (its id) that can still be undone."""
    row = store.row(
        f"""{EVENT} WHERE {column} = ? AND undoes IS NULL
            AND NOT EXISTS (SELECT 1 FROM event AS undo WHERE undo.undoes = event.entry) ORDER BY seq DESC LIMIT 1""",
        [id],
    )
    return from_row(Event, row) if row else None


def created_at(store: Store, account: str) -> datetime | None:
    """Find when an organization account (its id) was created, if the history knows it."""
    at = store.value(
        """SELECT at FROM event WHERE account = ? AND kind = 'organization.created'
            AND NOT EXISTS (SELECT 1 FROM event AS undo WHERE undo.undoes = event.entry)""",
        [account],
    )
    return None if at is None else from_ms(at)


def kind_before_conversion(store: Store, account: str) -> str | None:
    """Find an account's (id) kind before TikTok's newest update to organization; None: unknown."""
    kind = store.value(
        """SELECT details ->> '$.kind_before' FROM event WHERE account = ? AND kind = 'account.stated'
            AND details -> '$.kind_before' IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM event AS undo WHERE undo.undoes = event.entry) ORDER BY seq DESC LIMIT 1""",
        [account],
    )
    return None if kind is None else str(kind)


STATING = {
    "shop": "substr(kind, 1, 5) = 'shop.'",
    "account": "(substr(kind, 1, 8) = 'account.' OR kind IN ('organization.created', 'link.linked'))",
    "member": "substr(kind, 1, 7) = 'member.'",
}
"""The events that state facts of a shop, an account or a member."""


def stated_after(store: Store, column: Literal["shop", "account", "member"], id: str, at: datetime) -> dict[str, datetime]:
    """Map the facts of a shop, account or member (id) to their newest statement after `at`."""
    rows = store.rows(
        f"""SELECT fact.value AS fact, max(at) AS at FROM event, json_each(event.details, '$.facts') AS fact
            WHERE event.{column} = ? AND at > ? AND {STATING[column]}
            AND NOT EXISTS (SELECT 1 FROM event AS undo WHERE undo.undoes = event.entry) GROUP BY fact.value""",
        [id, to_ms(at)],
    )
    return {row["fact"]: from_ms(row["at"]) for row in rows}
