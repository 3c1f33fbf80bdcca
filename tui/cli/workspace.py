"""Commands that create and locate the workspace file."""

from pathlib import Path

import click

import data
from core import scenarios
from core.errors import InvalidInput, NotFound
from core.store.new_file import new_file
from core.text import show
from core.workspace import Workspace
from tui import paths
from tui.actor import actor
from tui.cli.command import Filled, NearGroup
from tui.cli.context import Answer, answering
from tui.cli.files import FileName
from tui.cli.pages import page_of, paged
from tui.cli.params import SCENARIO
from tui.cli.problems import answer_problems
from tui.cli.text import facts, table


@click.command("paths", cls=Filled)
@click.pass_obj
@answering
def paths_command(answer: Answer, db: Path | None) -> None:
    """Show where the workspace, config, and log are.

    \b
    shoplink paths --json
    """
    found = {"workspace": str(db or paths.workspace()), "config": str(paths.config()), "log": str(paths.log())}
    answer(found, facts(found.items()))


@click.command("init", cls=Filled)
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


@click.group("scenarios", cls=NearGroup, invoke_without_command=True)
@paged
@answering
def scenarios_command(answer: Answer, limit: int, after: str | None) -> None:
    """List the practice scenarios. Check your own, or copy one to start from.

    \b
    shoplink scenarios
    shoplink scenarios copy new-shop mine.toml
    shoplink scenarios check mine.toml
    """
    if click.get_current_context().invoked_subcommand:
        return
    found, following = page_of(scenarios.catalog(), limit, after)
    rows = [(info.id, info.shows) for info in found]
    answer.page(
        "scenarios",
        [{"id": info.id, "title": info.title, "shows": info.shows} for info in found],
        following,
        table(("SCENARIO", "SHOWS"), rows, nothing="There is no scenario."),
    )


@scenarios_command.command("check")
@click.argument("file", type=FileName())
@answering
def check_command(answer: Answer, file: Path) -> int:
    """List every mistake in a scenario file by line and field. This plays its acts.

    \b
    shoplink scenarios check mine.toml
    """
    from core import scenario_checks

    return answer_problems(answer, file, scenario_checks.check(file))


@scenarios_command.command("copy")
@click.argument("scenario", metavar="ID", type=SCENARIO)
@click.argument("file", type=FileName())
@answering
def copy_command(answer: Answer, scenario: str, file: Path) -> None:
    """Copy a scenario to a new file, to start your own.

    \b
    shoplink scenarios copy linked mine.toml
    """
    known = data.names("scenarios")
    if scenario not in known:
        raise NotFound(
            f"There is no scenario {show(scenario, 60)}.",
            remedy=f"{scenarios.meant(scenario)}See them with: shoplink scenarios",
        )
    if file.suffix != ".toml":
        raise InvalidInput("file", f"{show(str(file))} doesn't end with .toml", remedy="Give it that ending.")
    lines = data.text(f"scenarios/{scenario}.toml").splitlines(keepends=True)
    with new_file(file) as made:
        made.write_text("".join(line for line in lines if not line.startswith("order =")), encoding="utf-8")
    answer({"scenario": scenario, "file": str(file)}, [f"Copied to {file}"])
