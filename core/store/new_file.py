"""Create a new file atomically, without ever replacing an existing one."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from core.store.trouble import exists, translated


def check_free(path: Path) -> None:
    """Check that nothing has this name, not even a broken link. Raises Exists."""
    if path.exists() or path.is_symlink():
        raise exists(path)


@contextmanager
def new_file(path: Path) -> Iterator[Path]:
    """Create a private file at `path`. Write to the temporary file that is yielded.

    Raises Exists if there is one already, ReadOnly or DiskFull if it cannot be written.
    """
    with translated(path):
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)  # mkstemp sets mode 0600
        os.close(handle)
        try:
            yield Path(name)
            _flush(Path(name))
            _publish(Path(name), path)
            _flush(path.parent)
        finally:
            Path(name).unlink(missing_ok=True)


def _publish(temporary: Path, path: Path) -> None:
    """Give the file its name. A link, unlike a rename, never replaces a file."""
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without links, such as a USB stick's
        path.open("x").close()
        temporary.replace(path)


def _flush(path: Path) -> None:
    """Sync a file or a folder to disk, where the file system can."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError:
        if path.is_file():  # some file systems cannot sync a folder
            raise
    finally:
        os.close(handle)
