"""Whatever a terminal or a browser sends: bytes that are no text, sequences that nobody knows, sizes that no screen has."""

import fcntl
import json
import os
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import IO

from tests.proof.part import Figures, Run
from tests.proof.pty_program import TIMEOUT, PtyProgram, environment
from tests.proof.terminal import Terminal
from tui.terminal_fixes import REST_SECONDS

PROMISE = (
    "Whatever bytes a terminal or a browser sends, the screens keep working: what isn't text is replaced, what nobody knows"
    " is dropped, what an input method commits is text and not keys, and no size takes more than a moment to draw."
)
DEMO = ("-m", "tui.cli", "demo", "linked")
READY = "Linked TikTok Accounts"
CTRL_Q = b"\x11"
NUMBERS = (
    *["0", "1", "2", "3", "13", "27", "48", "200", "201", "57399", "55296", "1114112", "99999999999", "-1", "1:2", "50:64", ":"],
    "",
)
SESSION = 1_000
"""Sequences to one program, which then has to answer all of them in time."""
SIZES = ((9999999, 9999999), (9999999, 24), (80, 9999999), (0, 0))


def prove(run: Run) -> Figures:
    chance = Random(run.seed)
    count = run.size(1_000, 100_000)
    ended = terminal_goes_on(run.folder / "terminal", chance, count)
    browser = run.size(300, 10_000)
    browser_goes_on(run.folder / "browser", chance, browser)
    for number, (columns, rows) in enumerate(SIZES):
        size_is_drawn(run.folder / f"size-{number}", columns, rows)
    return {
        "byte sequences sent to a terminal": count,
        "of them those that left the program as they should": ended,
        "messages sent as a browser's": browser,
        "sizes that no screen has": 2 * len(SIZES),
    }


def any_bytes(chance: Random) -> bytes:
    return chance.randbytes(chance.randint(1, 5)).replace(CTRL_Q, b"")


def any_sequence(chance: Random) -> bytes:
    """A sequence of a kind that exists, with whatever numbers."""
    numbers = ";".join(chance.choice(NUMBERS) for _ in range(chance.randint(0, 6)))
    start = chance.choice(("[", "[", "[", "[<", "[?", "[48;", "[0;;", "O", "]", "P", "_", "[M", "[["))
    text = f"\x1b{start}{numbers}{chance.choice('u~ABHIMORRSZmntycx$%@')}"
    return text[: chance.randint(1, len(text))].encode() if chance.random() < 0.2 else text.encode()


def any_paste(chance: Random) -> bytes:
    end = b"\x1b[201~" if chance.random() < 0.9 else b""
    return b"\x1b[200~" + any_bytes(chance) + any_sequence(chance) + end


def any_commit(chance: Random) -> bytes:
    """What an input method commits, of any length."""
    return b"\x1b[0;;%su" % ":".join(str(chance.randint(30, 0xFFFF)) for _ in range(chance.randint(1, 40))).encode()


KINDS: tuple[Callable[[Random], bytes], ...] = (any_bytes, any_sequence, any_sequence, any_paste, any_commit)


def anything(chance: Random) -> bytes:
    return chance.choice(KINDS)(chance)


def terminal_goes_on(home: Path, chance: Random, count: int) -> int:
    """Send so many sequences, each session's to a program of its own. Return how often keys among them ended the program."""
    ended = sent = 0
    while sent < count:
        session = home / str(sent)
        session.mkdir(parents=True)
        last: list[bytes] = []
        with PtyProgram(DEMO, home=session) as screens:
            screens.until(READY)
            before = sent
            while sent < count and sent - before < SESSION and not has_ended(screens):
                last = [anything(chance) for _ in range(100)]
                for sequence in last:
                    screens.settle(0)
                    os.write(screens.terminal, sequence)
                sent += len(last)
                screens.settle(0.1)
            left = screens.code is None
            begin = time.monotonic()
            while not has_ended(screens):  # it works through all that has come first
                assert time.monotonic() - begin < 4 * TIMEOUT, f"no answer after {last}: {screens.output[-3000:]!r}"
                screens.settle(1.5)  # longer than the program waits for the rest of what has begun, such as a paste
                screens.press(CTRL_Q.decode())
            screens.settle(0)
            ended += not left
            assert screens.code == 0, f"exits with {screens.code} after {last}: {screens.output[-3000:]!r}"
            terminal = Terminal()
            terminal.take(screens.output)
            assert not terminal.wrong, terminal.wrong[:3]
            assert not terminal.left_changed(), terminal.left_changed()
            assert screens.as_before()
        assert not list(session.rglob("shoplink.log")), f"an error is logged after {last}"
    return ended


