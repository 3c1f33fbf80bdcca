"""The one object a screen or a command is handed: the store, the policy, the clock, and the use cases on them."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Self

from core import policy, settle
from core.accounts import Accounts
from core.clock import Clock, in_words, system_clock
from core.desk import Desk
from core.errors import Exists, Refused
from core.history import History
from core.links import Links
from core.models import EventKind, WorkspaceKind
from core.organizations import Organizations
from core.products import Products
from core.reminders import Reminders
from core.shops import Shops
from core.store import events, search, workspaces
from core.store.connection import Store
from core.text import LIMITS, show

CLOCK_TOLERANCE = timedelta(seconds=2)
"""A step back of the computer's clock within which time stands still instead: time daemons make such steps."""


class Workspace:
    """One workspace file, open, with everything that can be done in it."""

    def __init__(self, store: Store, *, actor: str, clock: Clock) -> None:
        self.store = store
        self.actor = actor
        self.clock = clock
        self.policy = policy.load()
        self.kind = workspaces.facts(store).kind
        self._changing: datetime | None = None
        """The moment of the change that is being made."""
        self.accounts = Accounts(self)
        self.desk = Desk(self)
        self.history = History(self)
        self.links = Links(self)
        self.organizations = Organizations(self)
        self.products = Products(self)
        self.reminders = Reminders(self)
        self.shops = Shops(self)

    @classmethod
    def open(cls, path: Path, *, actor: str, clock: Clock = system_clock, read_only: bool = False) -> "Workspace":
        """The workspace in the file at `path`.

        Raises Missing, Damaged, TooNew, Locked, ReadOnly or DiskFull; the file is then left untouched.
        """
        store = Store.open(path, read_only=read_only)
        try:
            workspace = cls(store, actor=actor, clock=clock)
            if not store.read_only and not workspaces.limits_match(store, workspace.policy):
                with store.write():
                    workspaces.keep_limits(store, workspace.policy)
        except BaseException:
            store.close()
            raise
        return workspace

    @classmethod
    def create(
        cls, path: Path, *, actor: str, scenario: str | None = None, clock: Clock = system_clock, seed: str | None = None
    ) -> "Workspace":
        """Make the file at `path`: a practice workspace filled from `scenario`, or a record workspace without one.

        `seed`: what its ids are made from; random for a record workspace unless given.
        Raises Exists when there is a file already, NotFound for an unknown scenario, InvalidInput for a mistake in a
        scenario's file, ReadOnly or DiskFull.
        """
        if path.exists() or path.is_symlink():
            raise Exists(f"There is a file at {path} already.", remedy="Open it with --db, or name another file.")
        made = cls.in_memory(actor=actor, scenario=scenario, clock=clock, seed=seed)
        try:
            made.store.save_as(path)
        finally:
            made.close()
        return cls.open(path, actor=actor, clock=clock)

    @classmethod
    def in_memory(
        cls, *, actor: str, scenario: str | None = None, clock: Clock = system_clock, seed: str | None = None
    ) -> "Workspace":
        """A new workspace that has no file yet."""
        from core import scenarios

        played = scenarios.load(scenario) if scenario else None
        store = Store.in_memory()
        with store.write():
            workspaces.keep_limits(store, policy.load())
            kind = WorkspaceKind.PRACTICE if played else WorkspaceKind.RECORD
            own = seed or (played.name if played else os.urandom(8).hex())
            workspaces.create(store, kind, played.id if played else None, own, clock())
        workspace = cls(store, actor=actor, clock=clock)
        if played:
            scenarios.play(workspace, played)
        else:
            with workspace.change():
                workspace.record(EventKind.WORKSPACE_CREATED, "Record workspace made")
        return workspace

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self.store.close()

    @property
    def path(self) -> Path:
        return self.store.path

    @property
    def scenario(self) -> str | None:
        """The scenario of a practice workspace: its id, or the path of its file."""
        return workspaces.facts(self.store).scenario

    @property
    def shifted_by(self) -> timedelta:
        """How far a practice workspace's clock is ahead of the computer's; zero in a record workspace."""
        if self.kind == WorkspaceKind.RECORD:
            return timedelta()
        return workspaces.facts(self.store).shifted_by

    def now(self) -> datetime:
        """The present moment by this workspace's clock, in UTC."""
        return self.clock() + self.shifted_by

    def clock_went_back(self) -> timedelta | None:
        """How far the clock is behind the newest thing in the record; None when it is not."""
        behind = workspaces.facts(self.store).newest_at - self.now()
        return behind if behind > CLOCK_TOLERANCE else None

    def version(self) -> int:
        """A number that grows whenever anybody has changed the workspace."""
        return self.store.version()

    @contextmanager
    def change(self) -> Iterator[datetime]:
        """One change, as one transaction with its events; gives the moment at which it happens.

        What is overdue is settled first. Within another change it is part of that one. Raises Refused when the clock is
        behind the record: a link made by such a clock could be unlinked too early once it is set right.
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
            now = max(now, newest)
            settle.expire_overdue(self, now)
            self._changing = now
            try:
                yield now
            finally:
                self._changing = None
            search.catch_up(self.store)

    def settled(self) -> datetime:
        """The present moment, after what is overdue was settled: an unanswered authorization has expired by now."""
        now = self.now()
        if not self.store.read_only and settle.is_due(self.store, now) and self.clock_went_back() is None:
            with self.change():
                pass
        return now

    def new_id(self, table: str, prefix: str) -> str:
        return workspaces.new_id(self.store, table, prefix)

    def record(
        self,
        kind: EventKind,
        summary: str,
        *,
        at: datetime | None = None,
        actor: str | None = None,
        shop: str | None = None,
        link: str | None = None,
        account: str | None = None,
        details: dict[str, Any] | None = None,
    ) -> None:
        """Append an event to the history. Call it within `change`; `at` is given where it happened earlier than now."""
        moment = at or self._changing or max(self.now(), workspaces.facts(self.store).newest_at)
        events.write(
            self.store,
            moment,
            details or {},
            id=self.new_id("event", "evt"),
            kind=kind,
            actor=actor or self.actor,
            summary=show(summary, LIMITS["summary"]),  # a name in it may have been written by another program
            shop=shop,
            link=link,
            account=account,
        )
