"""Commands that export the workspace to files and import files into it."""

import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from core import exchange
from core.errors import InvalidInput
from core.plurals import count_of
from core.store.new_file import new_file
from core.text import show
from core.validation import as_json
from core.workspace import Workspace
from tui.cli.command import Filled
from tui.cli.context import Answer, on_workspace
from tui.cli.files import FileName
from tui.cli.params import Choice
from tui.formats.clock import localized

LONG = 1_000_000
"""File size in bytes from which an import shows a progress bar."""


@click.command("export", cls=Filled)
@click.option("--out", type=FileName(dir_okay=False), metavar="FILE", help="Write it to a new file instead of stdout.")
@on_workspace
def export_command(workspace: Workspace, answer: Answer, out: Path | None) -> None:
    """Write the whole workspace as one JSON document that import reads back. It has phone numbers and emails in full.

    \b
    shoplink export --out shops.json
    """
    if out is None:
        with tempfile.TemporaryFile("w+", encoding="utf-8") as whole:  # print nothing if reading fails
            exchange.write(workspace, whole)
            whole.seek(0)
            shutil.copyfileobj(whole, sys.stdout)
        return
    with new_file(out) as made, made.open("w", encoding="utf-8") as file:
        exchange.write(workspace, file)
    answer({"out": str(out)}, [f"Exported to {out}"])


@click.command("import", cls=Filled)
@click.argument("file", type=FileName(allow_dash=True))
@click.option("--kind", type=Choice(list(exchange.ROWS)), help="What the CSV file lists. If left out, its columns decide.")
@click.option("--dry-run", is_flag=True, help="Show what it would do, without changing anything.")
@click.option(
    "--anyway", is_flag=True, help="Record only: TikTok linked or unlinked what a sheet of links lists, against a rule."
)
@on_workspace
def import_command(workspace: Workspace, answer: Answer, file: Path, kind: str | None, dry_run: bool, anyway: bool) -> int:
    """Import an exported document or a CSV file: all of it, or nothing if it has a mistake. - reads stdin.

    \b
    shoplink import shops.csv --dry-run
    shoplink import shops.json
    """
    if anyway and not workspace.is_record:
        raise InvalidInput("--anyway", "is for a record only", remedy="Leave it out: practice follows every rule.")
    with _progress_bar(file) as progress:
        result = exchange.import_file(workspace, file, kind=kind, dry_run=dry_run, progress=progress, or_pipe=True, anyway=anyway)
    if result.problems:
        messages = ((problem, localized(problem.message, None)) for problem in result.problems)
        lines = [f"line {problem.line}, {problem.field or 'as a whole'}: {message}" for problem, message in messages]
        count = count_of(len(result.problems), "problem")
        lines.append(f"{count}. Nothing was imported. Fix the file, then try again.")
        if any(problem.anyway for problem in result.problems):
            lines.append("If TikTok did what a rule forbids, import the file with --anyway.")
    else:
        new, changed = exchange.counted(result.created), exchange.counted(result.updated)
        done = f"Would add {new}; would change {changed}." if dry_run else f"Added {new}; changed {changed}."
        lines = [done, "Nothing was changed: this was a dry run."] if dry_run else [done]
    answer.against = list(result.against)
    answer(as_json(result), lines)
    answer.note(result.notes)
    return 2 if result.problems else 0


@contextmanager
def _progress_bar(file: Path) -> Iterator[Callable[[float], None]]:
    """Show a progress bar on stderr while reading a long file in a terminal."""
    long = file.is_file() and file.stat().st_size > LONG
    hidden = not (long and sys.stderr.isatty())
    with click.progressbar(length=1000, label=f"Reading {show(file.name, 40)}", file=sys.stderr, hidden=hidden) as bar:
        yield lambda done: bar.update(int(done * 1000) - bar.pos)
        bar.update(1000 - bar.pos)
