"""The first bytes of the workspace file, looked at without SQLite: a stranger's file is not touched at all."""

import os
import struct
from pathlib import Path

from core import errors
from core.store import schema
from core.store.trouble import damaged, missing

HEADER = b"SQLite format 3\0"


def check(path: Path) -> None:
    """Read the file's first bytes without SQLite, so that a stranger's file is not touched at all."""
    try:
        with path.open("rb") as file:
            header = file.read(100)
            size = os.fstat(file.fileno()).st_size
    except FileNotFoundError:
        raise missing(path) from None
    except IsADirectoryError:
        raise errors.Damaged(f"{path} is a folder, not a workspace file.", remedy="Name the workspace file itself.") from None
    except OSError as error:
        raise errors.ReadOnly(
            f"The workspace {path} cannot be read: {error.strerror}.", remedy="Ask the file's owner for the right to read it."
        ) from None
    if not header:
        raise errors.Damaged(f"The file {path} is empty.", remedy="Take it away or name another file, then make a workspace.")
    if len(header) < 100 or not header.startswith(HEADER):
        raise errors.Damaged(f"{path} is not a shoplink workspace.", remedy="Name another file; this one was left as it is.")
    page_size, change_counter, pages, user_version, application_id, valid_for = (
        struct.unpack_from(form, header, offset)[0]
        for form, offset in ((">H", 16), (">I", 24), (">I", 28), (">I", 60), (">I", 68), (">I", 92))
    )
    if application_id != schema.APPLICATION_ID:
        raise errors.Damaged(
            f"{path} is a database of another program, not a shoplink workspace.",
            remedy="Name another file; this one was left as it is.",
        )
    if user_version > schema.VERSION:
        raise errors.TooNew(
            f"The workspace {path} has schema {user_version}; this program knows up to {schema.VERSION}.",
            remedy="Open it with a newer shoplink. The file was left as it is.",
        )
    journal = path.with_name(path.name + "-journal").exists()
    if change_counter == valid_for and not journal and size < pages * (65536 if page_size == 1 else page_size):
        raise damaged(path, "it is shorter than it says")
