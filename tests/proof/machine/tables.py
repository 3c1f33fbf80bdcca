"""The tables themselves, read with plain SQL on a connection of their own, and compared with the model."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

from core.store.invariants import COMPLETE, OBEYED, TELLABLE
from tests.proof.machine.replay import State, difference, empty, replay, tables
from tests.proof.machine.world import (
    ACTOR,
    ANSWER,
    LINKS_IN_WINDOW,
    PLACES,
    UNLINK_WAIT,
    UNLINKS,
    WINDOW,
    Event,
    Row,
    World,
)

NAMES = ("entity", "seller", "shop", "account", "link", "member", "product")
LIVE = "('awaiting_authorization', 'authorized', 'in_review', 'linked')"
OWN = {
    "a fourth unlink": f"""SELECT shop FROM link WHERE role = 'official' AND state = 'unlinked'
        GROUP BY shop HAVING count(*) > {UNLINKS}""",
    "an unlink before its time": f"SELECT id FROM link WHERE unlinked_at - linked_at < {UNLINK_WAIT}",
    "a second official account": f"""SELECT shop FROM link WHERE role = 'official' AND state IN {LIVE}
        GROUP BY shop HAVING count(*) > 1""",
    "a fifth marketing account": f"""SELECT shop FROM link WHERE role = 'marketing' AND state IN {LIVE}
        GROUP BY shop HAVING count(*) > {PLACES}""",
    "two roles at one shop": f"""SELECT a.id FROM link a JOIN link b ON a.shop = b.shop AND a.account = b.account
        WHERE a.seq < b.seq AND a.state IN {LIVE} AND b.state IN {LIVE}""",
    "another name than the shop's": """SELECT l.id FROM link l, shop s, account a WHERE l.shop = s.id AND a.id = l.account
        AND l.role = 'official' AND l.state = 'linked' AND a.nickname IS NOT s.name""",
    "a link across regions": f"""SELECT l.id FROM link l, shop s, account a WHERE l.shop = s.id AND a.id = l.account
        AND a.region <> s.region AND l.state IN {LIVE}""",
    "an organization account at two sellers": f"""SELECT l.account FROM link l, shop s, account a WHERE l.shop = s.id
        AND a.id = l.account AND a.kind = 'organization' AND l.state IN {LIVE}
        GROUP BY l.account HAVING count(DISTINCT s.seller) > 1""",
    "an organization account of another entity": f"""SELECT l.id FROM link l, shop s, account a, seller e WHERE l.shop = s.id
        AND a.id = l.account AND e.id = s.seller AND a.kind = 'organization' AND l.state IN {LIVE}
        AND (a.country || a.registration_key) <> (e.country || e.registration_key)""",
    "an eleventh link in 180 days": f"""SELECT a.id FROM link a JOIN link b ON a.account = b.account AND a.role = b.role
        AND b.linked_at <= a.linked_at AND b.linked_at > a.linked_at - {WINDOW}
        WHERE a.role = 'marketing' GROUP BY a.id HAVING count(*) > {LINKS_IN_WINDOW}""",
    "an authorization after 48 hours": f"SELECT id FROM link WHERE authorized_at - requested_at >= {ANSWER}",
    "an organization account without an admin": """SELECT m.account FROM member m JOIN link l ON l.account = m.account
        WHERE l.origin = 'created' GROUP BY m.account HAVING sum(m.state = 'active' AND m.role = 'admin') = 0""",
    "an event out of order": "SELECT b.id FROM event a JOIN event b ON b.seq = a.seq + 1 WHERE b.recorded_at < a.recorded_at",
    "an entry without the name of its first event": """SELECT entry FROM event AS one WHERE NOT EXISTS
        (SELECT 1 FROM event WHERE id = one.entry AND seq <= one.seq)""",
    **{
        f"a {name} of no entry": f"SELECT * FROM {name} WHERE entry NOT IN (SELECT entry FROM event)"
        for name in ("shop", "account", "link", "member", "product")
    },
}
"""What the record must never hold, written independently of core/store/invariants.py."""


class Tables:
    """One file read from outside, with the state that its history gives."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)
        self._connection.row_factory = lambda cursor, row: dict(
            zip([column[0] for column in cursor.description], row, strict=True)
        )
        self.rows: dict[str, list[Row]] = {}
        self.state: State = empty()
        self.events = 0
        """How many events were read."""

    def close(self) -> None:
        self._connection.close()

    def look(self) -> list[Row]:
        """Read the tables again; return the events that were added."""
        for name in NAMES:
            self.rows[name] = self._all(f"SELECT * FROM {name} ORDER BY {'1, 2' if name == 'entity' else 'seq'}")
        new = self._all("SELECT * FROM event WHERE seq > ? ORDER BY seq", self.events)
        self.events += len(new)
        replay(self.state, new)
        return new

    def check_promises(self) -> None:
        for promise, question in (TELLABLE | OBEYED | COMPLETE | OWN).items():
            found = self._all(question)
            assert not found, f"broken in the tables: {promise}: {found}"

    def check_history(self, new: list[Row], expected: list[Event]) -> None:
        """Check that there is one event for each thing that happened, in order, and that they replay to the tables."""
        shops, links, accounts = self._numbers("shop"), self._numbers("link"), self._usernames()
        written = [
            Event(
                event["kind"],
                event["at"],
                event["recorded_at"],
                shops.get(event["shop"]),
                links.get(event["link"]),
                accounts.get(event["account"]),
                event["actor"],
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
        sellers, shops = self._numbers("seller"), self._numbers("shop")
        numbers: dict[str, dict[str | None, Any]] = {"seller": sellers, "shop": shops, "account": self._usernames()}
        expected = {
            "seller": world.sellers,
            "shop": world.shops,
            "account": list(world.accounts.values()),
            "link": world.links,
            "member": world.members,
            "product": world.products,
        }
        for name, models in expected.items():
            found = [_plain(row, numbers) for row in self.rows[name]]
            assert len(found) == len(models), f"{len(found)} rows of {name}, the model has {len(models)}"
            for row, model in zip(found, models, strict=True):
                there = {column: row[column] for column in model}
                assert there == model, f"the table {name} has {there}, the model {model}"

    def ids(self, name: str) -> list[str]:
        return [row["id"] for row in self.rows[name]]

    def _numbers(self, name: str) -> dict[str | None, int]:
        return {row["id"]: number for number, row in enumerate(self.rows[name])}

    def _usernames(self) -> dict[str | None, str]:
        """The usernames by the accounts' ids."""
        return {row["id"]: row["username"] for row in self.rows["account"]}

    def _all(self, question: str, *values: object) -> list[Row]:
        return self._connection.execute(question, values).fetchall()


def _plain(row: Row, numbers: dict[str, dict[str | None, Any]]) -> Row:
    """A row with numbers in place of ids, an account as its username, and an entity as its key."""
    plain: dict[str, Any] = {
        column: numbers[column][value] if column in numbers and value is not None else value for column, value in row.items()
    }
    if "registration_key" in row:
        plain["entity"] = (row["country"], row["registration_key"]) if row["country"] else None
    if "confirmed" in row:
        plain["confirmed"] = tuple(sorted(json.loads(row["confirmed"])))
    return plain
