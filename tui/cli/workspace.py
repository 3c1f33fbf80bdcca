"""Commands that create and locate the workspace file."""

from pathlib import Path

import click

from core import scenarios
from core.workspace import Workspace
from tui import paths
from tui.actor import actor
from tui.cli.context import Answer, answering
from tui.cli.params import SCENARIO
from tui.cli.text import facts, table


@click.command("paths")
@click.pass_obj
@answering
def paths_command(answer: Answer, db: Path | None) -> None:
    """Where workspace, config and log are.

    \b
    shoplink paths --json
    """
    found = {"workspace": str(db or paths.workspace()), "config": str(paths.config()), "log": str(paths.log())}
    answer(found, facts(found.items()))


@click.command("init")
@click.option("--practice", type=SCENARIO, metavar="SCENARIO", help="A practice workspace filled from this scenario.")
@click.option("--record", is_flag=True, help="A workspace for your own shops.")
@click.pass_obj
@answering
def init_command(answer: Answer, db: Path | None, practice: str | None, record: bool) -> None:
    """Make a workspace file. A file that exists is never replaced.

    \b
    shoplink init --record
    shoplink --db demo.db init --practice new-shop
    """
    if bool(practice) == record:
        raise click.UsageError("Give one of --practice SCENARIO and --record.", click.get_current_context())
    path = db or paths.workspace()
    made = scenarios.create(path, practice, actor=actor(practice=True)) if practice else Workspace.create(path, actor=actor())
    with made as workspace:
        shown = {"workspace": str(workspace.path), "kind": workspace.kind.value, "scenario": workspace.scenario}
        answer(shown, [f"Made a {workspace.kind} workspace: {workspace.path}"])


@click.command("scenarios")
@answering
def scenarios_command(answer: Answer) -> None:
    """The practice scenarios.

    \b
    shoplink scenarios
    """
    found = scenarios.catalogue()
    rows = [(info.id, info.shows) for info in found]
    answer(
        [{"id": info.id, "title": info.title, "shows": info.shows} for info in found],
        table(("SCENARIO", "SHOWS"), rows, nothing="There is no scenario."),
    )
