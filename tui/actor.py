"""Find out who acts, for the history."""

import getpass
import os

from core.text import LIMITS, problem

DEMO = "demo"
"""Who acts in a practice workspace, unless a name is given."""


def actor(*, practice: bool = False) -> str:
    """Return SHOPLINK_ACTOR or else "demo" in practice and the login name in a record."""
    name = os.environ.get("SHOPLINK_ACTOR", "").strip()
    if not name and not practice:
        try:
            name = getpass.getuser()
        except (OSError, KeyError):
            name = "someone"
    return "someone" if problem(name, LIMITS["line"]) else name or DEMO
