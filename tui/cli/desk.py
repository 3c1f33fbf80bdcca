"""Desk commands: move the clock of a practice workspace or start it over."""

import click

from core import desk
from core.clock import in_words, parse_duration
from core.workspace import Workspace
from tui.cli.context import Answer, on_workspace
from tui.cli.group import NearGroup
from tui.cli.text import day
from tui.formats.json import moment_json


@click.group("desk", cls=NearGroup)
def desk_command() -> None:
    """Practice only: move the clock, or start the scenario over.

    \b
    shoplink desk advance 24h
    """


@desk_command.command("advance")
@click.argument("duration")
@on_workspace
def advance_command(workspace: Workspace, answer: Answer, duration: str) -> None:
    """Move the clock forward: 24h, 90m, 2d, 86399s.

    \b
    shoplink desk advance 24h
    """
    desk.advance(workspace, parse_duration(duration))
    _answer(workspace, answer)


@desk_command.command("now")
@on_workspace
def now_command(workspace: Workspace, answer: Answer) -> None:
    """The workspace's present moment, and how far it was moved (in seconds).

    \b
    shoplink desk now --json
    """
    desk.practice_only(workspace, "A record workspace has no Desk: its clock is this computer's.")
    _answer(workspace, answer)


@desk_command.command("restart")
@on_workspace
def restart_command(workspace: Workspace, answer: Answer) -> None:
    """Put the workspace back to its scenario's start; what was done since is gone.

    \b
    shoplink desk restart
    """
    desk.restart(workspace)
    _answer(workspace, answer)


def _answer(workspace: Workspace, answer: Answer) -> None:
    now, shifted = workspace.now(), workspace.shifted_by
    moved = f", moved forward by {in_words(shifted)}" if shifted else ", not moved"
    answer({"now": moment_json(now), "shifted_by": shifted.total_seconds()}, [f"{day(now)}{moved}"])
