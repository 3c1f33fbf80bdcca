"""Opening the screens. Imports no click: who only wants the screens need not wait for it. Nor what --help does not need."""

from __future__ import annotations

import errno
import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from core.workspace import Workspace

COMPLETING = "_SHOPLINK_COMPLETE"
"""Set by the shell when it asks what the words on the line could go on with."""

LONG = 10_000_000
"""Bytes of an older file for which it takes a while to be brought up to date."""
UP_TO_DATE = """\
The workspace was made by an older shoplink: it is brought up to date first, which may take a minute.
ctrl+c stops that, and leaves the file as it was.
"""


def named(arguments: list[str]) -> tuple[bool, Path | None]:
    """Whether the screens are asked for and nothing else, and the workspace that is named then."""
    match arguments:
        case []:
            file = os.environ.get("SHOPLINK_DB", "")
        case ["--db", file] if file:
            pass
        case _:
            return False, None
    if COMPLETING in os.environ or (file and no_name(file)):
        return False, None
    from pathlib import Path

    return True, Path(file) if file else None


def no_name(file: str | os.PathLike[str]) -> str:
    """Why this can be no file's name, whatever would be done with it; "" when it can."""
    try:
        os.lstat(file)
    except ValueError:  # a NUL, or half of a character
        return "that is no file's name"
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            return "the name is too long"
    return ""


def needs_terminal() -> bool:
    """Whether there is no terminal to draw on; says so on stderr."""
    if (sys.stdin.isatty() and sys.stdout.isatty()) or "TEXTUAL_DRIVER" in os.environ:  # a browser's driver needs none
        return False
    sys.stderr.write(
        "usage: shoplink [--db FILE] COMMAND …\n"
        "The screens need a terminal. Without one, use a command: shoplink --help lists them.\n"
    )
    return True


def opened(path: Path) -> Workspace:
    """The workspace in this file; on a terminal's stderr it is said before, when to open it will take a while.

    Raises what Workspace.open does.
    """
    from core.store.header import is_older
    from core.workspace import Workspace

    if sys.stderr.isatty() and is_older(path) and path.stat().st_size > LONG:
        sys.stderr.write(UP_TO_DATE)
        sys.stderr.flush()
    return Workspace.open(path, actor=actor())


def open_screens(db: Path | None) -> int:
    """Open the screens on the workspace, or on the welcome page when there is none yet; give the exit code."""
    if needs_terminal():
        return 2
    import gc

    gc.disable()  # until the first page stands: what is made for it is kept, so to look for garbage is a tenth of the start
    from core.errors import Missing
    from tui.paths import workspace as default_path

    path = db or default_path()
    try:
        workspace = opened(path)
    except Missing:
        workspace = None
    from tui import launch

    return launch.run(workspace, path, actor())


def actor() -> str:
    """Who acts, as the history names them: SHOPLINK_ACTOR, or the login name."""
    import getpass

    from core.text import LIMITS, problem

    name = os.environ.get("SHOPLINK_ACTOR", "").strip()
    if not name:
        try:
            name = getpass.getuser()
        except (OSError, KeyError):
            name = "someone"
    return "someone" if problem(name, LIMITS["line"]) else name
