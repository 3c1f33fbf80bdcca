"""The tables themselves, read with plain SQL on a connection of their own, and compared with the model."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

from core.store.invariants import COMPLETE, OBEYED, TELLABLE
from tests.proof.machine.replay import State, difference, empty, replay, tables
from tests.proof.machine.world import ACTOR, Event, Row, World

NAMES = ("entity", "seller", "shop", "account", "link", "member", "product")
AT_ONCE = "a.linked_at < coalesce(b.unlinked_at, 1e18) AND b.linked_at < coalesce(a.unlinked_at, 1e18)"
OWN = {
    "two links at one time that cannot be": f"""SELECT a.id FROM link a, link b WHERE a.undone_by IS NULL AND b.undone_by IS NULL
        AND a.seq < b.seq AND {AT_ONCE} AND ((a.shop = b.shop AND a.account = b.account)
        OR (a.role = 'official' AND b.role = 'official' AND (a.shop = b.shop OR a.account = b.account)))""",
    "an event out of order": "SELECT b.id FROM event a JOIN event b ON b.seq = a.seq + 1 WHERE b.recorded_at < a.recorded_at",
}
"""What no workspace must ever hold, written independently of core/store/invariants.py."""


class Tables:
    """One file read from outside, with the state that its history gives."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)
        self._connection.row_factory = lambda cursor, row: dict(
            zip([column[0] for column in cursor.description], row, strict=True)
        )
        self.practice = bool(self._all("SELECT * FROM practice"))
        self.rows: dict[str, list[Row]] = {name: [] for name in NAMES}
        self.state: State = empty()
        self.events = 0
        """How many events were read."""
        self.entries: list[str] = []
        """The names of the entries."""
        self.before: dict[str, dict[tuple[str, str], Row]] = {}
        """The rows that each entry changed, as they were."""

    def close(self) -> None:
        self._connection.close()

    def look(self) -> list[Row]:
        """Read the tables again; return the events that were added."""
        before, self.rows = (
            self.rows,
            {name: self._all(f"SELECT * FROM {name} ORDER BY {'1, 2' if name == 'entity' else 'rowid'}") for name in NAMES},
        )
        new = self._all("SELECT * FROM event WHERE seq > ? ORDER BY seq", self.events)
        self.events += len(new)
        self.entries += dict.fromkeys(event["entry"] for event in new)
        if len(found := {event["entry"] for event in new}) == 1:
            self.before[found.pop()] = {
                (name, old["id"]): old
                for name in NAMES[2:]
                for old, row in zip(before[name], self.rows[name], strict=False)
                if old != row
            }
        for event in new:
            self._check_undone(event)
        replay(self.state, new)
        return new

    def _check_undone(self, event: Row) -> None:
        """Check that an undo left every column of every row as it was before the entry that it took back."""
        for (name, id), row in self.before.get(event["undoes"], {}).items():
            there = next(one for one in self.rows[name] if one["id"] == id)
            assert there == row, f"undone, but the {name} is {there}, and was {row}"

    def check_promises(self) -> None:
        of_practice = OBEYED if self.practice else {}
        for promise, question in (TELLABLE | COMPLETE | OWN | of_practice).items():
            found = self._all(question)
            assert not found, f"broken in the tables: {promise}: {found}"

    def check_history(self, new: list[Row], expected: list[Event]) -> None:
        """Check that there is one event for each thing that happened, in order, and that they replay to the tables."""
        numbers = {name: self._numbers(name) for name in ("shop", "link", "account")}
        entries = self._entries()
        written = [
            Event(
                event["kind"],
                event["at"],
                event["recorded_at"],
                entries[event["entry"]],
                *(numbers[name].get(event[name]) for name in numbers),
                event["actor"],
                frozenset(json.loads(event["against"])),
                event["former"],
                entries.get(event["undoes"]),
            )
            for event in new
        ]
        assert written == expected, f"the history has {written}, what happened is {expected}"
        assert {event["entered_by"] for event in new} <= {ACTOR}
        different = difference(self.state, tables(self.rows))
        assert different is None, f"the history does not replay to the tables: {different}"

    def check_whole_history(self) -> None:
        """Replay the history from its first event: what was once written stays."""
        state = empty()
        events = self._all("SELECT * FROM event ORDER BY seq")
        assert len(events) == self.events, "events have gone"
        replay(state, events)
        different = difference(state, tables(self.rows))
        assert different is None, f"the whole history does not replay to the tables: {different}"

    def check_model(self, world: World) -> None:
        """Check that the tables hold the model's rows, in the order in which they were added."""
        numbers: dict[str, dict[str | None, Any]] = {name: self._numbers(name) for name in ("seller", "shop", "account")}
        numbers |= dict.fromkeys(("entry", "undone_by"), self._entries())
        expected = {"seller": world.sellers, "shop": world.shops, "account": world.accounts, "link": world.links}
        for name, models in expected.items():
            found = [_plain(row, numbers) for row in self.rows[name]]
            assert len(found) == len(models), f"{len(found)} rows of {name}, the model has {len(models)}"
            for row, model in zip(found, models, strict=True):
                modelled = {column: value for column, value in model.items() if column != "_n"}
                there = {column: row[column] for column in modelled}
                assert there == modelled, f"the table {name} has {there}, the model {modelled}"

    def ids(self, name: str) -> list[str]:
        return [row["id"] for row in self.rows[name]]

    def _numbers(self, name: str) -> dict[str | None, int]:
        return {row["id"]: number for number, row in enumerate(self.rows[name])}

    def _entries(self) -> dict[str | None, int]:
        return {entry: number for number, entry in enumerate(self.entries)}

    def _all(self, question: str, *values: object) -> list[Row]:
        return self._connection.execute(question, values).fetchall()


def _plain(row: Row, numbers: dict[str, dict[str | None, Any]]) -> Row:
    """A row with numbers in place of ids, and an entity as its key."""
    plain: dict[str, Any] = {
        column: numbers[column][value] if column in numbers and value is not None else value for column, value in row.items()
    }
    if "registration_key" in row and "registration_number" not in row:
        plain["entity"] = (row["country"], row["registration_key"]) if row["country"] else None
    for name in ("confirmed", "against"):
        if name in row:
            plain[name] = tuple(sorted(json.loads(row[name])))
    return plain
