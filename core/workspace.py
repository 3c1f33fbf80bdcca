"""What screens and commands get: the record, and the use cases on it."""

import os
from contextlib import nullcontext
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self

from core import policy
from core.accounts import Accounts
from core.clock import Clock, system_clock
from core.errors import Refused
from core.history import History
from core.links import Links
from core.models import EventKind, WorkspaceKind
from core.products import Products
from core.record import Record
from core.reminders import Reminders
from core.shops import Shops
from core.store import workspaces
from core.store.connection import Store
from core.store.groups import folder_of, group_id
from core.store.new_file import check_free

if TYPE_CHECKING:
    from core.candidates import Candidates
    from core.entries import Entries
    from core.organizations import Organizations
    from core.plans import Plans


class Workspace(Record):
    """An open workspace file: its record, with everything you can do in it.

    Imports late what a shop's first page does not use.
    """

    def __init__(self, store: Store, *, actor: str, clock: Clock) -> None:
        super().__init__(store, actor=actor, clock=clock)
        self.accounts = Accounts(self)
        self.history = History(self, self.accounts)
        self.links = Links(self, self.accounts)
        self.products = Products(self)
        self.reminders = Reminders(self)
        self.shops = Shops(self, self.accounts, self.products, self.reminders)

    @cached_property
    def candidates(self) -> "Candidates":
        from core.candidates import Candidates

        return Candidates(self)

    @cached_property
    def entries(self) -> "Entries":
        from core.entries import Entries

        return Entries(self, self.accounts)

    @cached_property
    def organizations(self) -> "Organizations":
        from core.organizations import Organizations

        return Organizations(self, self.accounts)

    @cached_property
    def plans(self) -> "Plans":
        from core.plans import Plans

        return Plans(self, self.accounts)

    @classmethod
    def open(cls, path: Path, *, actor: str, clock: Clock = system_clock, read_only: bool = False) -> Self:
        """Open the workspace in the file at `path`.

        Raises Missing, Damaged, TooNew, Locked, ReadOnly or DiskFull; the file is then left untouched.
        """
        store = Store.open(path, read_only=read_only)
        try:
            workspace = cls(store, actor=actor, clock=clock)
            if not store.read_only and not workspaces.limits_match(store, workspace.policy, workspace.now()):
                with store.write():
                    workspaces.keep_limits(store, workspace.policy, workspace.now())
        except BaseException:
            store.close()
            raise
        return workspace

    @classmethod
    def create(
        cls, path: Path, *, actor: str, clock: Clock = system_clock, seed: str | None = None, group: str | None = None
    ) -> Self:
        """Make an empty record workspace in a new file. `seed`: what its ids are made from; random unless given.

        `group`: the people who can read and write it, in their own new folder; by default only its owner. Raises Exists if
        there is already a file or the group's folder, InvalidInput for a group that this person is not in, ReadOnly or
        DiskFull.
        """
        check_free(path)
        with folder_of(path, group_id(group)) if group else nullcontext():
            return cls.in_memory(actor=actor, clock=clock, seed=seed).moved_to(path)

    @classmethod
    def in_memory(cls, *, actor: str, clock: Clock = system_clock, seed: str | None = None) -> Self:
        """Make an empty record workspace without a file. `seed` as in `create`."""
        workspace = cls.empty(WorkspaceKind.RECORD, None, seed or os.urandom(8).hex(), actor=actor, clock=clock)
        with workspace.change():
            workspace.add_event(EventKind.WORKSPACE_CREATED, "Record workspace made")
        return workspace

    @classmethod
    def empty(cls, kind: WorkspaceKind, scenario: str | None, seed: str, *, actor: str, clock: Clock) -> Self:
        """Make a workspace in memory without any event. `scenario`: of a practice workspace."""
        store = Store.in_memory()
        with store.write():
            workspaces.keep_limits(store, policy.load(), clock())
            workspaces.create(store, kind, scenario, seed, clock())
        return cls(store, actor=actor, clock=clock)

    def moved_to(self, path: Path) -> Self:
        """Write this in-memory workspace to a new file, and open that instead.

        Raises Exists if there is already a file, ReadOnly or DiskFull.
        """
        with self:
            self.store.save_as(path)
        return self.open(path, actor=self.actor, clock=self.clock)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self.store.close()

    def delete(self) -> None:
        """Close a practice workspace and delete its file.

        Raises Refused for a record; Missing if the file was replaced, or ReadOnly: nothing is changed then.
        """
        if self.is_record:
            raise Refused("A record is never deleted.")
        self.store.delete()

    @property
    def path(self) -> Path:
        return self.store.path

    @property
    def scenario(self) -> str | None:
        """The scenario of a practice workspace: its id, or the path of its file."""
        return workspaces.facts(self.store).scenario

    @property
    def scenario_name(self) -> str | None:
        """The scenario as it is shown: its file without the folder, which is nobody else's business."""
        return self.scenario and Path(self.scenario).name

    def version(self) -> int:
        """Return a number that grows with every change to the workspace."""
        return self.store.version()
