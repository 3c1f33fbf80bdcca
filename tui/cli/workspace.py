"""Commands that create and locate the workspace file."""

from pathlib import Path

import click

from core import scenarios
from core.workspace import Workspace
from tui import paths
from tui.actor import actor
from tui.cli.context import Answer, answering
from tui.cli.pages import page_of, paged
from tui.cli.params import SCENARIO
from tui.cli.text import facts, table


@click.command("paths")
@click.pass_obj
@answering
def paths_command(answer: Answer, db: Path | None) -> None:
    """Show where the workspace, config and log are.

    \b
    shoplink paths --json
    """
    found = {"workspace": str(db or paths.workspace()), "config": str(paths.config()), "log": str(paths.log())}
    answer(found, facts(found.items()))


@click.command("init")
@click.option("--practice", type=SCENARIO, metavar="SCENARIO", help="A practice workspace filled from this scenario.")
@click.option("--record", is_flag=True, help="A workspace for your own shops.")
@click.option("--group", metavar="GROUP", help="Who else can read and write the record, in a new folder. If left out, only you.")
@click.pass_obj
@answering
def init_command(answer: Answer, db: Path | None, practice: str | None, record: bool, group: str | None) -> None:
    """Make a workspace file. An existing file is never replaced.

    \b
    shoplink init --record
    shoplink --db /srv/shops/record.db init --record --group sellers
    shoplink --db demo.db init --practice new-shop
    """
    if bool(practice) == record:
        raise click.UsageError("Give one of --practice SCENARIO and --record.", click.get_current_context())
    if practice and group:
        raise click.UsageError("A practice workspace is for one person: leave --group out.", click.get_current_context())
    path = db or paths.workspace()
    if practice:
        made = scenarios.create(path, practice, actor=actor(practice=True))
    else:
        made = Workspace.create(path, actor=actor(), group=group)
    with made as workspace:
        shown = {"workspace": str(workspace.path), "kind": workspace.kind.value, "scenario": workspace.scenario}
        answer(shown, [f"Made a {workspace.kind} workspace: {workspace.path}"])


@click.command("scenarios")
@paged
@answering
def scenarios_command(answer: Answer, limit: int, after: str | None) -> None:
    """List the practice scenarios.

    \b
    shoplink scenarios
    """
    found, following = page_of(scenarios.catalogue(), limit, after)
    rows = [(info.id, info.shows) for info in found]
    answer.page(
        "scenarios",
        [{"id": info.id, "title": info.title, "shows": info.shows} for info in found],
        following,
        table(("SCENARIO", "SHOWS"), rows, nothing="There is no scenario."),
    )
