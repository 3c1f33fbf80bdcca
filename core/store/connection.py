"""Opening, creating and writing the workspace file, and every way in which that can fail."""

import os
import sqlite3
import struct
import tempfile
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from core import errors
from core.store import schema

HEADER = b"SQLite format 3\0"
WAIT_SECONDS = 5.0


class Store:
    """One connection to one workspace file, bound to its thread."""

    def __init__(self, connection: sqlite3.Connection, path: Path, *, read_only: bool) -> None:
        self.path = path
        self.read_only = read_only
        self.writes = 0
        self.db = Database(connection, execute_plugins=False)
        with translated(path):
            for pragma in ("foreign_keys = ON", "synchronous = FULL", "trusted_schema = OFF", "cell_size_check = ON"):
                self.db.execute(f"PRAGMA {pragma}")

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False) -> "Store":
        """The store in the file at `path`, brought to this program's schema.

        Raises Missing, Damaged, TooNew, Locked, ReadOnly or DiskFull; the file is then left as it was.
        """
        _check_header(path)
        writable = not read_only and os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
        mode = "rw" if writable else "ro"
        with translated(path):
            store = cls(_connect(f"{path.absolute().as_uri()}?mode={mode}"), path, read_only=not writable)
        try:
            store._prepare()
        except BaseException:
            store.close()
            raise
        return store

    @classmethod
    def in_memory(cls) -> "Store":
        """An empty store that lives in memory: where a new workspace is made before it becomes a file."""
        store = cls(_connect("file::memory:"), Path(":memory:"), read_only=False)
        schema.migrate(store.db)
        return store

    def save_as(self, path: Path) -> None:
        """Write this store to a new file, readable by its owner only: wholly or not at all.

        Raises Exists when there is one already, ReadOnly or DiskFull when it cannot be written.
        """
        left = path.with_name(path.name + "-journal")
        if left.exists():  # SQLite would play it into the new file
            raise errors.Exists(f"A journal of another file is left at {left}.", remedy="Put it aside with its file.")
        with translated(path):
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)  # mkstemp makes it 0600
            os.close(handle)
            try:
                target = _connect(Path(name).absolute().as_uri())
                try:
                    self.db.conn.backup(target)
                finally:
                    target.close()
                os.link(name, path)  # unlike a rename, refuses to replace
                _flush_folder(path.parent)
            finally:
                Path(name).unlink(missing_ok=True)

    def replace_with(self, other: "Store") -> None:
        """Make this store's content the same as `other`'s, in one transaction, for every process that has it open."""
        with translated(self.path):
            other.db.conn.backup(self.db.conn)
        self.writes += 1

    @contextmanager
    def write(self) -> Iterator[None]:
        """One change: BEGIN IMMEDIATE … COMMIT, or nothing at all. Within another change it is part of that one.

        Raises Locked, ReadOnly, DiskFull or Damaged; Refused when a safeguard of the file itself says no.
        """
        if self.db.conn.in_transaction:
            yield
            return
        if self.read_only:
            raise errors.ReadOnly(
                f"The workspace {self.path} can be read but not written.",
                remedy="Make the file and its folder writable for you, or copy it to a folder of yours and open the copy.",
            )
        if str(self.path) != ":memory:" and not self.path.exists():
            raise missing(self.path)
        with translated(self.path):
            self.db.execute("BEGIN IMMEDIATE")
            try:
                yield
                self.db.execute("COMMIT")
            except BaseException:
                if self.db.conn.in_transaction:
                    self.db.execute("ROLLBACK")
                raise
        self.writes += 1

    @contextmanager
    def part(self) -> Iterator[None]:
        """Part of a change that is undone by itself when it does not come to its end."""
        with translated(self.path):
            self.db.conn.execute("SAVEPOINT part")
            try:
                yield
            except BaseException:
                self.db.conn.execute("ROLLBACK TO part")
                raise
            finally:
                self.db.conn.execute("RELEASE part")

    @contextmanager
    def read(self) -> Iterator[None]:
        """One moment's state for all that is read within, whatever others write meanwhile."""
        if self.db.conn.in_transaction:
            yield
            return
        with translated(self.path):
            self.db.execute("BEGIN")
            try:
                yield
            finally:
                self.db.execute("ROLLBACK")

    def each(self, sql: str, parameters: Sequence[object] | dict[str, object] = ()) -> Generator[dict[str, Any]]:
        """The rows of a question one after the other, in memory that does not grow. Call it within read()."""
        with translated(self.path):
            cursor = self.db.execute(sql, parameters)
            names = [column[0] for column in cursor.description]
            for row in cursor:
                yield dict(zip(names, row, strict=True))

    def rows(self, sql: str, parameters: Sequence[object] | dict[str, object] = ()) -> list[dict[str, Any]]:
        """All rows of a question, read at once so that no read stays open."""
        try:
            cursor = self.db.conn.execute(sql, parameters)
            names = [column[0] for column in cursor.description]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        except (sqlite3.Error, OverflowError, UnicodeError):
            with translated(self.path):  # only now: it would take as long as a small question
                raise

    def row(self, sql: str, parameters: Sequence[object] | dict[str, object] = ()) -> dict[str, Any] | None:
        """The first row of a question, or None."""
        found = self.rows(sql, parameters)
        return found[0] if found else None

    def value(self, sql: str, parameters: Sequence[object] | dict[str, object] = ()) -> Any:
        """The first value of the first row, or None."""
        found = self.row(sql, parameters)
        return next(iter(found.values())) if found else None

    def insert(self, table: str, row: dict[str, Any]) -> None:
        """Add one row. `table` and the columns are names of our own, never text from outside."""
        columns = ", ".join(row)
        marks = ", ".join(f":{name}" for name in row)
        self.db.conn.execute(f"INSERT INTO {table} ({columns}) VALUES ({marks})", row)

    def update(self, table: str, key: str, row: dict[str, Any]) -> None:
        """Set the columns of the row whose `key` column equals row[key]."""
        columns = ", ".join(f"{name} = :{name}" for name in row if name != key)
        self.db.execute(f"UPDATE {table} SET {columns} WHERE {key} = :{key}", row)

    @contextmanager
    def impatient(self) -> Iterator[None]:
        """Within this nothing waits for another program's write: Locked is raised at once."""
        self.db.execute("PRAGMA busy_timeout = 0")
        try:
            yield
        finally:
            self.db.execute(f"PRAGMA busy_timeout = {WAIT_SECONDS * 1000:.0f}")

    def version(self) -> int:
        """A number that grows whenever this or any other connection has changed the file."""
        return int(self.value("PRAGMA data_version")) + self.writes

    def close(self) -> None:
        self.db.close()

    def _prepare(self) -> None:
        with translated(self.path):
            if self.value("PRAGMA journal_mode") != "delete" and not self.read_only:
                self.db.execute("PRAGMA journal_mode = DELETE")
            if schema.is_current(self.db):
                return
        with self.write():
            schema.migrate(self.db)


