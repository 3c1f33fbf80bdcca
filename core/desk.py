"""The use cases of the Desk that only a practice workspace has: its clock, and the scenario from its start."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from core import expiry
from core.clock import LATEST, in_words
from core.errors import InvalidInput, Refused
from core.models import EventKind, WorkspaceKind
from core.store import workspaces

if TYPE_CHECKING:
    from core.workspace import Workspace


class Desk:
    """The clock of a practice workspace, and its start."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def advance(self, span: timedelta) -> datetime:
        """Move the clock forward and give the new moment. What has become due by then happens at its own moment.

        Raises Refused in a record workspace, InvalidInput for a span that leads nowhere.
        """
        workspace = self._workspace
        self.practice_only("The clock of a record workspace is this computer's and cannot be moved.")
        if span <= timedelta() or workspace.now() > LATEST - span:
            raise InvalidInput(
                "duration", "does not move the clock forward to a moment that exists", remedy="Move it by 24h, 90m or 2d."
            )
        with workspace.change() as before:
            shifted = workspace.shifted_by + span
            workspaces.shift(workspace.store, shifted // timedelta(milliseconds=1))
            after = max(workspace.now(), before)
            expiry.expire_overdue(workspace, after)
            workspace.record(
                EventKind.CLOCK_MOVED,
                f"Clock moved forward by {in_words(span)}",
                at=after,
                details={"by_seconds": span.total_seconds(), "shifted_by_seconds": shifted.total_seconds()},
            )
        return workspace.now()

    def next_due(self) -> datetime | None:
        """The next moment at which something becomes due or possible; None when nothing will."""
        now = self._workspace.settled()
        return next((reminder.at for reminder in self._workspace.reminders.due() if reminder.at > now), None)

    def restart(self) -> None:
        """Put the workspace back to its scenario's start: everything since is gone.

        Raises Refused in a record workspace; NotFound or InvalidInput when the scenario's own file is not what it was.
        """
        self.practice_only("A record workspace has no scenario to start over.")
        self.switch(str(self._workspace.scenario))

    def switch(self, scenario: str) -> None:
        """Put the workspace at the start of this scenario (an id, or a file's path): everything before is gone.

        Raises Refused in a record workspace, NotFound for an unknown scenario, InvalidInput for a mistake in its file.
        """
        workspace = self._workspace
        self.practice_only("A record workspace has no scenario.")
        fresh = type(workspace).in_memory(actor=workspace.actor, scenario=scenario, clock=workspace.clock)
        try:
            workspace.store.replace_with(fresh.store)
        finally:
            fresh.close()

    def practice_only(self, reason: str) -> None:
        """Raise Refused, for this reason, in a record workspace."""
        if self._workspace.kind != WorkspaceKind.PRACTICE:
            raise Refused(reason, remedy="Practise with: shoplink demo")
