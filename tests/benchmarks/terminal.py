"""A program in a terminal of 120x40: the time to its first page, its memory, the time from a key to its effect."""

import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

SETTLED = 0.25
"""Seconds of silence after which a page is complete."""

SILENCE = 0.12
"""The same for what a key changes."""

LATE = 5
"""Seconds after which a key has had no effect."""

PAGE = 800
"""Fewer bytes than this are no page yet, only queries to the terminal."""


@dataclass
class Terminal:
    """One program in its terminal."""

    pid: int
    screen: int

    def press(self, key: str) -> float:
        """Milliseconds from the key to the last byte of its effect. It has to have one."""
        begin = last = time.perf_counter()
        os.write(self.screen, key.encode())
        while select.select([self.screen], [], [], LATE if last == begin else SILENCE)[0]:
            os.read(self.screen, 65536)
            last = time.perf_counter()
        if last == begin:
            raise TimeoutError(f"nothing was painted after the key {key!r}")
        return (last - begin) * 1000

    def settle(self, limit: float = 20) -> float:
        """Wait for the first page; return the moment of its last byte."""
        read, last, end = 0, float("nan"), time.perf_counter() + limit
        while time.perf_counter() < end:
            if select.select([self.screen], [], [], SETTLED)[0]:
                read += len(os.read(self.screen, 65536))
                last = time.perf_counter()
            elif read >= PAGE:
                return last
        raise TimeoutError("no page was painted")

    def megabytes(self) -> float:
        """The memory it uses now."""
        pages = int(Path(f"/proc/{self.pid}/statm").read_text(encoding="ascii").split()[1])
        return pages * os.sysconf("SC_PAGESIZE") / 2**20


@contextmanager
def running(command: Sequence[str]) -> Iterator[Terminal]:
    """Run the program, and end it at the end."""
    pid, screen = pty.fork()
    if pid == 0:
        os.environ.update(TERM="xterm-256color", COLORTERM="truecolor")
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program is compiled
        os.execvp(command[0], command)
    fcntl.ioctl(screen, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
    try:
        yield Terminal(pid, screen)
    finally:
        os.kill(pid, signal.SIGKILL)
        os.close(screen)
        os.waitpid(pid, 0)


def start(command: Sequence[str]) -> float:
    """Milliseconds from exec to the last byte of the first page."""
    begin = time.perf_counter()
    with running(command) as terminal:
        return (terminal.settle() - begin) * 1000
