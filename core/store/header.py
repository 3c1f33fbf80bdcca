"""Check the workspace file's header without SQLite, which could write to it."""

import errno
import os
import struct
from pathlib import Path

from core import errors
from core.files import open_regular
from core.store import schema
from core.store.trouble import missing

HEADER = b"SQLite format 3\0"
NO_LOG = b"\1\1"
"""The header's bytes 18 and 19 in a file without a write-ahead log, like all of ours."""
JOURNAL = b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7"


def check(path: Path) -> None:
    """Check that the file is ours. Raises Missing, Damaged, ReadOnly or TooNew."""
    try:
        with open_regular(path) as file:
            header = file.read(100)
    except FileNotFoundError:
        raise missing(path) from None
    except OSError as error:
        if error.errno == errno.EINVAL:
            said = f"{path} can't be a workspace: {error.strerror}."
            raise errors.Damaged(said, remedy="Name the workspace file itself.") from None
        raise errors.ReadOnly(
            f"The workspace {path} can't be read: {error.strerror}.", remedy="Ask the file's owner for permission to read it."
        ) from None
    path = path.resolve()  # SQLite's own files are beside the link's target
    header = _before_interruption(path.with_name(path.name + "-journal")) or header
    if not header:
        raise errors.Damaged(f"The file {path} is empty.", remedy="Remove it or name another file, then make a workspace.")
    if len(header) < 100 or not header.startswith(HEADER):
        raise errors.Damaged(f"{path} is not a shoplink workspace.", remedy="Name another file. This one was not changed.")
    if header[18:20] == NO_LOG and (left := _log(path)):
        raise errors.Damaged(
            f"{left} is left over from another file. SQLite would add its changes to the workspace.",
            remedy="Move it away, then open the workspace again. The workspace was not changed.",
        )
    user_version, application_id = (struct.unpack_from(">I", header, offset)[0] for offset in (60, 68))
    if application_id != schema.APPLICATION_ID:
        raise errors.Damaged(
            f"{path} is another program's database, not a shoplink workspace.",
            remedy="Name another file. This one was not changed.",
        )
    if user_version > schema.VERSION:
        raise errors.TooNew(
            f"The workspace {path} has schema {user_version}; this program knows up to {schema.VERSION}.",
            remedy="Open it with a newer shoplink. The file was not changed.",
        )


def is_older(path: Path) -> bool:
    """Check whether the file has an older schema; False if there is no such file."""
    try:
        with open_regular(path) as file:
            start = file.read(100)
    except OSError:
        return False
    if len(start) < 100:
        return False
    user_version, application_id = (struct.unpack_from(">I", start, offset)[0] for offset in (60, 68))
    return bool(application_id == schema.APPLICATION_ID and user_version < schema.VERSION)


def _log(path: Path) -> Path | None:
    log = path.with_name(path.name + "-wal")
    try:
        return log if log.stat().st_size else None  # SQLite ignores an empty one
    except OSError:
        return None


def _before_interruption(journal: Path) -> bytes | None:
    """Read the header from the journal of an interrupted write, if there is one.

    The file's own header may be half written until SQLite rolls it back.
    """
    try:
        with open_regular(journal) as file:
            start = file.read(28)
            if len(start) < 28 or not start.startswith(JOURNAL):
                return None
            records, sector, page_size = (struct.unpack_from(">I", start, offset)[0] for offset in (8, 20, 24))
            for number in range(min(records, os.fstat(file.fileno()).st_size // (page_size + 8) if page_size else 0)):
                file.seek(sector + number * (page_size + 8))
                if file.read(4) == b"\0\0\0\1":
                    return file.read(100)
    except OSError:
        pass
    return None