def has_ended(screens: PtyProgram) -> bool:
    if screens.code is not None:
        return True
    pid, status = os.waitpid(screens.pid, os.WNOHANG)
    if pid:
        screens.code = os.waitstatus_to_exitcode(status)
    return bool(pid)


def browser_goes_on(home: Path, chance: Random, count: int) -> None:
    """The same through the driver that serves a browser, with messages that nobody sends."""
    home.mkdir()
    driver = {"TEXTUAL_DRIVER": "textual.drivers.web_driver:WebDriver", "COLUMNS": "9999999", "ROWS": "9999999"}
    command = [sys.executable, *DEMO]
    with subprocess.Popen(command, env=environment(home, **driver), stdin=subprocess.PIPE, stdout=subprocess.PIPE) as session:
        assert session.stdin is not None
        assert session.stdout is not None
        try:
            read_until(session.stdout.fileno(), READY.encode())
            for _ in range(count):
                drain(session.stdout.fileno())
                kind, payload = any_message(chance)
                session.stdin.write(kind + len(payload).to_bytes(4, "big") + payload)
                session.stdin.flush()
            keys_are_answered(session.stdin, session.stdout.fileno())
            session.communicate(timeout=TIMEOUT)  # closes its input: the server is gone
            assert session.returncode == 129, f"exits with {session.returncode}"
        finally:
            session.kill()
    assert not list(home.rglob("shoplink.log"))


def keys_are_answered(messages: IO[bytes], output: int) -> None:
    """Press escape, which closes a dialog, and F2 until the screen is painted. Raises AssertionError after TIMEOUT.

    A program that is behind reads them as the rest of the sequence or paste that was begun last: it cannot know how late it came.
    """
    end = time.monotonic() + TIMEOUT
    painted = b""
    while b"\x1b[" not in painted:
        assert time.monotonic() < end, "nothing is painted"
        time.sleep(REST_SECONDS + 0.2)
        drain(output)
        messages.write(b"D" + (4).to_bytes(4, "big") + b"\x1b\x1bOQ")
        messages.flush()
        select.select([output], [], [], REST_SECONDS)
        painted = drain(output)


def any_message(chance: Random) -> tuple[bytes, bytes]:
    """A packet of the browser's driver: input, or a message in JSON or not."""
    if chance.random() < 0.7:
        return b"D", chance.choice((anything(chance), b"\xe6", b"")).replace(CTRL_Q, b"")
    resize = {"type": "resize", "width": chance.choice((80, "x", None, 10**30, -5)), "height": chance.choice((24, [], 10**9))}
    other = chance.choice(({"type": "focus"}, {"type": 7}, {"type": "blur"}, [], {"type": "deliver_chunk_request", "key": "no"}))
    return b"M", chance.choice((json.dumps(resize).encode(), json.dumps(other).encode(), any_bytes(chance), b"{"))


def drain(fileno: int) -> bytes:
    """Read what is there."""
    read = b""
    while select.select([fileno], [], [], 0)[0] and (part := os.read(fileno, 1 << 16)):
        read += part
    return read


def read_until(fileno: int, words: bytes) -> None:
    """Read until these have come. Raises AssertionError after TIMEOUT."""
    end, read = time.monotonic() + TIMEOUT, b""
    while words not in read:
        assert time.monotonic() < end, f"{words!r} never came"
        if select.select([fileno], [], [], 0.1)[0]:
            part = os.read(fileno, 1 << 16)
            assert part, f"it ended: {read[-500:]!r}"
            read += part


def size_is_drawn(home: Path, columns: int, rows: int) -> None:
    """Such a size is drawn soon, whether the environment or the terminal claims it."""
    home.mkdir()
    begin = time.monotonic()
    with PtyProgram(DEMO, home=home, COLUMNS=str(columns), LINES=str(rows)) as screens:
        screens.until(READY)
        fcntl.ioctl(screens.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", min(rows, 65535), min(columns, 65535), 0, 0))
        os.write(screens.terminal, f"\x1b[48;{rows};{columns};0;0t".encode())
        screens.settle(0.3, 1)
        assert screens.end(press=CTRL_Q.decode()) == 0
    passed = time.monotonic() - begin
    assert passed < TIMEOUT, f"{columns}x{rows} takes {passed:.0f} s"
