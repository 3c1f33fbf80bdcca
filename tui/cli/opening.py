"""Open the screens.

Imports neither click nor anything that --help does not need, to start fast.
"""

from __future__ import annotations

import errno
import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from core.workspace import Workspace

COMPLETING = "_SHOPLINK_COMPLETE"
"""The variable that the shell sets when it asks for completions."""

LONG = 10_000_000
"""Size in bytes from which migrating an older file takes a while."""
UP_TO_DATE = """\
The workspace was made by an older shoplink: it is brought up to date first, which may take a minute.
ctrl+c stops that, and leaves the file as it was.
"""


def named(arguments: list[str]) -> tuple[bool, Path | None]:
    """Return whether the arguments only open the screens, and the file named."""
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
    """Return why this is not a valid file name, or "" if it is."""
    try:
        os.lstat(file)
    except ValueError:  # a NUL or a lone surrogate
        return "that can't be a file name"
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            return "the name is too long"
    return ""


def without_settings() -> None:
    """Forget what Textual reads from the environment when it is imported: pictures must not depend on it."""
    for name in list(os.environ):
        if name.startswith("TEXTUAL_") or name == "NO_COLOR":
            del os.environ[name]


def needs_terminal() -> bool:
    """Return True, with a message on stderr, if there is no terminal."""
    if (sys.stdin.isatty() and sys.stdout.isatty()) or "TEXTUAL_DRIVER" in os.environ:  # the web driver needs none
        return False
    sys.stderr.write(
        "usage: shoplink [--db FILE] COMMAND …\n"
        "The screens need a terminal. Without one, use a command: shoplink --help lists them.\n"
    )
    return True


def opened(path: Path) -> Workspace:
    """Open the workspace for the person who acts; announce a long migration on a terminal's stderr.

    Raises the errors of Workspace.open.
    """
    from core.store.header import is_older
    from core.workspace import Workspace
    from tui.actor import actor

    if sys.stderr.isatty() and is_older(path) and path.stat().st_size > LONG:
        sys.stderr.write(UP_TO_DATE)
        sys.stderr.flush()
    workspace = Workspace.open(path, actor=actor())
    workspace.actor = actor(practice=not workspace.is_record)
    return workspace


def open_screens(db: Path | None) -> int:
    """Open the screens, or the welcome screen without a file; return the exit code."""
    if needs_terminal():
        return 2
    import gc

    gc.disable()  # until the first paint: collecting takes a tenth of the startup time
    from core.errors import Missing
    from tui.paths import workspace as default_path

    path = db or default_path()
    try:
        workspace = opened(path)
    except Missing:
        if path.is_symlink():  # its target is missing, and nothing can be created there
            raise
        workspace = None
    from tui import counting

    early = counting.begin(workspace) if workspace else None  # while the screens are imported
    from tui import launch
    from tui.actor import actor

    return launch.run(workspace, path, actor(), kept=True, counting=early)
