"""The tables themselves, read with plain SQL on a connection of their own, and compared with the model."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

from core.store.invariants import COMPLETE, OBEYED, TELLABLE
from tests.proof.machine.replay import KINDS, State, check, empty, replay
from tests.proof.machine.world import ACTOR, Row, World

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
        self.promises = TELLABLE | COMPLETE | OWN | (OBEYED if self._all("SELECT * FROM practice") else {})
        self.rows: dict[str, list[Row]] = {}
        self.state: State = empty()
        self.events = 0
        """How many events were read."""
        self.entries: list[str] = []
        """The names of the entries."""

    def close(self) -> None:
        self._connection.close()

    def look(self) -> list[Row]:
        """Read the tables again, and check them and the history; return the events that were added."""
        self.rows = {name: self._all(f"SELECT * FROM {name} ORDER BY rowid") for name in KINDS}
        self.rows["entity"] = self._all("SELECT * FROM entity")
        new = self._all("SELECT * FROM event WHERE seq > ? ORDER BY seq", self.events)
        self.events += len(new)
        self.entries += dict.fromkeys(event["entry"] for event in new)
        for promise, question in self.promises.items():
            found = self._all(question)
            assert not found, f"broken in the tables: {promise}: {found}"
        replay(self.state, new)
        check(self.state, self.rows)
        return new

    def check_whole_history(self) -> None:
        """Replay the history from its first event: what was once written stays."""
        state = empty()
        events = self._all("SELECT * FROM event ORDER BY seq")
        assert len(events) == self.events, "events have gone"
        replay(state, events)
        check(state, self.rows)

    def check_model(self, new: list[Row], world: World) -> None:
        """Check that there is one event for each thing that happened, and that the tables hold the model's rows, in order."""
        numbers: dict[str, dict[str | None, Any]] = {
            **{name: {row["id"]: number for number, row in enumerate(self.rows[name])} for name in world.tables},
            **{name: {entry: number for number, entry in enumerate(self.entries)} for name in ("entry", "undone_by", "undoes")},
        }
        expected, world.events = world.events, []
        written = [_plain(event, numbers) for event in new]
        happened = [{name: row[name] for name in event} for row, event in zip(written, expected, strict=True)]
        assert happened == expected, f"the history has {happened}, what happened is {expected}"
        assert {event["entered_by"] for event in new} <= {ACTOR}
        for name, models in world.tables.items():
            for row, model in zip((_plain(row, numbers) for row in self.rows[name]), models, strict=True):
                modelled = {column: value for column, value in model.items() if column != "_n"}
                there = {column: row[column] for column in modelled}
                assert there == modelled, f"the table {name} has {there}, the model {modelled}"

    def _all(self, question: str, *values: object) -> list[Row]:
        return self._connection.execute(question, values).fetchall()


def _plain(row: Row, numbers: dict[str, dict[str | None, Any]]) -> Row:
    """A row with numbers in place of ids, and an entity as its key."""
    plain: dict[str, Any] = {
        column: numbers[column][value] if column in numbers and value is not None else value for column, value in row.items()
    }
    if "registration_key" in row:
        plain["entity"] = (row["country"], row["registration_key"]) if row["country"] else None
    for name in ("confirmed", "against"):
        if name in row:
            plain[name] = tuple(sorted(json.loads(row[name])))
    return plain
