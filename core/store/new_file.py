"""Making a new file: wholly or not at all, whatever happens meanwhile, and never in place of one that is there."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from core.store.trouble import exists, translated


def check_free(path: Path) -> None:
    """Raise Exists when something has this name already, be it a link that leads nowhere."""
    if path.exists() or path.is_symlink():
        raise exists(path)


@contextmanager
def new_file(path: Path) -> Iterator[Path]:
    """Make a new file at `path`, its owner's alone. Write to the file that is given; it bears the name when all is in it.

    Raises Exists when there is one already, ReadOnly or DiskFull when it cannot be written.
    """
    with translated(path):
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)  # mkstemp makes it 0600
        os.close(handle)
        try:
            yield Path(name)
            _flush(Path(name))
            _bear(Path(name), path)
            _flush(path.parent)
        finally:
            Path(name).unlink(missing_ok=True)


def _bear(made: Path, path: Path) -> None:
    """Give the file its name. A link, unlike a rename, refuses to replace."""
    try:
        os.link(made, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without links, such as a memory stick's
        path.open("x").close()
        made.replace(path)


def _flush(path: Path) -> None:
    """Have a file's content, or a folder's names, on the disk itself, where that can be done."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError:
        if path.is_file():  # some file systems do not know how to flush a folder
            raise
    finally:
        os.close(handle)
