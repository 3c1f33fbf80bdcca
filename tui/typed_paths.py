"""Read a file's path that was typed, or dragged into the terminal."""

import os
import shlex
from pathlib import Path
from urllib.parse import unquote, urlsplit


def typed_path(typed: str) -> Path:
    """Read a path. A terminal quotes a dragged file, or escapes its spaces; some give a file:// address."""
    plain = typed.strip()
    if plain.startswith("file://"):
        return Path(unquote(urlsplit(plain).path))
    path = Path(os.path.expanduser(plain))
    if os.path.lexists(path):
        return path
    try:
        words = shlex.split(plain)
    except ValueError:
        return path
    return Path(os.path.expanduser(words[0])) if len(words) == 1 else path
