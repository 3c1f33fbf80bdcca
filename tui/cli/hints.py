"""Add the workspace file to suggested commands, unless it is the default one."""

import re
import shlex
from functools import cache
from pathlib import Path

from tui.command_line import COMMANDS


def program(db: Path | None) -> str:
    """Return the start of a command line for this file; None is the default file."""
    return shlex.join(["shoplink", *(["--db", str(db)] if db else [])])


def naming_file(text: str, db: Path | None) -> str:
    """Add the file to the commands in a text; None is the default file."""
    return _commands().sub(lambda _: program(db), text) if db and "shoplink " in text else text


@cache
def _commands() -> re.Pattern[str]:
    names = "|".join(command.name for command in COMMANDS.values() if command.on_workspace)
    return re.compile(rf"\bshoplink(?= (?:{names})\b)")
