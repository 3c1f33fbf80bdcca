"""Open files that people name, and report pipes and devices instead of waiting for them."""

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO

_WHAT = ((stat.S_ISDIR, "a folder"), (stat.S_ISFIFO, "a pipe"), (stat.S_ISSOCK, "a socket"))


def open_regular(path: Path, *, or_pipe: bool = False) -> BinaryIO:
    """Open a regular file to read; with `or_pipe` also a pipe, waiting for its writer.

    Raises OSError, whose `strerror` says what is there instead, and ValueError if this cannot be a file name.
    """
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        if target := dangling(path):
            raise FileNotFoundError(errno.ENOENT, f"it is a link to {target}, which doesn't exist") from None
        raise
    if stat.S_ISREG(mode):
        return path.open("rb")
    if or_pipe and stat.S_ISFIFO(mode):
        return path.open("rb")
    what = next((name for is_it, name in _WHAT if is_it(mode)), "a device")
    raise OSError(errno.EINVAL, f"it is {what}, not a file")


def dangling(path: Path) -> str:
    """Return where this link leads if nothing is there, else ""."""
    return os.readlink(path) if path.is_symlink() and not path.exists() else ""
