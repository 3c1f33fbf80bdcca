"""Commands about the workspace file as a whole."""

import json
from pathlib import Path

import click

from core import exchange, scenarios
from core.errors import InvalidInput, WorkspaceError
from core.workspace import Workspace
from tui import paths
from tui.cli.context import Answer, actor, answering, on_workspace
from tui.cli.words import facts, table


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
@click.option("--practice", metavar="SCENARIO", help="A practice workspace filled from this scenario.")
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
    with Workspace.create(db or paths.workspace(), actor=actor(), scenario=practice) as workspace:
        made = {"workspace": str(workspace.path), "kind": workspace.kind.value, "scenario": workspace.scenario}
        answer(made, [f"Made a {workspace.kind} workspace: {workspace.path}"])


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


@click.command("export")
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Write it to a new file instead of stdout."
)
@on_workspace
def export_command(workspace: Workspace, answer: Answer, out: Path | None) -> None:
    """The whole workspace as one JSON document that import takes back. Phone and email are whole in it.

    \b
    shoplink export --out shops.json
    """
    text = json.dumps(exchange.export(workspace), indent=2)
    if out is None:
        click.echo(text)
        return
    try:
        with out.open("x", encoding="utf-8") as file:
            file.write(text + "\n")
    except FileExistsError:
        raise InvalidInput("file", f"{out} exists already", remedy="Name another file.") from None
    except OSError as error:
        raise WorkspaceError(f"{out} cannot be written: {error.strerror}.", remedy="Name a folder that is yours.") from None
    answer({"out": str(out)}, [f"Exported to {out}"])


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what it would do, and change nothing.")
@on_workspace
def import_command(workspace: Workspace, answer: Answer, file: Path, dry_run: bool) -> int:
    """Take in an exported document: all of it, or nothing when something in it is wrong.

    \b
    shoplink import shops.json --dry-run
    """
    try:
        document = json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise InvalidInput(
            "file", f"{file} cannot be read: {error.strerror}", remedy="Name the file that export wrote."
        ) from None
    except (ValueError, RecursionError) as error:
        raise InvalidInput("file", f"{file} is not JSON: {error}", remedy="Name the file that export wrote.") from None
    result = exchange.import_document(workspace, document, dry_run=dry_run)
    lines = [f"{problem.line} {problem.field}: {problem.message}" for problem in result.problems]
    if result.problems:
        lines.append("Nothing was imported.")
    else:
        done = "Would create" if dry_run else "Created"
        new = ", ".join(f"{count} {kind}" for kind, count in result.created.items() if count) or "nothing"
        changed = ", ".join(f"{count} {kind}" for kind, count in result.updated.items() if count) or "nothing"
        lines.append(f"{done} {new}; {'would change' if dry_run else 'changed'} {changed}.")
    answer(result.model_dump(mode="json"), lines)
    return 2 if result.problems else 0
