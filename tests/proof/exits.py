"""However it ends, it ends honestly: planted errors, signals at any moment, a terminal or an output that is gone."""

import os
import random
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

from tests.proof.part import Figures, Run
from tests.proof.planted import CONTACTS, PLACES
from tests.proof.pty_program import OnPty, environment
from tests.proof.terminal import Terminal

PROMISE = (
    "However the program ends, by an error of its own, a signal or a closed terminal, it leaves the terminal usable, "
    "exits with another code than 0, and shows nobody what it had in memory; an error is told with the name of the log."
)
SCREENS = [place for place in PLACES if place != "command"]
DEMO = ("-m", "tui.cli", "demo", "linked")
READY = "Linked TikTok Accounts"


def prove(run: Run) -> Figures:
    chance = random.Random(run.seed)
    places = SCREENS * 3 if run.long else ["compose", "worker"]
    for number, place in enumerate(places):
        planted_on_a_screen(_home(run, f"planted-{number}"), place)
    planted_in_a_command(_home(run, "command"))
    ends = ["SIGTERM", "SIGHUP", "SIGINT"]
    signals = run.size(1, 200)
    for number in range(signals):
        signalled(_home(run, f"signal-{number}"), ends[number % 3], chance.uniform(0, 1.5) if number else None)
    closed = run.size(1, 20)
    for number in range(closed):
        terminal_closed(_home(run, f"closed-{number}"))
    for how in GONE:
        output_gone(_home(run, how), how)
    return {
        "errors planted in screens, workers, timers and commands": len(places) + 1,
        "of them told in a line, logged without contacts, and the terminal left usable": len(places) + 1,
        "signals, at any moment from the start on": signals,
        "terminals closed while it ran": closed,
        "kinds of output that takes no more": len(GONE),
    }


def planted_on_a_screen(home: Path, place: str) -> None:
    """An error on the screens: told in a line with the log's name, and nothing else."""
    with OnPty(["-m", "tests.proof.planted", place, "demo", "linked"], home=home, umask=0) as screens:
        screens.until(READY)
        screens.settle()
        code = screens.end(press="w")
        assert code not in (0, None), f"{place}: exits with {code}"
        _usable(screens, place)
        output = screens.output
    told = output[output.rindex(b"\x1b[?1049l") :].decode()
    assert "shoplink had to stop: RuntimeError" in told, f"{place}: {told!r}"
    _log_is_sound(home, " ".join(told.split()), place)
    _no_contact(output.decode(errors="replace"), place)


def planted_in_a_command(home: Path) -> None:
    """The same in a command, as words and as a document."""
    db = home / "w.db"
    _shoplink(home, "--db", str(db), "init", "--practice", "linked")
    for options in ((), ("--json",)):
        command = [sys.executable, "-m", "tests.proof.planted", "command", "--db", str(db), "shops", *options]
        done = subprocess.run(command, env=environment(home), capture_output=True, text=True, check=False)
        assert done.returncode not in (0, 1, 2, 3, 4), done
        assert "Traceback" not in done.stdout + done.stderr
        _log_is_sound(home, done.stdout + done.stderr, "command")
        _no_contact(done.stdout + done.stderr, "command")


def signalled(home: Path, name: str, after: float | None) -> None:
    """A signal, after so many seconds, or once the screens stand."""
    where = f"{name} after {after} s"
    with OnPty(DEMO, home=home) as screens:
        if after is None:
            screens.until(READY)
            screens.settle()
        else:
            end = time.monotonic() + after
            while (left := end - time.monotonic()) > 0:
                screens.settle(min(left, 0.02))
                time.sleep(min(max(left, 0), 0.005))
        os.kill(screens.pid, getattr(signal, name))
        code = screens.end()
        assert code not in (0, None), f"{where}: exits with {code}"
        _usable(screens, where)


def terminal_closed(home: Path) -> None:
    """The window is gone: the program ends by itself, and does not run on unseen."""
    with OnPty(DEMO, home=home) as screens:
        screens.until(READY)
        screens.close_terminal()
        assert screens.end() not in (0, None)


GONE = {
    "a pipe that nobody reads": (0, ""),
    "a full disk": (3, "No space left on device"),
    "closed by who started it": (0, ""),
}
"""Ways in which stdout takes no more, with the exit code and what is said. A reader that stops early is no error."""


def output_gone(home: Path, how: str) -> None:
    code, said = GONE[how]
    command = [sys.executable, "-m", "tui.cli", "scenarios"]
    out: int | None = None
    if how == "a pipe that nobody reads":
        nobody, out = os.pipe()
        os.close(nobody)
    elif how == "a full disk":
        out = os.open("/dev/full", os.O_WRONLY)
    else:
        command = ["/bin/sh", "-c", 'exec "$@" >&-', "sh", *command]
    done = subprocess.run(command, env=environment(home), stdout=out, stderr=subprocess.PIPE, text=True, check=False)
    if out is not None:
        os.close(out)
    assert done.returncode == code, f"{how}: {done}"
    assert said in done.stderr, f"{how}: {done.stderr!r}"
    assert "Traceback" not in done.stderr, f"{how}: {done.stderr!r}"
    assert "Exception ignored" not in done.stderr, f"{how}: {done.stderr!r}"


def _home(run: Run, name: str) -> Path:
    home = run.folder / name.replace(" ", "-")
    home.mkdir(parents=True)
    return home


def _shoplink(home: Path, *arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "tui.cli", *arguments], env=environment(home), capture_output=True, check=True)


def _usable(screens: OnPty, where: str) -> None:
    """The terminal is as it was found: as it was told to be, and as the system has it."""
    terminal = Terminal()
    terminal.take(screens.output)
    assert not terminal.wrong, f"{where}: {terminal.wrong[:3]}"
    assert not terminal.left_usable(), f"{where}: left with {terminal.left_usable()}"
    assert screens.as_found(), f"{where}: the terminal does not read keys as before"


def _log_is_sound(home: Path, told: str, where: str) -> None:
    """The log is named where the error was told, is its owner's alone, has the traceback and no contact, and no forged line."""
    logs = list(home.rglob("shoplink.log"))
    assert len(logs) == 1, f"{where}: {logs}"
    assert str(logs[0]).replace("/", "") in told.replace(" ", "").replace("\n", "").replace("/", ""), f"{where}: {told!r}"
    assert stat.S_IMODE(logs[0].stat().st_mode) == 0o600, where
    text = logs[0].read_text(encoding="utf-8")
    assert "Traceback" in text, where
    assert "RuntimeError" in text, where
    _no_contact(text, f"{where}: the log")
    for line in text.splitlines():
        assert line.startswith("  ") or line.endswith("stopped by an error"), f"{where}: {line!r}"
        assert line.isprintable(), f"{where}: {line!r}"


def _no_contact(text: str, where: str) -> None:
    for contact in CONTACTS:
        assert contact not in text, f"{where}: {contact}"
