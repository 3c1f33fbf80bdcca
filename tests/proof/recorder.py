"""A file system that remembers what SQLite asked of it and in which order.

It is put between the very SQLite that the program runs on and the disk: SQLite's own file system is copied, and of the
copy the calls that write, cut, flush, open and delete are told here before they are passed on.
"""

import _sqlite3
import ctypes
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Call:
    """One thing that was asked: "open", "write", "cut", "flush" or "delete" of a file; or "acknowledged" by the program.

    `number`: where it writes, to what it cuts, whether it made the file, whether the folder is flushed with it.
    """

    what: str
    name: str = ""
    number: int = 0
    content: bytes = b""


_POINTER, _INT, _LONG = ctypes.c_void_p, ctypes.c_int, ctypes.c_int64
_OPEN = ctypes.CFUNCTYPE(_INT, _POINTER, _POINTER, _POINTER, _INT, _POINTER)
_DELETE = ctypes.CFUNCTYPE(_INT, _POINTER, _POINTER, _INT)
_WRITE = ctypes.CFUNCTYPE(_INT, _POINTER, _POINTER, _INT, _LONG)
_CUT = ctypes.CFUNCTYPE(_INT, _POINTER, _LONG)
_FLUSH = ctypes.CFUNCTYPE(_INT, _POINTER, _INT)
_CREATE = 0x4


class _FileSystem(ctypes.Structure):
    """sqlite3_vfs"""

    _fields_ = [
        *((name, _INT) for name in ("version", "file_size", "longest_name")),
        *((name, _POINTER) for name in ("next", "name", "data", "open", "delete")),
        ("others", _POINTER * 13),
    ]


class _Methods(ctypes.Structure):
    """sqlite3_io_methods"""

    _fields_ = [
        ("version", _INT),
        *((name, _POINTER) for name in ("close", "read", "write", "truncate", "sync")),
        ("others", _POINTER * 13),
    ]


def can_record() -> bool:
    """Whether SQLite can be reached: some Pythons keep theirs to themselves."""
    try:
        _library()
    except (AttributeError, OSError):
        return False
    return True


def _library() -> ctypes.CDLL:
    library = ctypes.CDLL(_sqlite3.__file__)  # with all that it is linked to
    library.sqlite3_vfs_find.restype = _POINTER
    return library


class Recorder:
    """From its making on, all that SQLite opens in this process is recorded in `calls`. It is for a process of its own."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self._kept: list[Any] = []
        self._names: dict[int, str] = {}
        self._methods: dict[int, _Methods] = {}
        library = _library()
        self._own = _FileSystem.from_address(library.sqlite3_vfs_find(None))
        copy = _FileSystem.from_buffer_copy(self._own)
        name = ctypes.create_string_buffer(b"recorder")
        copy.name = ctypes.addressof(name)
        copy.open = self._call(_OPEN, self._open)
        copy.delete = self._call(_DELETE, self._delete)
        self._kept += [copy, name]
        assert library.sqlite3_vfs_register(ctypes.byref(copy), 1) == 0

    def acknowledge(self) -> None:
        """Note that the program has acknowledged a change."""
        self.calls.append(Call("acknowledged"))

    def _call(self, kind: Any, function: Callable[..., int]) -> int | None:
        made = kind(function)
        self._kept.append(made)
        return ctypes.cast(made, _POINTER).value

    def _open(self, system: int, name: int | None, file: int, flags: int, told: int) -> int:
        result: int = _OPEN(self._own.open)(system, name, file, flags, told)
        methods = _POINTER.from_address(file)
        if result == 0 and name and methods.value:
            self._names[file] = ctypes.string_at(name).decode()  # a copy: SQLite itself goes on with what it has given
            self.calls.append(Call("open", self._names[file], flags & _CREATE))
            methods.value = ctypes.addressof(self._recording(methods.value))
        return result

    def _delete(self, system: int, name: int, flushed: int) -> int:
        self.calls.append(Call("delete", ctypes.string_at(name).decode(), flushed))
        return int(_DELETE(self._own.delete)(system, name, flushed))

    def _recording(self, address: int) -> _Methods:
        """These methods of a file, those that write recorded."""
        if address in self._methods:
            return self._methods[address]
        own = _Methods.from_address(address)
        copy = _Methods.from_buffer_copy(own)
        write, truncate, sync = _WRITE(own.write), _CUT(own.truncate), _FLUSH(own.sync)

        def written(file: int, content: int, size: int, offset: int) -> int:
            self.calls.append(Call("write", self._names[file], offset, ctypes.string_at(content, size)))
            return int(write(file, content, size, offset))

        def cut(file: int, size: int) -> int:
            self.calls.append(Call("cut", self._names[file], size))
            return int(truncate(file, size))

        def flushed(file: int, flags: int) -> int:
            self.calls.append(Call("flush", self._names[file]))
            return int(sync(file, flags))

        copy.write, copy.truncate, copy.sync = self._call(_WRITE, written), self._call(_CUT, cut), self._call(_FLUSH, flushed)
        self._methods[address] = copy
        return copy