def _flush_folder(folder: Path) -> None:
    """Have a new file's name on disk too, where folders can be flushed."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError:
        pass  # some file systems do not know how
    finally:
        os.close(handle)


def _connect(uri: str) -> sqlite3.Connection:
    return sqlite3.connect(uri, uri=True, timeout=WAIT_SECONDS, isolation_level=None)


def missing(path: Path) -> errors.Missing:
    return errors.Missing(
        f"There is no workspace at {path}.",
        remedy="Make one with: shoplink init --practice new-shop (to practise) or shoplink init --record (your own shops).",
    )


def _check_header(path: Path) -> None:
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
        raise _damaged(path, "it is shorter than it says")


def _damaged(path: Path, detail: str) -> errors.Damaged:
    return errors.Damaged(
        f"The workspace {path} is damaged: {detail}.",
        remedy="Keep the file as it is, and go on with your newest backup or export.",
    )


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn SQLite's and the system's errors into ours."""
    try:
        yield
    except sqlite3.IntegrityError as error:
        raise errors.Refused(
            f"The workspace's own safeguards do not allow this: {error}.",
            remedy="Look at the shop's state and rules, then try again.",
        ) from error
    except sqlite3.Error as error:
        raise _translate(error, path) from error
    except (OverflowError, UnicodeError) as error:
        if isinstance(error, UnicodeDecodeError):
            raise _damaged(path, "a text in it cannot be read") from error
        raise errors.InvalidInput("text", "has a character or a number that cannot be stored") from error
    except FileExistsError as error:
        raise errors.Exists(f"There is a file at {path} already.", remedy="Open it with --db, or name another file.") from error
    except PermissionError as error:
        raise errors.ReadOnly(f"{path} cannot be written: no permission.", remedy="Name a folder that is yours.") from error
    except OSError as error:
        raise errors.DiskFull(
            f"{path} cannot be written: {error.strerror}.", remedy="Free some space, then try again."
        ) from error


def _translate(error: sqlite3.Error, path: Path) -> errors.ShoplinkError:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
        return errors.Locked(
            f"Another program is writing to {path}, and did not finish within {WAIT_SECONDS:.0f} seconds.",
            remedy="Nothing was changed. Try again when it is done.",
        )
    if code in {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH}:
        return errors.ReadOnly(
            f"The workspace {path} cannot be written.", remedy="Make the file and its folder writable for you."
        )
    if code == sqlite3.SQLITE_CANTOPEN:
        return errors.ReadOnly(f"The workspace {path} cannot be opened.", remedy="Check that you may read and write its folder.")
    if code in {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR}:
        return errors.DiskFull(
            f"The disk does not take any more of {path}. Nothing was changed.", remedy="Free some space, then try again."
        )
    return _damaged(path, str(error))
