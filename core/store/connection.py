"""Open, create, read and write the workspace file."""

import os
import sqlite3
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from functools import cache, cached_property
from glob import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core import errors
from core.store import header, schema
from core.store.new_file import left_over, new_file
from core.store.trouble import damaged, missing, moved, read_only, translated, unsupported

if TYPE_CHECKING:
    from sqlite_utils import Database

WAIT_SECONDS = 5.0
"""How long a write or a query waits for another program's write."""

BEFORE = ".before-schema-"
"""Between a workspace's name and a number, in the name of a copy kept before a migration."""

OF_ENTRIES = frozenset({"entity", "shop", "account", "link", "member", "product", "event"})
"""The tables whose rows name the history entry that last wrote them."""

PRAGMAS = (
    "foreign_keys = ON",
    "recursive_triggers = ON",
    "synchronous = EXTRA",  # FULL does not sync the folder: after a power loss the journal may reappear and undo a commit
    "trusted_schema = OFF",
    "cell_size_check = ON",
    "cache_size = -4096",  # 4 MB keeps the search index's pages cached between keystrokes
)


class Store:
    """One connection to one workspace file, bound to its thread."""

    def __init__(self, connection: sqlite3.Connection, path: Path, *, read_only: bool) -> None:
        self.path = path
        self.read_only = read_only
        self.writes = 0
        self.entry = ""
        """The id of the history entry being written or written last; empty if the last change wrote none."""
        self.images: dict[tuple[str, tuple[str, ...]], dict[str, Any] | None] | None = None
        """The rows that the entry has changed, as they were before it; None if they are not kept."""
        self.broken_at: tuple[int, int] | None = None
        """The state of the file for which core/store/broken.py has filled its table."""
        self.connection = connection
        self._file = _identity(path)
        self._timeout = WAIT_SECONDS
        try:
            for pragma in PRAGMAS:
                self.execute(f"PRAGMA {pragma}")
        except BaseException:  # the file is damaged: nobody else will close it
            connection.close()
            raise

    @cached_property
    def db(self) -> "Database":
        """The connection in sqlite-utils, which is imported late because it is slow."""
        from sqlite_utils import Database

        return Database(self.connection, execute_plugins=False)

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False) -> "Store":
        """Open the file at `path` and migrate it to this program's schema.

        Raises Missing, Damaged, TooNew, Locked, ReadOnly or DiskFull, and then leaves the file as it was.
        """
        header.check(path)
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
        """Make an empty store in memory, to build a new workspace in before saving it.

        It is bound to no thread: a worker builds it, and another thread saves it.
        """
        store = cls(_connect("file::memory:", any_thread=True), Path(":memory:"), read_only=False)
        schema.migrate(store.db)
        return store

    def save_as(self, path: Path) -> None:
        """Save this store to a new file, atomically and readable by its owner only.

        Raises Exists if there is one already, ReadOnly or DiskFull if it cannot be written.
        """
        if path.is_dir():
            raise errors.Exists(f"{path} is a folder.", remedy="Name a file in it.")
        if left := left_over(path):  # SQLite would apply it to the new file
            raise errors.Exists(f"{left} is left over from another file.", remedy="Move it away together with its file.")
        with translated(path):
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with new_file(path) as made, closing(_connect(made.absolute().as_uri())) as target:
            self.connection.backup(target, progress=_waits(3))  # no user is waiting for a backup

    def replace_with(self, other: "Store") -> None:
        """Copy `other`'s content over this store's, in one transaction."""
        self._check_writable()
        with translated(self.path):
            other.connection.backup(self.connection, progress=_waits(1))
        self.writes += 1

    @contextmanager
    def write(self) -> Iterator[bool]:
        """Run the block in one transaction, or as part of an outer write(). Yields whether it is the outermost.

        Raises Locked, Missing, ReadOnly, DiskFull or Damaged, and Refused if a trigger or a constraint fails.
        """
        if self.connection.in_transaction:
            yield False
            return
        self._check_writable()
        try:
            self.execute("BEGIN IMMEDIATE")
            yield True
            self.execute("COMMIT")
        except BaseException:
            if self.connection.in_transaction:
                self.execute("ROLLBACK")
            raise
        self.writes += 1

    @contextmanager
    def part(self) -> Iterator[None]:
        """Run the block in a savepoint: an exception undoes only this part."""
        with translated(self.path):
            self.connection.execute("SAVEPOINT part")
            try:
                yield
            except BaseException:
                if self.connection.in_transaction:  # on a full disk SQLite rolls back the whole transaction
                    self.connection.execute("ROLLBACK TO part")
                raise
            finally:
                if self.connection.in_transaction:
                    self.connection.execute("RELEASE part")

    @contextmanager
    def read(self) -> Iterator[None]:
        """Read from one snapshot within the block, whatever others write. Temporary tables are kept."""
        if self.connection.in_transaction:
            yield
            return
        try:
            self.execute("BEGIN")
            yield
            if self.connection.in_transaction:
                self.execute("COMMIT")
        finally:
            if self.connection.in_transaction:
                self.execute("ROLLBACK")

    def execute(self, sql: str, parameters: Sequence[object] | dict[str, object] = ()) -> sqlite3.Cursor:
        """Run one statement."""
        try:
            return self.connection.execute(sql, parameters)
        except (sqlite3.Error, OverflowError, UnicodeError):
            with translated(self.path):  # entered only on errors: it costs as much as a small statement
                raise

    def each(self, sql: str, parameters: Sequence[object] | dict[str, object] = ()) -> Generator[dict[str, Any]]:
        """Yield a query's rows one by one, in constant memory. Call it within read()."""
        with translated(self.path):
            cursor = self.connection.execute(sql, parameters)
            names = [column[0] for column in cursor.description]
            for row in cursor:
                yield dict(zip(names, row, strict=True))

    def rows(self, sql: str, parameters: Sequence[object] | dict[str, object] = ()) -> list[dict[str, Any]]:
        """Fetch all rows of a query at once, so that no read stays open."""
        try:
            cursor = self.connection.execute(sql, parameters)
            names = [column[0] for column in cursor.description]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        except (sqlite3.Error, OverflowError, UnicodeError):
            with translated(self.path):
                raise

    def row(self, sql: str, parameters: Sequence[object] | dict[str, object] = ()) -> dict[str, Any] | None:
        """Fetch the first row of a query, or None. No read stays open."""
        try:
            cursor = self.connection.execute(sql, parameters)
            found = cursor.fetchone()
            return None if found is None else dict(zip([column[0] for column in cursor.description], found, strict=True))
        except (sqlite3.Error, OverflowError, UnicodeError):
            with translated(self.path):
                raise

    def one(self, sql: str, parameters: Sequence[object] | dict[str, object] = ()) -> dict[str, Any]:
        """Fetch a row that must exist. Raises Damaged if it does not."""
        found = self.row(sql, parameters)
        if found is None:
            raise damaged(self.path, "a row that others refer to is not in it")
        return found

    def value(self, sql: str, parameters: Sequence[object] | dict[str, object] = ()) -> Any:
        """Fetch the first value of the first row, or None."""
        try:
            found = self.connection.execute(sql, parameters).fetchone()
            return found[0] if found else None
        except (sqlite3.Error, OverflowError, UnicodeError):
            with translated(self.path):
                raise

    def insert(self, table: str, row: dict[str, Any]) -> None:
        """Insert one row. `table` and the column names must never come from outside."""
        if table in OF_ENTRIES:
            row = {"entry": self.entry, **row}
            if self.images is not None and table != "event":
                self.images.setdefault((table, _key(table, row)), None)
        self.execute(_insert(table, tuple(row)), tuple(row.values()))

    def many(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        """Run one statement with each of these rows of parameters."""
        with translated(self.path):
            self.connection.executemany(sql, rows)

    def update(self, table: str, key: str, row: dict[str, Any]) -> None:
        """Update the row whose `key` column equals row[key]."""
        if table in OF_ENTRIES:
            row = {"entry": self.entry, **row}
            self.keep_image(table, row)
        self.execute(_update(table, key, tuple(row)), row)

    def keep_image(self, table: str, row: dict[str, Any]) -> None:
        """Keep the row with this row's key before it changes, if the entry keeps images."""
        if self.images is not None and (table, key := _key(table, row)) not in self.images:
            self.images[table, key] = self.row_of(table, key)

    def row_of(self, table: str, key: tuple[str, ...]) -> dict[str, Any] | None:
        """Fetch the row with this key."""
        return self.row(f"SELECT * FROM {table} WHERE {' AND '.join(f'{name} = ?' for name in self.key_columns(table))}", key)

    @staticmethod
    def key_columns(table: str) -> tuple[str, ...]:
        """List the columns that identify a row of one of the tables of entries."""
        return ("country", "registration_key") if table == "entity" else ("id",)

    @contextmanager
    def waiting(self, seconds: float) -> Iterator[None]:
        """Within the block, wait only so many seconds for another program's write; then raise Locked."""
        self.execute(f"PRAGMA busy_timeout = {seconds * 1000:.0f}")
        try:
            yield
        finally:
            self.set_timeout(self._timeout)

    def set_timeout(self, seconds: float) -> None:
        """Wait up to `seconds` for another program's write, in each query and write."""
        self._timeout = seconds
        self.execute(f"PRAGMA busy_timeout = {seconds * 1000:.0f}")

    def version(self) -> int:
        """Return a number that grows whenever any connection has changed the file."""
        return int(self.value("PRAGMA data_version")) + self.writes

    def close(self) -> None:
        self.connection.close()

    def delete(self) -> None:
        """Delete the file, and close it. Raises Missing if another file is there now, or ReadOnly."""
        self._check_writable()
        with translated(self.path):
            self.path.unlink()
        self.close()

    def _prepare(self) -> None:
        with translated(self.path):
            if self.value("PRAGMA journal_mode") != "delete" and not self.read_only:
                self.execute("PRAGMA journal_mode = DELETE")
            if schema.version(self.connection) == schema.VERSION:
                return
        if self.read_only:
            self._show_copy()
            return
        with self.write(), translated(self.path):
            if schema.version(self.connection) != schema.VERSION:  # unless another process was first
                kept = self._keep_copy()
                try:
                    schema.migrate(self.db)
                except KeyboardInterrupt:  # the file is unchanged: do not pile up copies
                    kept.unlink(missing_ok=True)
                    raise

    def _show_copy(self) -> None:
        """Migrate a copy in memory and read that: the file is older and read-only."""
        with translated(self.path):
            memory = _connect("file::memory:")
            self.connection.backup(memory, progress=_waits(1))
            self.connection.close()
            self.connection = memory
            schema.migrate(self.db)

    def _keep_copy(self) -> Path:
        """Copy the file next to itself before a migration, and return the copy's path.

        Call it within a write. A second connection does the copying, because this one is in a transaction. Copies from
        interrupted migrations are left alone.
        """
        name = f"{self.path.name}{BEFORE}{schema.VERSION}"
        kept = Store(_connect(f"{self.path.absolute().as_uri()}?mode=ro"), self.path, read_only=True)
        try:
            free = next(path for path in _free_names(self.path.with_name(name)))
            kept.save_as(free)
        finally:
            kept.close()
        return free

    def check_place(self) -> None:
        """Check that the file is still there and the one that was opened. Raises Missing."""
        if _identity(self.path) != self._file:
            raise moved(self.path) if self.path.exists() else missing(self.path)

    def _check_writable(self) -> None:
        """Check that the file is writable and still ours. Raises ReadOnly or Missing."""
        if self.read_only:
            raise read_only(self.path)
        self.check_place()


def _key(table: str, row: dict[str, Any]) -> tuple[str, ...]:
    return tuple(row[name] for name in Store.key_columns(table))


@cache
def _insert(table: str, columns: tuple[str, ...]) -> str:
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"


@cache
def _update(table: str, key: str, columns: tuple[str, ...]) -> str:
    changes = ", ".join(f"{name} = :{name}" for name in columns if name != key)
    return f"UPDATE {table} SET {changes} WHERE {key} = :{key}"


def kept_copies(path: Path, folder: Path) -> Iterator[Path]:
    """List the copies of this workspace that migrations kept in the folder."""
    return folder.glob(f"{escape(path.name)}{BEFORE}*")


def _free_names(path: Path) -> Iterator[Path]:
    """List the unused names among `path` and the same with a number appended."""
    numbered = (path, *(path.with_name(f"{path.name}-{number}") for number in range(2, 100)))
    return (path for path in numbered if not os.path.lexists(path) and not left_over(path))


def _identity(path: Path) -> tuple[int, int] | None:
    """Return the file's device and inode, to notice a replacement; None if missing."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _waits(times: int) -> Callable[[int, int, int], None]:
    """Make a backup give up after this many waits: Python would retry forever."""
    left = times

    def progress(status: int, *_: int) -> None:
        nonlocal left
        if status & 0xFF in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
            left -= 1
            if not left:
                error = sqlite3.OperationalError("database is locked")
                error.sqlite_errorcode = status
                raise error

    return progress


def _connect(uri: str, *, any_thread: bool = False) -> sqlite3.Connection:
    if sqlite3.sqlite_version_info < schema.OLDEST_SQLITE:  # it would report a sound file as damaged
        raise unsupported()
    return sqlite3.connect(uri, uri=True, timeout=WAIT_SECONDS, isolation_level=None, check_same_thread=not any_thread)
