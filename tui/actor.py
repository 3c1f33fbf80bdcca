"""Find out who acts, for the history."""

import getpass
import os
import sys
from functools import cache

from core.text import LIMITS, problem

DEMO = "demo"
"""Who acts in a practice workspace, unless a name is given."""


def actor(*, practice: bool = False) -> str:
    """Return SHOPLINK_ACTOR or else "demo" in practice and the login name in a record."""
    name = os.environ.get("SHOPLINK_ACTOR", "").strip()
    if name and (wrong := problem(name, LIMITS["line"])):
        _warn(wrong)
    if not name and not practice:
        try:
            name = getpass.getuser()
        except (OSError, KeyError):
            name = "someone"
    return "someone" if problem(name, LIMITS["line"]) else name or DEMO


@cache
def _warn(wrong: str) -> None:
    """Say once why the name that was given is not recorded."""
    sys.stderr.write(f"SHOPLINK_ACTOR {wrong}. The history says “someone” instead.\n")
