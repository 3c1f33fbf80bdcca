"""The Desk of a practice workspace: move its clock, start its scenario over."""

from datetime import datetime, timedelta

from core.clock import LATEST, in_words
from core.errors import InvalidInput, Refused, ShoplinkError
from core.models import EventKind, WorkspaceKind
from core.store import events, workspaces
from core.workspace import Workspace


def advance(workspace: Workspace, span: timedelta) -> datetime:
    """Move the clock forward; return the new moment in UTC. Deadlines on the way expire.

    Raises Refused in a record workspace, InvalidInput for a span that leads nowhere.
    """
    practice_only(workspace, "The clock of a record workspace is this computer's and cannot be moved.")
    if span <= timedelta() or workspace.now() > LATEST - span:
        raise InvalidInput(
            "duration", "does not move the clock forward to a moment that exists", remedy="Move it by 24h, 90m or 2d."
        )
    with workspace.change() as before:
        shifted = workspace.shifted_by + span
        workspaces.shift(workspace.store, shifted // timedelta(milliseconds=1))
        workspace.go_on_at(max(workspace.now(), before))
        workspace.add_event(
            EventKind.CLOCK_MOVED,
            f"Clock moved forward by {in_words(span)}",
            details={"by_seconds": span.total_seconds(), "shifted_by_seconds": shifted.total_seconds()},
        )
    return workspace.now()


def next_due(workspace: Workspace) -> datetime | None:
    """Find the next moment (UTC) at which something becomes due or possible, or None."""
    now = workspace.settled()
    return next((reminder.at for reminder in workspace.reminders.due() if reminder.at > now), None)


def restart(workspace: Workspace) -> None:
    """Put the workspace back to its scenario's start: everything since is gone.

    Raises Refused in a record workspace; NotFound or InvalidInput when the scenario's own file is not what it was.
    """
    practice_only(workspace, "A record workspace has no scenario to start over.")
    switch(workspace, str(workspace.scenario))


def switch(workspace: Workspace, scenario: str) -> None:
    """Put the workspace at the start of this scenario (an id, or a file's path): everything before is gone.

    Raises Refused in a record workspace, NotFound for an unknown scenario, InvalidInput for a mistake in its file.
    """
    practice_only(workspace, "A record workspace has no scenario.")
    from core import scenarios  # it loads pydantic, which the clock does not need

    with scenarios.in_memory(scenario, actor=workspace.actor, clock=workspace.clock) as fresh:
        workspace.store.replace_with(fresh.store)


def is_begun(workspace: Workspace) -> bool:
    """Whether anything has happened since the scenario's start, which a switch would lose."""
    from core import scenarios

    try:
        with scenarios.in_memory(str(workspace.scenario), actor=workspace.actor, clock=workspace.clock) as fresh:
            return events.count(workspace.store) != events.count(fresh.store)
    except ShoplinkError:  # its file is gone: there is nothing to compare with
        return True


def practice_only(workspace: Workspace, reason: str) -> None:
    """Raise Refused, for this reason, in a record workspace."""
    if workspace.kind != WorkspaceKind.PRACTICE:
        raise Refused(reason, remedy="Practice with: shoplink demo")
