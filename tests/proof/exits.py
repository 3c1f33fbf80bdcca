"""Every way for the program to end: an unexpected error, a signal at any moment, a terminal that is gone."""

import os
import signal
import stat
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from random import Random

from tests.proof.crash import CRASHES, no_contact
from tests.proof.part import Figures, Run
from tests.proof.pty_program import CTRL_Q, READY, environment, running
from tui.exit_codes import STOPPED

SIGNALS = ("SIGQUIT", "SIGTERM", "SIGUSR1", "SIGALRM", "SIGHUP", "SIGINT", "SIGUSR2", "SIGABRT", "SIGVTALRM", "SIGRTMIN")


def prove(run: Run) -> Figures:
    chance = Random(run.seed)
    places = [place for place in CRASHES if place != "command"] * 3 if run.long else ["compose"]
    for number, place in enumerate(places):
        screens_crash(run.folder / f"crash-{number}", place)
    command_crashes(run.folder / "command")
    signals, closed = run.size(2, 200), run.size(1, 20)
    for number in range(signals):
        after = chance.uniform(0, 1.5) if number >= len(SIGNALS) else None
        signalled(run.folder / f"signal-{number}", SIGNALS[number % len(SIGNALS)], after)
    for number in range(closed):
        with running(run.folder / f"closed-{number}") as screens:
            screens.close_terminal()
            assert screens.end() != 0, "the window is closed, and it runs on unseen or ends as if nothing had happened"
    for number in range(hurried := run.size(1, 20)):
        ends_undisturbed(run.folder / f"hurried-{number}")
        goes_on(run.folder / f"continued-{number}")
    return {
        "errors raised in screens, workers, timers and commands, each reported and logged without contacts": len(places) + 1,
        "signals, at any moment from the start on": signals,
        "terminals closed while it ran": closed,
        "programs left with Ctrl+Q and then Ctrl+C, again and again": hurried,
        "programs continued while they paint, as after a stop": hurried,
    }


def ends_undisturbed(home: Path) -> None:
    """Ctrl+C while it ends, which the restored terminal makes a signal, changes nothing."""
    with running(home) as screens:
        screens.settle()
        screens.send(CTRL_Q)
        while not screens.has_ended():
            with suppress(OSError):  # nobody has the terminal open any more
                screens.send("\x03")
            screens.settle(0.002)
        assert screens.end() == 0, f"exits with {screens.code}"
    said = screens.output[screens.output.rindex(b"\x1b[?1049l") :]
    assert b"Traceback" not in said, said
    assert b"Interrupted" not in said, said


def goes_on(home: Path) -> None:
    """A program that is continued again and again, as after a stop, paints and ends as any other."""
    with running(home) as screens:
        for _ in range(20):
            screens.send("2")
            os.kill(screens.pid, signal.SIGCONT)
            screens.settle(0.005)
        assert screens.end(press=CTRL_Q) == 0, f"exits with {screens.code}"
        screens.assert_usable("after it was continued")


def screens_crash(home: Path, place: str) -> None:
    """An error on the screens is reported in a line with the log's name, and nothing else."""
    with running(home, "-m", "tests.proof.crash", place, "demo", "linked", umask=0) as screens:
        screens.settle()
        assert screens.end(press="w") == STOPPED, f"{place}: exits with {screens.code}"
        screens.assert_usable(place)
    said = screens.output[screens.output.rindex(b"\x1b[?1049l") :].decode()
    assert "shoplink had to stop: RuntimeError" in said, f"{place}: {said!r}"
    log_is_sound(home, said, place)
    no_contact(screens.output.decode(errors="replace"), place)


def command_crashes(home: Path) -> None:
    """The same in a command, as text and as JSON."""
    home.mkdir()
    crash = ("-m", "tests.proof.crash", "command", "shops")
    for command in (("-m", "tui.cli", "init", "--practice", "linked"), crash, (*crash, "--json")):
        done = subprocess.run([sys.executable, *command], env=environment(home), capture_output=True, text=True, check=False)
        if "shops" in command:
            assert done.returncode == STOPPED, done
            assert "Traceback" not in done.stdout + done.stderr
            log_is_sound(home, done.stdout + done.stderr, "command")


def log_is_sound(home: Path, said: str, where: str) -> None:
    """The message names the log, which is its owner's alone and has the traceback, no contact and no forged line."""
    no_contact(said, where)
    (log,) = home.rglob("shoplink.log")
    assert str(log) in "".join(said.split()), f"{where}: {said!r}"
    assert stat.S_IMODE(log.stat().st_mode) == 0o600, where
    text = log.read_text(encoding="utf-8")
    assert "Traceback" in text, where
    assert "RuntimeError" in text, where
    no_contact(text, f"{where}: the log")
    for line in text.splitlines():
        assert line.startswith("  ") or line.endswith("stopped by an error"), f"{where}: {line!r}"
        assert line.isprintable(), f"{where}: {line!r}"


def signalled(home: Path, name: str, after: float | None) -> None:
    """Send a signal so many seconds after the start, or once the screens are ready."""
    where = f"{name} after {after} s"
    begin = time.monotonic()
    with running(home, until=READY if after is None else "") as screens:
        screens.settle(0.12 if after is None else 0)
        while time.monotonic() < begin + (after or 0):
            screens.settle(0.005)
        os.kill(screens.pid, getattr(signal, name))
        assert screens.end() != 0, f"{where}: exits as if nothing had happened"
        screens.assert_usable(where)
