"""A program on a real terminal of its own: a pty. Keys go in, every byte that comes out is kept."""

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
PATIENCE = 20.0
"""Seconds for anything to happen at all: a slow machine is no failure."""


def environment(home: Path, **more: str) -> dict[str, str]:
    """An environment in which config, data and log are below `home`, and nothing of the person's own counts."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("TEXTUAL", "SHOPLINK", "NO_COLOR", "XDG_"))}
    xdg = {f"XDG_{kind}_HOME": str(home / kind.lower()) for kind in ("DATA", "CONFIG", "STATE", "CACHE")}
    return {
        **kept,
        "HOME": str(home),
        **xdg,
        "TERM": "xterm-256color",
        "LANG": "C.UTF-8",
        "TZ": "UTC",
        "PYTHONPATH": str(ROOT),
        **more,
    }


class OnPty:
    """One run of `python ARGUMENTS` on a terminal of 80 by 24. Used with `with`; whatever is left of it ends there."""

    def __init__(self, arguments: Sequence[str], *, home: Path, umask: int = 0o022, **environ: str) -> None:
        self.output = b""
        self.code: int | None = None
        ready, told = os.pipe()
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            os.read(ready, 1)  # until the terminal has its size
            os.closerange(3, 64)
            os.chdir(home)
            os.umask(umask)
            os.execve(sys.executable, [sys.executable, *arguments], environment(home, **environ))
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        self.before = termios.tcgetattr(self.terminal)
        os.write(told, b"!")
        os.close(ready)
        os.close(told)

    def __enter__(self) -> OnPty:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self.code is None:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        if self.terminal >= 0:
            os.close(self.terminal)

    def until(self, words: str, start: int = 0) -> int:
        """Read until these words have come after byte `start`; give how much has come. Raises AssertionError."""
        wanted, end = words.encode(), time.monotonic() + PATIENCE
        while wanted not in self.output[start:]:
            assert self._read(end - time.monotonic()), f"{words!r} never came: {self.output[-2000:]!r}"
        return len(self.output)

    def settle(self, quiet: float = 0.12, first: float = 0) -> int:
        """Read until nothing more has come for a while; give how much has come.

        `first` is how long to wait for the first of it: a key that a slow machine has not read yet would be read together
        with the next, and an escape and a letter are alt and that letter.
        """
        if first and not self._read(first):
            return len(self.output)
        while self._read(quiet):
            pass
        return len(self.output)

    def press(self, keys: str) -> None:
        os.write(self.terminal, keys.encode("utf-8", errors="surrogatepass"))

    def paste(self, text: str) -> None:
        """Paste as a terminal does: between brackets."""
        self.press(f"\x1b[200~{text}\x1b[201~")

    def close_terminal(self) -> None:
        """The window is closed: the program gets SIGHUP, and whatever it reads or writes fails."""
        os.close(self.terminal)
        self.terminal = -1

    def end(self, press: str = "") -> int:
        """Read to the end; give the exit code, or minus the signal that ended it.

        Keys to `press` are pressed every second: one that comes while a place is being made is passed over.
        """
        begin = time.monotonic()
        pressed = 0
        while self.code is None and (passed := time.monotonic() - begin) < PATIENCE:
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

    def as_found(self) -> bool:
        """Whether the terminal reads keys and echoes them as before the run."""
        return termios.tcgetattr(self.terminal) == self.before

    def _read(self, seconds: float) -> bool:
        if not select.select([self.terminal], [], [], max(0.0, seconds))[0]:
            return False
        try:
            come = os.read(self.terminal, 1 << 16)
        except OSError:  # nobody has it open any more
            return False
        self.output += come
        return bool(come)
