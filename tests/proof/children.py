"""Child processes of these tests: forked, which is cheap, and given up when they are silent for too long."""

import os
import pickle
import select
import warnings
from collections.abc import Callable, Iterable
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from tui import umask as rights


class Child:
    """A forked process that runs `act`, which is given the file descriptor of a pipe to write to."""

    def __init__(self, act: Callable[[int], object]) -> None:
        self.pipe, write_end = os.pipe()
        self.process = get_context("fork").Process(target=act, args=(write_end,))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # the test runner's threads hold no lock that it needs
            self.process.start()
        assert self.process.pid
        self.pid = self.process.pid
        os.close(write_end)

    def read(self, seconds: float = 120) -> bytes:
        """Read what it writes next; nothing when it has ended. Raises AssertionError after `seconds` of silence."""
        if not select.select([self.pipe], [], [], seconds)[0]:
            self.process.kill()
            self.end()
            raise AssertionError(f"a process wrote nothing for {seconds:.0f} seconds")
        return os.read(self.pipe, 1 << 16)

    def rest(self, seconds: float = 120) -> bytes:
        """Read everything until it ends."""
        return b"".join(iter(lambda: self.read(seconds), b""))

    def end(self) -> int | None:
        """Wait until it ends and return its exit code, 0 when `act` returned."""
        os.close(self.pipe)
        self.process.join()
        return self.process.exitcode


def answers(acts: Iterable[Callable[[], Any]], seconds: float = 600) -> list[Any]:
    """Run each of these in a process of its own, all at once, and return what they return."""
    children = [Child(lambda pipe, act=act: _write(pipe, pickle.dumps(act()))) for act in acts]
    found = []
    for child in children:
        answer = child.rest(seconds)
        assert child.end() == 0, "a process failed: see its error above"
        found.append(pickle.loads(answer))
    return found


def _write(pipe: int, answer: bytes) -> None:
    with os.fdopen(pipe, "wb") as out:
        out.write(answer)


def enter(folder: Path, umask: int = 0o077) -> None:
    """In a process of its own: work in this folder, which is also its home, with this umask as if it had just started."""
    os.umask(umask)
    rights._before.clear()
    folder.mkdir(exist_ok=True)
    os.chdir(folder)
    for name in [name for name in os.environ if name.startswith("XDG_")]:
        del os.environ[name]
    os.environ |= {"HOME": str(folder), "SHOPLINK_ACTOR": "maya"}
