"""The Desk of a practice workspace: move its clock, start its scenario over."""

from datetime import datetime, timedelta
from typing import Any

from core.clock import LATEST, in_words
from core.errors import InvalidInput, Refused
from core.models import EventKind, Link, Standing, WorkspaceKind
from core.record import TIKTOK
from core.store import workspaces
from core.workspace import Workspace

CLEARED: dict[str, dict[str, Any]] = {
    "account.verified": {"identity_verified": True},
    "account.good-standing": {"standing": Standing.GOOD},
}
"""The facts with which TikTok clears an account, by the rule that they broke."""


def advance(workspace: Workspace, span: timedelta) -> datetime:
    """Move the clock forward past any deadlines, which expire; return the new time (UTC).

    Raises Refused in a record workspace, InvalidInput for a duration that is not above zero or leads past the last possible
    date.
    """
    practice_only(workspace, "A record uses this computer's clock, which can't be moved here.")
    if span <= timedelta():
        raise InvalidInput("duration", "is not a length of time", remedy="Move the clock by 24h, 90m, or 2d.")
    if workspace.now() > LATEST - span:
        raise InvalidInput("duration", "would move the clock past the last possible date", remedy="Move it by 24h, 90m, or 2d.")
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
    return next((reminder.at for reminder in workspace.reminders.find() if not reminder.is_due(now)), None)


def allow(workspace: Workspace, link: str) -> Link:
    """Approve a request as TikTok, after clearing what TikTok itself decides.

    That is the account's standing and identity: the rule that they broke passes from then on. Raises NotFound, and Refused if
    any other rule stops the approval; nothing is cleared then.
    """
    practice_only(workspace, "A record has no Desk: enter what TikTok did.")
    with workspace.change():
        stopping = [verdict.rule for verdict in workspace.links.check_approve(link) if verdict.stops]
        account = workspace.links.account(workspace.links.get(link))
        with workspace.acting(TIKTOK):
            for rule in stopping:
                workspace.accounts.state(account.username, **CLEARED.get(rule, {}))
        return workspace.links.approve(link)


def restart(workspace: Workspace) -> None:
    """Put the workspace back to its scenario's start; everything since is lost.

    Raises Refused in a record workspace; NotFound or InvalidInput if the scenario's own file has changed.
    """
    practice_only(workspace, "A record has no scenario to start over.")
    switch(workspace, str(workspace.scenario))


def switch(workspace: Workspace, scenario: str) -> None:
    """Start this scenario (an id, or a file's path); everything before is lost.

    Raises Refused in a record workspace, NotFound for an unknown scenario, InvalidInput for a mistake in its file.
    """
    practice_only(workspace, "A record has no scenario.")
    from core import scenarios  # it loads pydantic, which the clock does not need

    put(workspace, scenarios.in_memory(scenario, actor=workspace.actor, clock=workspace.clock))


def put(workspace: Workspace, fresh: Workspace) -> None:
    """Replace the workspace's state with that of a fresh one, which is closed.

    Raises Refused in a record workspace.
    """
    with fresh:
        practice_only(workspace, "A record has no scenario.")
        workspace.store.replace_with(fresh.store)


def is_begun(workspace: Workspace) -> bool:
    """Check whether anything has happened since the scenario's start that a switch would lose."""
    facts = workspaces.facts(workspace.store)
    return facts.newest_at > facts.created_at or bool(facts.shifted_by)


def practice_only(workspace: Workspace, reason: str) -> None:
    """Raise Refused, for this reason, in a record workspace."""
    if workspace.kind != WorkspaceKind.PRACTICE:
        raise Refused(reason, remedy="Open a practice workspace for this.", command="The command: shoplink demo")
