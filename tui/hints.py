"""Suggested commands name the workspace file, where it is not the usual one."""

import re
import shlex
from functools import cache
from pathlib import Path

from tui.command_line import COMMANDS


def program(db: Path | None) -> str:
    """How a command line about this workspace file begins; None: the usual file."""
    return shlex.join(["shoplink", *(["--db", str(db)] if db else [])])


def naming_file(text: str, db: Path | None) -> str:
    """Put the file into the commands that a text suggests; None: the usual file."""
    return _commands().sub(lambda _: program(db), text) if db and "shoplink " in text else text


@cache
def _commands() -> re.Pattern[str]:
    names = "|".join(command.name for command in COMMANDS.values() if command.on_workspace)
    return re.compile(rf"\bshoplink(?= (?:{names})\b)")
