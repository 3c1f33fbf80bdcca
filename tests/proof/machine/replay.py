"""The state rebuilt from the history alone: each event holds the facts as they were after it, an entry those before it."""

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
    "converted_at", "invited_at", "accept_by", "accepted_at", "removed_at", "seller_center_removed_at", "changed_at",
)  # fmt: skip

ENTITY = ("kind", "legal_name")


def empty() -> State:
    return {kind: {} for kind in (*KINDS, "entity", "entries")}


def replay(state: State, events: Iterable[Row]) -> None:
    """Apply these events, rows of the table, to `state`. Its `entries` are the rows before each entry."""
    for event in events:
        details = json.loads(event["details"])
        for kind in KINDS:
            if isinstance(facts := details.get(kind), dict):
                plain = {name: value for name, value in facts.items() if name != READ_WITH_IT.get(kind)}
                row = _row(state, plain, corrected=details.get("facts", []) if event["kind"] == "shop.stated" else [])
                state[kind][facts["id"]] = row if kind == "seller" else {"undone_by": None, **row}
        if event["kind"] == "account.username_changed":
            state["account"][event["account"]]["username"] = details["username"]
        if event["kind"] in {"shop.removed", "account.removed"}:
            kind = event["kind"].split(".")[0]
            state[kind][event[kind]]["undone_by"] = event["entry"]
        if event["before"] is not None:
            state["entries"][event["entry"]] = {"before": json.loads(event["before"])}
        if event["undoes"] is not None:
            _undo(state, event["entry"], state["entries"][event["undoes"]]["before"])


def _undo(state: State, entry: str, before: list[tuple[str, list[str], Row | None]]) -> None:
    for table, key, row in before:
        if row is not None:
            state[table]["/".join(key)] = _column(table, row)
        elif table != "entity":
            state[table]["/".join(key)]["undone_by"] = entry
    for table, key, row in before:
        if table == "entity" and row is None and not _rests(state, *key):
            state["entity"]["/".join(key)].update(dict.fromkeys(ENTITY))


def _rests(state: State, country: str, key: str) -> bool:
    """Whether a shop or an account that is not undone rests on this legal entity."""
    owners = [state["seller"][shop["seller"]] for shop in state["shop"].values() if shop["undone_by"] is None]
    owners += [account for account in state["account"].values() if account["undone_by"] is None]
    return any((owner["country"], owner["registration_key"]) == (country, key) for owner in owners)


def _row(state: State, facts: Row, corrected: list[str]) -> Row:
    """A table's columns from what an event holds."""
    row = dict(facts)
    if "entity" in row:
        entity = row.pop("entity")
        row["country"], row["registration_key"] = _keep_entity(state, entity, corrected) if entity else (None, None)
    for name in MOMENTS:
        if isinstance(row.get(name), str):
            row[name] = (datetime.fromisoformat(row[name]) - EPOCH) // timedelta(milliseconds=1)
    return {name: int(value) if isinstance(value, bool) else value for name, value in row.items()}


def _keep_entity(state: State, entity: Row, corrected: list[str]) -> tuple[str, str]:
    """Entities come with sellers and accounts; facts of one are only ever added, unless they are corrected."""
    folded = unicodedata.normalize("NFKC", entity["registration_number"]).upper()
    written = "".join(char for char in folded if unicodedata.category(char) not in {"Zs", "Pd"})  # without spaces and dashes
    key = (entity["country"].upper(), written)
    number = {"country": key[0], "registration_key": key[1], "registration_number": entity["registration_number"]}
    known = state["entity"].setdefault("/".join(key), {**number, "kind": None, "legal_name": None})
    for name in ENTITY:
        known[name] = entity[name] if name in corrected else known[name] or entity[name]
    return key


def _column(table: str, row: Row) -> Row:
    """A row without the columns that the file derives."""
    plain = {name: value for name, value in row.items() if name not in {"seq", "live", "entry"}}
    return plain | {name: json.loads(plain[name]) for name in ("confirmed", "against") if name in plain and table == "link"}


def tables(rows: dict[str, list[Row]]) -> State:
    """The tables in the form of a replayed state, without the columns that the file derives."""
    found = empty()
    for kind in (*KINDS, "entity"):
        for row in rows[kind]:
            found[kind][row["id"] if "id" in row else f"{row['country']}/{row['registration_key']}"] = _column(kind, row)
    return found


def difference(replayed: State, found: State) -> str | None:
    """The first difference between the history and the tables."""
    for kind in (*KINDS, "entity"):
        rows = found[kind]
        for key in sorted(rows.keys() | replayed[kind].keys()):
            told, there = replayed[kind].get(key), rows.get(key)
            if told != there:
                fields = sorted(
                    name for name in {**(told or {}), **(there or {})} if (told or {}).get(name) != (there or {}).get(name)
                )
                return f"{kind} {key}, {', '.join(fields)}: the history says {told}, the table {there}"
    return None
