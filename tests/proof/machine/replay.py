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


def empty() -> State:
    return {kind: {} for kind in (*KINDS, "entity", "entries")}


def replay(state: State, events: Iterable[Row]) -> None:
    """Apply these events, rows of the table, to `state`. Its `entries` are the rows before each entry."""
    for event in events:
        details = json.loads(event["details"])
        for kind in KINDS:
            if isinstance(facts := details.get(kind), dict):
                row = _row(state, facts, corrected=details.get("facts", []) if event["kind"] == "shop.stated" else [])
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
            state[table]["/".join(key)] = _columns(table, row)
        elif table != "entity":
            state[table]["/".join(key)]["undone_by"] = entry
    for table, key, row in before:
        if table == "entity" and row is None:  # it is forgotten, unless a shop or an account that is not undone rests on it
            owners = [state["seller"][shop["seller"]] for shop in state["shop"].values() if shop["undone_by"] is None]
            owners += [account for account in state["account"].values() if account["undone_by"] is None]
            if not any([owner["country"], owner["registration_key"]] == key for owner in owners):
                state["entity"]["/".join(key)].update(kind=None, legal_name=None)


def _row(state: State, facts: Row, corrected: list[str]) -> Row:
    """A table's columns from what an event holds."""
    row: Row = {name: int(value) if isinstance(value, bool) else value for name, value in facts.items() if name != "former"}
    if "entity" in row:
        entity = row.pop("entity")
        row["country"], row["registration_key"] = _keep_entity(state, entity, corrected) if entity else (None, None)
    for name, value in row.items():
        if value and (name.endswith(("_at", "_until")) or name in {"authorize_by", "accept_by"}):
            row[name] = (datetime.fromisoformat(value) - EPOCH) // timedelta(milliseconds=1)
    return row


def _keep_entity(state: State, entity: Row, corrected: list[str]) -> tuple[str, str]:
    """Entities come with sellers and accounts; facts of one are only ever added, unless they are corrected."""
    folded = unicodedata.normalize("NFKC", entity["registration_number"]).upper()
    written = "".join(char for char in folded if unicodedata.category(char) not in {"Zs", "Pd"})  # without spaces and dashes
    key = (entity["country"].upper(), written)
    number = {"country": key[0], "registration_key": key[1], "registration_number": entity["registration_number"]}
    known = state["entity"].setdefault("/".join(key), {**number, "kind": None, "legal_name": None})
    for name in ("kind", "legal_name"):
        known[name] = entity[name] if name in corrected else known[name] or entity[name]
    return key


def _columns(table: str, row: Row) -> Row:
    """A row without the columns that the file derives."""
    plain = {name: value for name, value in row.items() if name not in {"seq", "live", "entry"}}
    return plain | {name: json.loads(plain[name]) for name in ("confirmed", "against") if name in plain and table == "link"}


def check(state: State, rows: dict[str, list[Row]]) -> None:
    """Check that the tables hold what the history says, and nothing else."""
    for kind in (*KINDS, "entity"):
        found = {row["id"] if "id" in row else f"{row['country']}/{row['registration_key']}": row for row in rows[kind]}
        for key in found.keys() | state[kind].keys():
            told, there = state[kind].get(key), _columns(kind, found[key]) if key in found else None
            assert told == there, f"the history does not replay to the tables: of {kind} {key} it says {told}, the table {there}"
