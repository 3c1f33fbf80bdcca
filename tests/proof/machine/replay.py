"""The state rebuilt from the history alone: each event holds the facts as they were after it."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

Row = dict[str, Any]
State = dict[str, dict[str, Row]]

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
KINDS = ("seller", "shop", "account", "link", "member", "product")
"""What an event's details may hold, each with its id."""

READ_WITH_IT = {"account": "former"}
"""What a row is told with, though another table has it."""

MOMENTS = (
    "probation_until", "requested_at", "authorize_by", "authorized_at", "submitted_at", "decided_at", "linked_at", "unlinked_at",
    "converted_at", "invited_at", "accept_by", "accepted_at", "removed_at", "changed_at",
)  # fmt: skip


def empty() -> State:
    return {kind: {} for kind in (*KINDS, "entity")}


def replay(state: State, events: Iterable[Row]) -> None:
    """Apply these events, rows of the table, to `state`."""
    for event in events:
        details = json.loads(event["details"])
        for kind in KINDS:
            if isinstance(facts := details.get(kind), dict):
                plain = {name: value for name, value in facts.items() if name != READ_WITH_IT.get(kind)}
                state[kind][facts["id"]] = _row(state, plain)


def _row(state: State, facts: Row) -> Row:
    """A table's columns from what an event holds."""
    row = dict(facts)
    if "entity" in row:
        entity = row.pop("entity")
        row["country"], row["registration_key"] = _keep_entity(state, entity) if entity else (None, None)
    for name in MOMENTS:
        if isinstance(row.get(name), str):
            row[name] = (datetime.fromisoformat(row[name]) - EPOCH) // timedelta(milliseconds=1)
    return {name: int(value) if isinstance(value, bool) else value for name, value in row.items()}


def _keep_entity(state: State, entity: Row) -> tuple[str, str]:
    """Entities come with sellers and accounts; facts of one are only ever added."""
    folded = unicodedata.normalize("NFKC", entity["registration_number"]).upper()
    written = "".join(char for char in folded if unicodedata.category(char) not in {"Zs", "Pd"})  # without spaces and dashes
    key = (entity["country"].upper(), written)
    number = {"country": key[0], "registration_key": key[1], "registration_number": entity["registration_number"]}
    known = state["entity"].setdefault("/".join(key), {**number, "kind": None, "legal_name": None})
    for name in ("kind", "legal_name"):
        known[name] = known[name] or entity[name]
    return key


def tables(rows: dict[str, list[Row]]) -> State:
    """The tables in the form of a replayed state, without the columns that the file derives."""
    derived = {"seq", "live", "entry", "undone_by"}
    found = empty()
    for kind in (*KINDS, "entity"):
        for row in rows[kind]:
            plain = {name: value for name, value in row.items() if name not in derived}
            if kind == "link":
                plain |= {name: json.loads(plain[name]) for name in ("confirmed", "against")}
            found[kind][plain["id"] if "id" in plain else f"{row['country']}/{row['registration_key']}"] = plain
    return found


def difference(replayed: State, found: State) -> str | None:
    """The first difference between the history and the tables."""
    for kind, rows in found.items():
        for key in sorted(rows.keys() | replayed[kind].keys()):
            told, there = replayed[kind].get(key), rows.get(key)
            if told != there:
                fields = sorted(
                    name for name in {**(told or {}), **(there or {})} if (told or {}).get(name) != (there or {}).get(name)
                )
                return f"{kind} {key}, {', '.join(fields)}: the history says {told}, the table {there}"
    return None
