"""Commands that back up and check the workspace file."""

import locale
import os
import shutil
import sys
from dataclasses import replace
from pathlib import Path

import click

from core.doctor import Check, examine, rebuild_search
from core.errors import WorkspaceError
from core.validation import as_json
from core.workspace import Workspace
from tui import paths
from tui.breakpoints import LEAST, is_too_small
from tui.cli.command import Filled
from tui.cli.context import Answer, answering, here, on_workspace
from tui.cli.files import FileName
from tui.cli.opening import opened
from tui.cli.text import table
from tui.exit_codes import UNUSABLE

MAX_FINDING = 4000
"""Maximum length of a finding in characters; one may list all valid names."""


@click.command("backup", cls=Filled)
@click.argument("file", type=FileName())
@on_workspace
def backup_command(workspace: Workspace, answer: Answer, file: Path) -> None:
    """Copy the workspace, even while it is in use. An existing file is never replaced.

    \b
    shoplink backup shoplink-monday.db
    """
    workspace.store.save_as(file)
    size = file.stat().st_size
    answer({"backup": str(file), "bytes": size}, [f"Copied to {file} ({size:,} bytes)."])


@click.command("doctor", cls=Filled)
@click.option("--rebuild-search", "rebuild", is_flag=True, help="First rebuild the search index from the history.")
@click.pass_obj
@answering
def doctor_command(answer: Answer, db: Path | None, rebuild: bool) -> int:
    """Check the workspace, the clock, and the terminal, and say how to fix what is wrong.

    \b
    shoplink doctor
    """
    path = db or paths.workspace()
    try:
        with opened(path) as workspace:
            if rebuild:
                rebuild_search(workspace)
            checks = list(examine(workspace))
    except WorkspaceError as error:
        checks = [Check(id="file", ok=False, message=f"{error.message} {error.remedy} {error.command}".strip())]
    checks = [replace(check, message=here(check.message)) for check in checks]
    checks += [_configuration(paths.config()), _terminal()]
    passed = all(check.ok for check in checks)
    rows = [("WRONG" if not check.ok else "note" if check.note else "ok", check.id, check.message) for check in checks]
    lines = table(("", "CHECK", "FOUND"), rows, nothing="", longest=MAX_FINDING)
    summary = "No problems. See the note above." if any(check.note for check in checks) else "Everything is fine."
    lines.append(summary if passed else "There are problems: see WRONG above.")
    answer({"ok": passed, "checks": [as_json(check) for check in checks]}, lines)
    return 0 if passed else UNUSABLE


def _configuration(path: Path) -> Check:
    """Check the configuration; mistakes are notes, since the screens skip them."""
    if not os.path.lexists(path):
        return Check(id="configuration", ok=True, message="There is none, and you don't need one.")
    from tui.launch import configured

    found = configured(path)
    said = " ".join([*found.mistakes, *found.names])
    return Check(id="configuration", ok=True, note=bool(said), message=said or "All settings in it are used.")


def _terminal() -> Check:
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return Check(id="terminal", ok=True, message="None here. Only the screens need one.")
    columns, rows = shutil.get_terminal_size()
    wrong = []
    if is_too_small(columns, rows):
        wrong.append(f"it has {columns} x {rows}: make it at least {LEAST[0]} x {LEAST[1]}")
    if "utf" not in locale.getpreferredencoding(False).lower():
        wrong.append("it doesn't write UTF-8: set LANG, for example to C.UTF-8")
    if os.environ.get("TERM") in {None, "", "dumb"}:
        wrong.append("it can't place the cursor: set TERM, for example to xterm-256color")
    message = f"{columns} x {rows}, UTF-8." if not wrong else f"For the screens {'; '.join(wrong)}."
    return Check(id="terminal", ok=not wrong, message=message)
