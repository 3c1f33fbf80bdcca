"""The use case of entries: undo the newest one about something, and restore its rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core.accounts import Accounts
from core.clock import spoken
from core.errors import NotFound, Refused, ended
from core.lookup import find_shop
from core.models import (
    Account,
    Event,
    EventKind,
    Link,
    Member,
    Product,
    Shop,
)
from core.record import Record
from core.store import events as rows
from core.store import images
from core.store import links as link_rows
from core.store import shops as shop_rows
from core.store.images import Image
from core.store.rows import from_row
from core.text import clean, mask_contact, show
from core.words import STATES, entity_words, named, value

MAX_EXAMPLES = 5
HIDDEN = frozenset({"entry", "undone_by", "changed_at"})
"""Columns that say nothing about a row itself."""
SUBJECTS = ("shop", "link", "account", "member")
"""What an undo is about, as the entry was: the first of each that its events name."""
MODELS: dict[str, Any] = {"shop": Shop, "account": Account, "member": Member, "product": Product}


@dataclass(frozen=True, kw_only=True)
class Undoing:
    """What undoing an entry would do. `restores`: the result, a line for each row."""

    entry: str
    events: tuple[Event, ...]
    restores: tuple[str, ...]


class Entries:
    """The entries of the history; each is everything one act wrote."""

    def __init__(self, record: Record, accounts: Accounts) -> None:
        self._record = record
        self._store = record.store
        self._accounts = accounts

    def get(self, entry: str) -> tuple[Event, ...]:
        """List the events of an entry, given its id or that of one of its events. Raises NotFound."""
        event = rows.find(self._store, entry)
        if event is None:
            said = f"There is no entry {show(entry, 60)}."
            raise NotFound(said, remedy="Choose one from the history.", command="See it with: shoplink history")
        return tuple(rows.of_entry(self._store, event.entry))

    def newest(self, *, link: str | None = None, shop: str | None = None, account: str | None = None) -> str:
        """Find the newest entry about a link (its id), a shop (code or id) or an account (username). Raises NotFound."""
        if link:
            found = rows.newest_about(self._store, "link", link)
        elif shop:
            found = rows.newest_about(self._store, "shop", find_shop(self._store, shop).id)
        else:
            found = rows.newest_about(self._store, "account", self._accounts.get(account or "").id)
        if found is None:
            said = "There is no entry about it to undo."
            raise NotFound(said, remedy="Choose one from the history.", command="See it with: shoplink history")
        return found.entry

    def is_undone(self, entry: str) -> bool:
        """Check whether this entry was undone."""
        return any(event.undone_by for event in rows.of_entry(self._store, entry))

    def preview(self, entry: str) -> Undoing:
        """Say what undoing this entry would restore. Raises NotFound, and Refused as `undo`."""
        events = self.get(entry)
        before = self._undoable(events)
        return Undoing(entry=events[0].entry, events=events, restores=tuple(map(self._restored, before)))

    def undo(self, entry: str, reason: str) -> Event:
        """Undo an entry: write its rows back as they were, and ignore what it added.

        Returns the event that records it. Raises NotFound; InvalidInput for an empty reason; Refused in practice, for an entry
        that is undone, an undo, not the newest about its rows, or one that something else depends on.
        """
        reason = clean("reason", reason, "reason")
        record = self._record
        with record.change():
            events = self.get(entry)
            before = self._undoable(events)
            first = events[0]
            about = {name: next(filter(None, (getattr(event, name) for event in events)), None) for name in SUBJECTS}
            record.begin_entry(undoable=False)
            record.add_event(
                EventKind.ENTRY_UNDONE,
                f"Undid: {first.summary}",
                undoes=first.entry,
                note=reason,
                **about,
            )
            images.restore(self._store, before, self._store.entry)
            undone = rows.find(self._store, self._store.entry)
            assert undone
            return undone

    def _undoable(self, events: tuple[Event, ...]) -> list[Image]:
        """Read the rows before an entry. Raises Refused if it cannot be undone."""
        first = events[0]
        if not self._record.is_record:
            raise Refused("Practice has no undo.", remedy="Start the scenario over at the Desk.")
        if first.undoes:
            raise Refused("This entry is itself an undo.", remedy="Enter again what should be there.")
        if first.undone_by:
            raise Refused("This entry is already undone.", remedy="Enter again what should be there.")
        if not first.before:
            raise Refused("This entry has nothing to restore.", remedy="Correct what is wrong with a new entry.")
        before = images.read(self._store, first.before)
        if newer := images.later_entries(self._store, before, first.entry):
            on_top = "is a newer entry" if len(newer) == 1 else f"are {len(newer)} newer entries"
            raise self._refused(f"There {on_top} on top of it", newer)
        if newer := list(dict.fromkeys(images.conflicting(self._store, before))):
            entries = "a newer entry" if len(newer) == 1 else "newer entries"
            raise self._refused(f"What was there before this entry conflicts with {entries}", newer)
        for table, id in images.resting(self._store, before):
            raise Refused(f"Something depends on it: {self._resting(table, id)}", remedy="Undo or remove that first.")
        return before

    def _refused(self, said: str, newer: list[str]) -> Refused:
        """Make the error that names the newer entries to undo first."""
        found = [(entry, rows.of_entry(self._store, entry)) for entry in newer[:MAX_EXAMPLES]]
        names = [show(events[0].summary) if events else "an import" for _, events in found]
        more = [f"and {len(newer) - MAX_EXAMPLES} more"] if len(newer) > MAX_EXAMPLES else []
        ids = [entry for entry, events in found if events]
        return Refused(
            ended(f"{said}: {'; '.join([*names, *more])}"),
            remedy="Undo that one first." if len(newer) == 1 else "Undo those first, one after the other.",
            command=f"The command{'s' if ids[1:] else ''}: {', then '.join(f'shoplink undo {id}' for id in ids)}" if ids else "",
        )

    def _resting(self, table: str, id: str) -> str:
        link = link_rows.find(self._store, id) if table == "link" else None
        return f"the link with @{link.username}." if link else f"a {table} of it."

    def _restored(self, image: Image) -> str:
        """Describe a row as it would be afterward."""
        table, key, row = image
        if row is None:
            return f"The {named([table])} {self._name(table, self._store.row_of(table, key) or {})} is removed from the record."
        name = self._name(table, row)
        if table == "link":
            link = from_row(Link, {**row, "username": ""})
            return f"{name} is {STATES[link.state]}."
        now = self._store.row_of(table, key) or {}
        changed = [column for column in row if column not in HIDDEN and row[column] != now.get(column)]
        if not changed:
            return (
                f"The {named([table])} {name} is in the record again."
                if now.get("undone_by")
                else f"The {named([table])} {name} stays."
            )
        facts = ", ".join(self._fact(table, column, row) for column in changed)
        return ended(f"The {named([table])} {name} goes back to: {facts}")

    def _fact(self, table: str, column: str, row: dict[str, Any]) -> str:
        found = self._value(table, column, row)
        says_what = (table, column) == ("entity", "kind") and row[column]  # a company or an individual
        return found if says_what else f"{named([column], table)} {found}"

    def _value(self, table: str, column: str, row: dict[str, Any]) -> str:
        found = getattr(from_row(MODELS[table], row), column, row[column]) if table in MODELS else row[column]
        if found is None:
            return "not entered"
        if (table, column) == ("shop", "seller"):
            return show(entity_words(shop_rows.seller(self._store, found).entity), 120)
        return spoken(found) if isinstance(found, datetime) else show(value(column, found), 80)

    def _name(self, table: str, row: dict[str, Any]) -> str:
        match table:
            case "account":
                return f"@{show(row['username'], 60)}"
            case "link":
                account = link_rows.find(self._store, row["id"])
                return f"@{account.username}" if account else row["id"]
            case "member":
                return mask_contact(row["contact"])
            case "product":
                return show(row["title"], 60)
            case "entity":
                return f"with the number {show(row['registration_number'], 60)}"
        return show(row["name"], 60)
