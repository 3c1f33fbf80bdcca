"""The base of every use case: the store, the clock, and changes with their events."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from core import expiry, policy
from core.clock import Clock, in_words
from core.errors import Refused
from core.models import EventKind, Link, Member, WorkspaceKind
from core.store import events, links, members, search, workspaces
from core.store.connection import Store
from core.text import LIMITS, show

CLOCK_TOLERANCE = timedelta(seconds=2)
"""A clock behind by no more than this is tolerated: time daemons set it back by such steps."""


class Record:
    """The rows and the history of a workspace, and the way to change them."""

    def __init__(self, store: Store, *, actor: str, clock: Clock) -> None:
        self.store = store
        self.actor = actor
        self.clock = clock
        self.policy = policy.load()
        self.kind = workspaces.facts(store).kind
        self._limits_of = self.policy.period(self.now())
        """The period of the policy whose limits are in the file."""
        self._changing: datetime | None = None
        """The moment of the change in progress."""
        self._first_event = ""
        """The id of the entry in progress, until its first event uses it."""

    @property
    def shifted_by(self) -> timedelta:
        """How far a practice workspace's clock is ahead of the computer's; zero in a record workspace."""
        if self.kind == WorkspaceKind.RECORD:
            return timedelta()
        return workspaces.facts(self.store).shifted_by

    def now(self) -> datetime:
        """Return the current time by this workspace's clock, in UTC."""
        return self.clock() + self.shifted_by

    def clock_went_back(self) -> timedelta | None:
        """Find how far the clock is behind the newest event; None if it is not."""
        behind = workspaces.facts(self.store).newest_at - self.now()
        return behind if behind > CLOCK_TOLERANCE else None

    @contextmanager
    def change(self) -> Iterator[datetime]:
        """Make one change in one transaction. Yields its moment, in UTC.

        What is overdue expires first. Within another change it is part of that one. Raises Refused if the clock is
        behind the newest event: a link made by such a clock could be unlinked too early once it is set right.
        """
        if self._changing:
            yield self._changing
            return
        with self.store.write():
            now = self.now()
            newest = workspaces.facts(self.store).newest_at
            if newest - now > CLOCK_TOLERANCE:
                raise Refused(
                    f"This computer's clock is {in_words(newest - now)} behind the newest entry of the record.",
                    remedy="Set the clock right, then try again. If it is right, it was ahead when that entry was made: "
                    "go on with the newest backup from before it. Nothing was changed, and no wait became shorter.",
                )
            try:
                yield self.go_on_at(max(now, newest))
            finally:
                self._changing = None
            search.catch_up(self.store)

    def settled(self) -> datetime:
        """Write what has expired, and return the current time in UTC.

        Nothing is written if the file is read-only, or while the clock is behind the newest event.
        """
        now = self.now()
        due = self.policy.period(now) != self._limits_of or expiry.is_due(self.store, now)
        if due and not self.store.read_only and self.clock_went_back() is None:
            with self.change():
                pass
        return now

    def _keep_limits(self, now: datetime) -> None:
        """Update the limits in the file if the policy has changed. Call it within a write."""
        if (period := self.policy.period(now)) != self._limits_of:
            workspaces.keep_limits(self.store, self.policy, now)
            self._limits_of = period

    def go_on_at(self, now: datetime) -> datetime:
        """Continue the change at this moment, in UTC, and return it.

        What is overdue by then expires first. Call it within a write. A new entry begins here.
        """
        self._changing = now
        self._keep_limits(now)
        workspaces.keep_newest(self.store, now)
        for expired in expiry.expired(self.store, now):
            self.begin_entry()
            row = expired.row
            if isinstance(row, Link):
                links.replace(self.store, row)
            else:
                members.replace(self.store, row)
            self.add_event(
                expired.kind,
                expired.summary,
                at=expired.at,
                actor=expiry.ACTOR,
                shop=expired.shop,
                link=row.id if isinstance(row, Link) else None,
                member=row.id if isinstance(row, Member) else None,
                account=row.account,
                details={"link" if isinstance(row, Link) else "member": row},
            )
        self.begin_entry()
        return now

    def begin_entry(self) -> None:
        """Begin an entry: the events of one action. Call it within a change."""
        self.store.entry = self._first_event = self.new_id("event", "evt")

    def new_id(self, table: str, prefix: str) -> str:
        """Make the id of the next row of `table`."""
        return workspaces.new_id(self.store, table, prefix)

    def add_event(
        self,
        kind: EventKind,
        summary: str,
        *,
        at: datetime | None = None,
        actor: str | None = None,
        shop: str | None = None,
        link: str | None = None,
        account: str | None = None,
        member: str | None = None,
        details: dict[str, Any] | None = None,
    ) -> None:
        """Append an event to the history. Call it within `change`.

        `at`: when it happened, in UTC, if before now. `actor`: who did it, if not the person who records it.
        """
        assert self._changing
        id, self._first_event = self._first_event or self.new_id("event", "evt"), ""
        events.write(
            self.store,
            at or self._changing,
            self._changing,
            details or {},
            id=id,
            kind=kind,
            actor=actor or self.actor,
            entered_by=self.actor,
            summary=show(summary, LIMITS["summary"]),  # another program may have written a name in it
            shop=shop,
            link=link,
            account=account,
            member=member,
        )
