"""A folder and a workspace file for one group of people and nobody else."""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from core.errors import Exists, InvalidInput
from core.store.trouble import translated

FOLDER_MODE = 0o2770
"""Setgid: what is made in the folder, such as SQLite's journal, belongs to the group too."""
FILE_MODE = 0o660


def group_id(name: str) -> int:
    """Find the number of a group that this person is in. Raises InvalidInput."""
    import grp  # not on Windows

    try:
        found = grp.getgrnam(name).gr_gid
    except (KeyError, ValueError):
        raise InvalidInput("group", "is not known on this computer", remedy="See yours with: id -Gn") from None
    if os.geteuid() != 0 and found not in {os.getegid(), *os.getgroups()}:
        raise InvalidInput("group", "is not one of your groups", remedy="Choose one of: id -Gn. A new group needs a new login.")
    return found


@contextmanager
def folder_of(path: Path, group: int) -> Iterator[None]:
    """Make the group a folder for a new file, which is written in the block.

    Raises Exists if the folder exists: its permissions are never changed.
    """
    folder = path.parent
    with translated(path):
        if folder.exists() or folder.is_symlink():
            raise Exists(
                f"The folder {folder} exists already, and shoplink doesn't change its permissions.",
                remedy="Name the file in a new folder. shoplink makes it for the group.",
            )
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=0o700)
        try:
            os.chown(folder, -1, group)
            folder.chmod(FOLDER_MODE)
            yield
            os.chown(path, -1, group)
            path.chmod(FILE_MODE)
        except BaseException:
            path.unlink(missing_ok=True)
            folder.rmdir()
            raise


def group_of(path: Path) -> str | None:
    """Name the group that a workspace file was made for; None: only its owner, or others too."""
    try:
        folder, file = path.absolute().parent.stat(), path.stat()
        modes = stat.S_IMODE(folder.st_mode), stat.S_IMODE(file.st_mode)
        if modes != (FOLDER_MODE, FILE_MODE) or folder.st_gid != file.st_gid:
            return None
        import grp

        return grp.getgrgid(file.st_gid).gr_name
    except (OSError, KeyError, ImportError):
        return None
