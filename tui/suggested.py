"""A command that is suggested to a person: it names the workspace file, where that is not the usual one."""

import re
import shlex
from functools import cache
from pathlib import Path

WITHOUT_WORKSPACE = frozenset({"paths", "scenarios", "demo", "tours", "storyboard", "compare", "serve", "completion"})


def shoplink_on(db: Path | None) -> str:
    """How a command line begins that is about this workspace file; None: the usual one."""
    return shlex.join(["shoplink", *(["--db", str(db)] if db else [])])


def suggested(text: str, db: Path | None) -> str:
    """`text` with this file in the commands that it suggests, which work on a workspace."""
    return _commands().sub(lambda _: shoplink_on(db), text) if db and "shoplink " in text else text


@cache
def _commands() -> re.Pattern[str]:
    from tui.cli.group import COMMANDS

    names = "|".join(name for name in COMMANDS if name not in WITHOUT_WORKSPACE)
    return re.compile(rf"\bshoplink(?= (?:{names})\b)")
