"""Create a new file or folder atomically, without ever replacing an existing one."""

import errno
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from core.store.trouble import exists, folder_exists, translated

UNFINISHED = ".shoplink-part"
"""The suffix of a file that is being written. A killed program leaves it behind."""
STALE_SECONDS = 60.0
"""The age from which nobody still writes to an unfinished file."""


def unfinished(folder: Path) -> list[Path]:
    """List the folder's abandoned unfinished files, and their journals."""
    before = time.time() - STALE_SECONDS
    try:
        return sorted(path for path in folder.glob(f".*{UNFINISHED}*") if path.lstat().st_mtime < before)
    except OSError:
        return []  # the folder cannot be read, or another program has just finished one


def check_free(path: Path) -> None:
    """Check that nothing has this name, not even a broken link. Raises Exists."""
    if path.exists() or path.is_symlink():
        raise exists(path)


def left_over(path: Path) -> Path | None:
    """Find what another database of this name left behind: its journal, or its write-ahead log."""
    beside = (path.with_name(path.name + suffix) for suffix in ("-journal", "-wal", "-shm"))
    return next((left for left in beside if os.path.lexists(left)), None)


@contextmanager
def new_file(path: Path) -> Iterator[Path]:
    """Create a private file at `path`. Write to the temporary file that is yielded.

    Raises Exists if there is one already, ReadOnly or DiskFull if it cannot be written.
    """
    with translated(path):
        handle, name = tempfile.mkstemp(UNFINISHED, f".{path.name}.", path.parent)  # mkstemp sets mode 0600
        os.close(handle)
        try:
            yield Path(name)
            _flush(Path(name))
            _publish(Path(name), path)
            _flush(path.parent)
        finally:
            Path(name).unlink(missing_ok=True)


@contextmanager
def new_folder(path: Path) -> Iterator[Path]:
    """Create a private folder at `path`: write to the yielded one, which disappears on failure.

    Raises Exists if there is a file or a folder that is not empty, ReadOnly or DiskFull if it cannot be written.
    """
    check_no_files(path)
    with translated(path):
        made = Path(tempfile.mkdtemp(UNFINISHED, f".{path.name}.", path.parent))  # mkdtemp sets mode 0700
        try:
            yield made
            for file in made.iterdir():
                file.chmod(0o600)
                _flush(file)
            _flush(made)
            if path.exists():
                path.rmdir()  # which removes only an empty folder
            made.rename(path)
            _flush(path.parent)
        except OSError as error:
            if error.errno in {errno.ENOTEMPTY, errno.EEXIST, errno.ENOTDIR}:
                raise folder_exists(path) from None
            raise
        finally:
            shutil.rmtree(made, ignore_errors=True)


def check_no_files(path: Path) -> None:
    """Check that nothing but an empty folder has this name. Raises Exists."""
    with translated(path):
        is_empty = path.is_dir() and not path.is_symlink() and not any(path.iterdir())
    if not is_empty and os.path.lexists(path):
        raise folder_exists(path)


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
