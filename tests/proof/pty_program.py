"""A program on a real terminal of its own, a pty: keys go in, and every byte that comes out is kept."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

ROOT = Path(__file__).parents[2]
TIMEOUT = 20.0
"""Seconds for anything to happen at all: a slow machine is no failure."""
QUIET = 0.06
"""Seconds without a byte after which a screen is complete."""
ANSWERED = 2.0
"""Seconds after which a key has had no effect."""
LEAST = 16
"""Fewer bytes than this are no answer yet, only a hidden cursor."""


def environment(home: Path, **more: str) -> dict[str, str]:
    """An environment with configuration, data and log below `home`, without settings of the person who runs the tests."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("TEXTUAL", "SHOPLINK", "NO_COLOR", "XDG_"))}
    xdg = {f"XDG_{kind}_HOME": str(home / kind.lower()) for kind in ("DATA", "CONFIG", "STATE", "CACHE")}
    own = {"HOME": str(home), "TERM": "xterm-256color", "LANG": "C.UTF-8", "TZ": "UTC", "PYTHONPATH": str(ROOT)}
    return {**kept, **xdg, **own, **more}


class PtyProgram:
    """One run of `python ARGUMENTS` in 80 by 24 cells; as a context manager it kills what still runs."""

    def __init__(self, arguments: Sequence[str], *, home: Path, umask: int = 0o022, **environ: str) -> None:
        self.output = b""
        self.code: int | None = None
        ready, start = os.pipe()
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            os.read(ready, 1)  # until the terminal has its size
            os.closerange(3, 64)
            os.chdir(home)
            os.umask(umask)
            os.execve(sys.executable, [sys.executable, *arguments], environment(home, **environ))
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        self.before = termios.tcgetattr(self.terminal)
        os.write(start, b"!")
        os.close(ready)
        os.close(start)

    def __enter__(self) -> PtyProgram:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self.code is None:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        if self.terminal >= 0:
            os.close(self.terminal)

    def until(self, words: str) -> None:
        """Read until these words have come. Raises AssertionError after TIMEOUT."""
        end = time.monotonic() + TIMEOUT
        while words.encode() not in self.output:
            assert self._read(end - time.monotonic()), f"{words!r} never came: {self.output[-2000:]!r}"

    def settle(self, quiet: float = 0.12, first: float = 0) -> int:
        """Read until nothing has come for `quiet` seconds; return the length of the output.

        `first` is how long to wait for the first byte: a slow machine may not have read the last key yet, and an escape read
        together with a letter is alt and that letter.
        """
        if first and not self._read(first):
            return len(self.output)
        while self._read(quiet):
            pass
        return len(self.output)

    def press(self, keys: str) -> None:
        os.write(self.terminal, keys.encode("utf-8", errors="surrogatepass"))

    def press_each(self, *keys: str) -> None:
        """Press keys, each after the screen has answered the one before."""
        for key in keys:
            before = len(self.output)
            self.press(key)
            if self.settle(QUIET, ANSWERED) - before < LEAST:
                self.settle(QUIET, ANSWERED)

    def close_terminal(self) -> None:
        """Close the window: the program gets SIGHUP, and whatever it reads or writes fails."""
        os.close(self.terminal)
        self.terminal = -1

    def end(self, press: str = "") -> int:
        """Read to the end; return the exit code, or minus the signal that ended it.

        Keys to `press` are pressed every second: one that comes before the place is mounted is ignored.
        """
        begin = time.monotonic()
        pressed = 0
        while self.code is None and (passed := time.monotonic() - begin) < TIMEOUT:
            if self.terminal >= 0 and self._read(0.02):
                continue
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.code = os.waitstatus_to_exitcode(status)
            elif self.terminal < 0:
                time.sleep(0.01)
            elif press and passed >= pressed:
                pressed += 1
                self.press(press)
        assert self.code is not None, f"it does not end: {self.output[-2000:]!r}"
        if self.terminal >= 0:
            self.settle(0)
        return self.code

    def as_before(self) -> bool:
        """Whether the terminal reads keys and echoes them as before the run."""
        return termios.tcgetattr(self.terminal) == self.before

    def _read(self, seconds: float) -> bool:
        if not select.select([self.terminal], [], [], max(0.0, seconds))[0]:
            return False
        try:
            read = os.read(self.terminal, 1 << 16)
        except OSError:  # nobody has it open any more
            return False
        self.output += read
        return bool(read)
