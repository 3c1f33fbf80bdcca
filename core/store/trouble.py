"""Translate SQLite's and the system's errors into shoplink's own."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from core import errors
from core.files import dangling
from core.store.schema import OLDEST_SQLITE

NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO})
"""The system's errors for a full or failing disk."""
NO_FULL_TEXT = frozenset({"no such module: fts5", "no such tokenizer: trigram"})
"""SQLite's messages when it was built without FTS5, or is older than 3.34."""
_OLDEST = ".".join(map(str, OLDEST_SQLITE[:2]))
_UNREADABLE = {sqlite3.SQLITE_IOERR_READ, sqlite3.SQLITE_IOERR_SHORT_READ}


def missing(path: Path) -> errors.Missing:
    if target := dangling(path):
        said = f"There is no workspace at {path}: it is a link to {target}, which doesn't exist."
        return errors.Missing(said, remedy="Put the workspace back there, or remove the link.")
    return errors.Missing(
        f"There is no workspace at {path}.",
        remedy="Check its path, or create a workspace there.",
        command="To practice: shoplink init --practice new-shop. For your own shops: shoplink init --record",
    )


def moved(path: Path) -> errors.Missing:
    return errors.Missing(
        f"The workspace at {path} is no longer the file that was opened: it was removed or replaced.",
        remedy="Nothing was changed. Quit shoplink and open the workspace again.",
    )


def damaged(path: Path, detail: str) -> errors.Damaged:
    return errors.Damaged(
        f"The workspace {path} is damaged: {detail}.",
        remedy="Keep the file as it is, and continue with your newest backup or export.",
    )


def read_only(path: Path) -> errors.ReadOnly:
    return errors.ReadOnly(
        f"The workspace {path} can be read but not written.",
        remedy="Make the file and its folder writable for you, or copy it to one of your folders and open the copy.",
    )


def unsupported() -> errors.Unsupported:
    return errors.Unsupported(
        f"This Python has SQLite {sqlite3.sqlite_version}; shoplink needs {_OLDEST} or newer.",
        remedy=f"Nothing was changed. Use a Python whose SQLite is {_OLDEST} or newer, such as one from python.org.",
    )


def exists(path: Path) -> errors.Exists:
    if target := dangling(path):
        said = f"{path} is a link to {target}, which doesn't exist."
        return errors.Exists(said, remedy="Remove the link, or name another file.")
    return errors.Exists(f"There is already a file at {path}.", remedy="Open it, or name another file.")


def folder_exists(path: Path) -> errors.Exists:
    return errors.Exists(f"There is already something at {path}.", remedy="Name a new or empty folder.")


def unwritable(path: Path, error: OSError) -> errors.WorkspaceError:
    """Make the error for a file, such as a workspace or an export, that cannot be written."""
    if isinstance(error, FileExistsError):
        return exists(path)
    if isinstance(error, PermissionError):
        return errors.ReadOnly(f"{path} can't be written: no permission.", remedy="Name one of your own folders.")
    if error.errno in NO_ROOM:
        return errors.DiskFull(f"{path} can't be written: {error.strerror}.", remedy="Free some space, then try again.")
    return errors.ReadOnly(f"{path} can't be written: {error.strerror}.", remedy="Name a folder that can be written.")


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Translate SQLite's and the system's errors within the block."""
    try:
        yield
    except sqlite3.IntegrityError as error:
        refused = errors.Contradiction(
            f"The workspace's safeguards don't allow this: {error}.",
            remedy="Check the shop's state and rules, then try again.",
        )
        if "constraint failed" not in str(error):  # from a trigger, in our words
            refused.why = str(error).partition(": ")[2]
        raise refused from error
    except sqlite3.Error as error:
        raise _translate(error, path) from error
    except UnicodeDecodeError as error:
        raise damaged(path, "a text in it can't be read") from error
    except (OverflowError, UnicodeError) as error:
        raise errors.InvalidInput("text", "has a character or a number that can't be stored") from error
    except OSError as error:
        raise unwritable(path, error) from error


def _translate(error: sqlite3.Error, path: Path) -> errors.ShoplinkError:
    extended = getattr(error, "sqlite_errorcode", 0)
    code = extended & 0xFF
    if code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
        return errors.Locked(
            f"Another program is writing to {path} and didn't finish in time.",
            remedy="Nothing was changed. Try again when it has finished.",
        )
    if extended == sqlite3.SQLITE_READONLY_DBMOVED:
        return moved(path)
    if extended == sqlite3.SQLITE_READONLY_ROLLBACK:
        return errors.ReadOnly(
            f"A change to {path} was interrupted. It can be undone only where the workspace is writable.",
            remedy="Make the file and its folder writable for you, then open it once.",
        )
    if code in {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH}:
        return errors.ReadOnly(f"The workspace {path} can't be written.", remedy="Make the file and its folder writable for you.")
    if code == sqlite3.SQLITE_CANTOPEN:
        return errors.ReadOnly(f"The workspace {path} can't be opened.", remedy="Check that you may read and write its folder.")
    if extended in _UNREADABLE:
        return damaged(path, "the disk doesn't return all of it")
    if code in {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR}:
        return errors.DiskFull(
            f"The disk has no room for {path}. Nothing was changed.", remedy="Free some space, then try again."
        )
    if str(error) in NO_FULL_TEXT:
        return errors.Unsupported(
            f"SQLite {sqlite3.sqlite_version}, which this Python has, can't search: it lacks FTS5 or its trigram tokenizer.",
            remedy=f"Run shoplink with a Python whose SQLite is {_OLDEST} or newer and has FTS5, such as one from python.org.",
        )
    if not code:  # Python's own error, which would quote the undecodable text
        return damaged(path, "a text in it can't be read")
    return damaged(path, str(error))
