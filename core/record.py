"""The base of every use case: the store, the clock, and changes with their events."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from core import expiry, policy
from core.clock import Clock, in_words
from core.errors import InvalidInput, Refused
from core.models import EventKind, Link, Member, WorkspaceKind
from core.store import events, images, links, members, search, workspaces
from core.store.connection import Store
from core.text import LIMITS, clean, show
from core.verdict import Outcome, Verdict, decisive

CLOCK_TOLERANCE = timedelta(seconds=2)
"""A clock behind by no more than this is tolerated: time daemons set it back by such steps."""

TIKTOK = expiry.ACTOR
"""The name in history of who reviews, ends and expires."""

HOLDER = "Account holder"
"""The name in history of who accepts or declines."""


@dataclass(frozen=True, kw_only=True)
class Stated:
    """What a person says about an act. `at`: when it happened, in UTC; None: now."""

    at: datetime | None = None
    actor: str | None = None
    """Who does it, if not the person who records it."""
    note: str | None = None
    anyway: bool = False
    """Whether it is recorded even though a rule says no."""
    against: list[str] = field(default_factory=list)
    """Rules that what was recorded breaks."""


@dataclass
class Entry:
    """The entry in progress: everything one act writes. Its id is that of its first event."""

    id: str
    against: list[str] = field(default_factory=list)
    policy: date | None = None
    events: list[dict[str, Any]] = field(default_factory=list)
    """Events that are written at its end, when the previous rows are known."""
    begun: bool = False
    """Whether its first event is written."""


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
        self._stated = Stated()
        self._entry = Entry("")

    @property
    def shifted_by(self) -> timedelta:
        """How far a practice workspace's clock is ahead of the computer's; zero in a record."""
        if self.kind == WorkspaceKind.RECORD:
            return timedelta()
        return workspaces.facts(self.store).shifted_by

    @property
    def is_record(self) -> bool:
        """Whether this is a record of what TikTok did, not a practice workspace."""
        return self.kind == WorkspaceKind.RECORD

    def now(self) -> datetime:
        """Return the current time by this workspace's clock, in UTC."""
        return self.clock() + self.shifted_by

    def present(self) -> datetime:
        """Return the latest moment at which an act can have happened, in UTC: that of the change in progress, or now.

        It is not before the newest entry if the clock was set back by a step that is tolerated.
        """
        now, newest = self.now(), workspaces.facts(self.store).newest_at
        return self._changing or (newest if now < newest <= now + CLOCK_TOLERANCE else now)

    @property
    def stated_at(self) -> datetime | None:
        """When the current act happened, in UTC, as stated; None: it happens now."""
        return self._stated.at

    def moment(self) -> datetime:
        """Return the moment for which rules are asked, in UTC: that of the current act, or now."""
        return self._stated.at or self._changing or self.now()

    def not_removable(self, why: str) -> Refused:
        """Make the error for a shop or an account that can't be removed. `why`: what depends on it."""
        if self.is_record:
            return Refused(f"{why}, so it stays in the record.", remedy="Correct its facts, or undo the wrong entry.")
        remedy = "Correct its facts, or start the scenario over at the Desk."
        return Refused(f"{why}, so it can't be removed.", remedy=remedy, command="The command: shoplink desk restart")

    def clock_went_back(self) -> timedelta | None:
        """Find how far the clock is behind the newest event; None if it is not."""
        behind = workspaces.facts(self.store).newest_at - self.now()
        return behind if behind > CLOCK_TOLERANCE else None

    @contextmanager
    def recording(self, *, at: datetime | None = None, note: str = "", anyway: bool = False) -> Iterator[list[str]]:
        """State when the acts within the block happened, and what to keep with them.

        `at`: in UTC; now unless given. `anyway`: record them even though a rule says no; unknown facts still stop them. Yields a
        list that fills with the rules that the acts break. Raises InvalidInput for a moment in the future, and for either
        in a practice workspace.
        """
        if not self.is_record and (at or anyway):
            what = "date" if at else "act against a rule"
            raise InvalidInput(what, "can only be entered in a record", remedy="In practice, move the clock at the Desk.")
        if at and at > self.present():
            raise InvalidInput("date", "is in the future", remedy="Enter it once it has happened.")
        before = self._stated
        self._stated = Stated(at=at, note=clean("note", note, "reason") if note.strip() else None, anyway=anyway)
        try:
            yield self._stated.against
        finally:
            self._stated = before

    @contextmanager
    def as_of(self, at: datetime | None) -> Iterator[None]:
        """Within the block, ask and record as of this moment, in UTC, if one is given."""
        before, self._stated = self._stated, replace(self._stated, at=at) if at else self._stated
        try:
            yield
        finally:
            self._stated = before

    @contextmanager
    def acting(self, actor: str) -> Iterator[None]:
        """Within the block, attribute what happens to `actor`, not to the person who records it."""
        before, self._stated = self._stated, replace(self._stated, actor=actor)
        try:
            yield
        finally:
            self._stated = before

    @contextmanager
    def change(self) -> Iterator[datetime]:
        """Make one change in one transaction. Yields the moment at which it happened, in UTC.

        In practice, what is overdue expires first. A change within another is part of it. Raises Refused if the
        clock is behind the newest event: a link made by such a clock could be unlinked too early once it is set right.
        """
        if self._changing:
            yield self.moment()
            return
        limits_of = self._limits_of
        try:
            with self.store.write() as is_whole:
                now = self.now()
                newest = workspaces.facts(self.store).newest_at
                if newest - now > CLOCK_TOLERANCE:
                    raise Refused(
                        f"This computer's clock is {in_words(newest - now)} behind the newest entry of the record.",
                        remedy="Set the clock, then try again. If it is right, it was ahead when that entry was made: "
                        "continue with the newest backup from before it. Nothing was changed.",
                    )
                try:
                    self.go_on_at(max(now, newest, self._stated.at or now))  # what is stated was checked before
                    yield self.moment()
                    self._end_entry()
                    if not self._entry.begun:
                        self.store.entry = ""  # nothing has changed
                finally:
                    self._changing = None
                    self._entry = Entry("")
                    self.store.images = None
                if is_whole:  # a scenario's acts, or a sheet's rows, are indexed together
                    search.catch_up(self.store)
        except BaseException:
            self._limits_of = limits_of  # what was written to the file is gone too
            raise

    @contextmanager
    def part(self) -> Iterator[None]:
        """Run the block as part of the change: an exception undoes only this part and its events."""
        count = len(self._entry.events)
        try:
            with self.store.part():
                yield
        except BaseException:
            del self._entry.events[count:]
            raise

    def settled(self) -> datetime:
        """Write what has expired, and return the current time in UTC.

        Nothing is written if the file is read-only, or while the clock is behind the newest event.
        """
        now = self.now()
        due = self.policy.period(now) != self._limits_of or (not self.is_record and expiry.is_due(self.store, now))
        if due and not self.store.read_only and self.clock_went_back() is None:
            with self.change():
                pass
        return now

    def _keep_limits(self, now: datetime) -> None:
        """Update the limits in the file if the policy has changed. Call it within a write."""
        if (period := self.policy.period(now)) != self._limits_of:
            workspaces.keep_limits(self.store, self.policy, now)
            self._limits_of = period

    def go_on_at(self, now: datetime) -> None:
        """Continue the change at this moment, in UTC.

        In practice, what is overdue by then expires first; in a record nothing happens by itself. Call it within a
        write. A new entry begins here.
        """
        self._changing = now
        self._keep_limits(now)
        workspaces.keep_newest(self.store, now)
        for expired in [] if self.is_record else expiry.expired(self.store, now):
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

    def begin_entry(self, id: str = "", *, undoable: bool = True) -> None:
        """Begin an entry: the events of one act. Call it within a change. `id`: a new one unless given.

        A record keeps the rows as they were before it, unless it is not `undoable`.
        """
        self._end_entry()
        self._entry = Entry(id or self.new_id("event", "evt"))
        self.store.entry = self._entry.id
        self.store.images = {} if self.is_record and undoable else None

    def new_id(self, table: str, prefix: str) -> str:
        """Make the id of the next row of `table`."""
        return workspaces.new_id(self.store, table, prefix)

    def allow(
        self, message: str, verdicts: Collection[Verdict], confirmed: Collection[str] = (), command: str = ""
    ) -> tuple[str, ...]:
        """Continue if nothing stops the act or it is recorded anyway; return the rules it is against.

        The entry keeps them and the policy's version. `confirmed`: rules whose unknown facts a person confirmed.
        `command`: one that helps if it is refused. Raises Refused with the verdicts that stop it. Call it within a change.
        """
        stopping = tuple(verdict for verdict in verdicts if verdict.stops and verdict.rule not in confirmed)
        unknown = tuple(verdict for verdict in stopping if verdict.outcome == Outcome.UNKNOWN)
        if stops := unknown if self._stated.anyway else stopping:
            remedy, anyway = decisive(stops).remedy, self.is_record and not unknown
            raise Refused(message, remedy=remedy, command=command, verdicts=stops, anyway=anyway)
        asked = [verdict.policy for verdict in verdicts if verdict.policy]
        self._entry.policy = max([*asked, *([self._entry.policy] if self._entry.policy else [])], default=None)
        against = tuple(dict.fromkeys(verdict.rule for verdict in stopping))
        self._entry.against += [rule for rule in against if rule not in self._entry.against]
        return against

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
        former: str | None = None,
        undoes: str | None = None,
        note: str | None = None,
        details: dict[str, Any] | None = None,
    ) -> None:
        """Append an event to the history. Call it within `change`.

        `at`: when it happened, in UTC, if not when the act did. `actor`: who did it, if not the person who records it.
        `former`: the username that the account had before. `undoes`: the entry that it undoes. `note`: if not the act's own.
        """
        assert self._changing
        self._entry.events.append(
            {
                "at": at or self.moment(),
                "details": details or {},
                "kind": kind,
                "actor": actor or self._stated.actor or self.actor,
                "summary": show(summary, LIMITS["summary"]),  # another program may have written a name in it
                "shop": shop,
                "link": link,
                "account": account,
                "member": member,
                "former": former,
                "undoes": undoes,
                "note": note or self._stated.note,
            }
        )
        if self.store.images is None:
            self._write_events()

    def add_link_event(
        self, kind: EventKind, link: Link, summary: str, *, at: datetime | None = None, actor: str | None = None, **details: Any
    ) -> None:
        """Append an event about a link. Call it within `change`."""
        subjects = {"shop": link.shop, "link": link.id, "account": link.account}
        self.add_event(kind, summary, at=at, actor=actor, details={"link": link, **details}, **subjects)

    def _end_entry(self) -> None:
        """Write the events of the current entry; the first one gets the previous rows."""
        stated, entry = self._stated.against, self._entry.against
        stated += [rule for rule in entry if rule not in stated]
        before = images.taken(self.store) if self.store.images is not None else None
        self._write_events(before)

    def _write_events(self, before: list[images.Image] | None = None) -> None:
        entry = self._entry
        for event in entry.events:
            assert self._changing
            events.write(
                self.store,
                recorded_at=self._changing,
                id=self.new_id("event", "evt") if entry.begun else entry.id,
                entered_by=self.actor,
                against=entry.against,
                policy=entry.policy,
                before=None if entry.begun else before,
                **event,
            )
            entry.begun = True
        entry.events.clear()
