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
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.proof.terminal import Terminal

ROOT = Path(__file__).parents[2]
DEMO = ("-m", "tui.cli", "demo", "linked")
READY = "Linked TikTok Accounts"
CTRL_Q = "\x11"
TIMEOUT = 20.0
"""Seconds for anything to happen at all: a slow machine is no failure."""
AGAIN = 4.0
"""Seconds after which a key has had no effect."""


def environment(home: Path, **more: str) -> dict[str, str]:
    """An environment with configuration, data and log below `home`, without settings of the person who runs the tests."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("TEXTUAL", "SHOPLINK", "NO_COLOR", "XDG_"))}
    xdg = {f"XDG_{kind}_HOME": str(home / kind.lower()) for kind in ("DATA", "CONFIG", "STATE", "CACHE")}
    own = {"HOME": str(home), "TERM": "xterm-256color", "LANG": "C.UTF-8", "TZ": "UTC", "PYTHONPATH": str(ROOT)}
    return {**kept, **xdg, **own, **more}


@contextmanager
def running(home: Path, *arguments: str, umask: int = 0o022, until: str = READY, **environ: str) -> Iterator[PtyProgram]:
    """Run `python ARGUMENTS`, the demo where there are none, until these words are shown; kill what still runs at the end."""
    home.mkdir(parents=True, exist_ok=True)
    program = PtyProgram(home, arguments or DEMO, umask, environ)
    try:
        program.until(until)
        yield program
    finally:
        if program.code is None:
            os.kill(program.pid, signal.SIGKILL)
            os.waitpid(program.pid, 0)
        program.close_terminal()


class PtyProgram:
    """One run of a program in 80 by 24 cells."""

    def __init__(self, home: Path, arguments: tuple[str, ...], umask: int, environ: dict[str, str]) -> None:
        self.output = b""
        self.code: int | None = None
        ready, start = os.pipe()
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            os.read(ready, 1)  # until the terminal has its size
            os.closerange(3, 64)
            os.chdir(home)
            os.umask(umask)
            for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGHUP):  # ignored in a shell's background, or after nohup
                signal.signal(number, signal.SIG_DFL)
            os.execve(sys.executable, [sys.executable, *arguments], environment(home, **environ))
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        self.before = termios.tcgetattr(self.terminal)
        self.before[3] |= termios.NOFLSH  # otherwise the system drops, at each Ctrl+C, what the program wrote and nobody has read
        termios.tcsetattr(self.terminal, termios.TCSANOW, self.before)
        os.write(start, b"!")
        os.close(ready)
        os.close(start)

    def until(self, words: str) -> None:
        """Read until these words have come. Raises AssertionError after TIMEOUT."""
        end = time.monotonic() + TIMEOUT
        while words.encode() not in self.output:
            assert self._read(end - time.monotonic()), f"{words!r} never came: {self.output[-2000:]!r}"

    def settle(self, quiet: float = 0.12) -> None:
        """Read until nothing has come for `quiet` seconds."""
        while self._read(quiet):
            pass

    def send(self, sent: bytes | str) -> None:
        os.write(self.terminal, sent.encode() if isinstance(sent, str) else sent)

    def press(self, keys: str, until: str) -> None:
        """Press keys, and read until these words have come since. Raises AssertionError after TIMEOUT.

        They are pressed again every AGAIN seconds: one that comes before its place is mounted is ignored.
        """
        begin, before, pressed = time.monotonic(), len(self.output), 0.0
        while until.encode() not in self.output[before:]:
            now = time.monotonic()
            assert now < begin + TIMEOUT, f"{until!r} never came after {keys!r}: {self.output[-2000:]!r}"
            if now >= pressed + AGAIN:
                pressed = now
                self.send(keys)
            self._read(0.02)
        self.settle()

    def close_terminal(self) -> None:
        """Close the window: the program gets SIGHUP, and whatever it reads or writes fails."""
        if self.terminal >= 0:
            os.close(self.terminal)
        self.terminal = -1

    def has_ended(self) -> bool:
        if self.code is None and (found := os.waitpid(self.pid, os.WNOHANG))[0]:
            self.code = os.waitstatus_to_exitcode(found[1])
        return self.code is not None

    def end(self, press: str = "", every: float = 1, within: float = TIMEOUT) -> int:
        """Read to the end; return the exit code, or minus the signal that ended it.

        Keys to `press` are pressed again and again: one that comes before the place is mounted is ignored.
        """
        begin = pressed = time.monotonic()
        while not self.has_ended():
            assert time.monotonic() < begin + within, f"it does not end: {self.output[-2000:]!r}"
            if self.terminal < 0:
                time.sleep(0.01)
            elif not self._read(0.02) and press and time.monotonic() >= pressed:
                pressed = time.monotonic() + every
                self.send(press)
        if self.terminal >= 0:
            self.settle(1)  # to its end: the system may hand over the last bytes a moment after the program has ended
        return self.code or 0

    def is_read(self) -> bool:
        """Check whether the program reads what is sent. The system echoes it and makes signals of it before and afterward."""
        return not termios.tcgetattr(self.terminal)[3] & termios.ICANON

    def assert_usable(self, where: str) -> None:
        """The terminal is as before: the modes that were set, and how the system reads keys and echoes them."""
        terminal = Terminal(self.output)
        assert not terminal.wrong, f"{where}: {terminal.wrong[:3]}"
        assert not terminal.left, f"{where}: left with {terminal.left}"
        assert termios.tcgetattr(self.terminal) == self.before, f"{where}: the terminal does not read keys as before"

    def _read(self, seconds: float) -> bool:
        if not select.select([self.terminal], [], [], max(0.0, seconds))[0]:
            return False
        try:
            read = os.read(self.terminal, 1 << 16)
        except OSError:  # nobody has it open any more
            return False
        self.output += read
        return bool(read)
