"""Every way for the program to end: an unexpected error, a signal at any moment, a terminal or an output that is gone."""

import os
import random
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

from tests.proof.crash import CONTACTS, CRASHES
from tests.proof.part import Figures, Run
from tests.proof.pty_program import PtyProgram, environment
from tests.proof.terminal import Terminal
from tui.exit_codes import STOPPED

PROMISE = (
    "However the program ends, whether by its own error, a signal or a closed terminal, it leaves the terminal usable, "
    "exits with a code other than 0, and shows nobody what it had in memory; an error report names the log."
)
DEMO = ("-m", "tui.cli", "demo", "linked")
READY = "Linked TikTok Accounts"
SIGNALS = ("SIGQUIT", "SIGUSR1", "SIGTERM", "SIGALRM", "SIGHUP", "SIGINT", "SIGUSR2", "SIGABRT", "SIGVTALRM", "SIGRTMIN")
STOPS = ("SIGCONT", "SIGTSTP", "SIGSTOP")
"""How the screens are stopped before they are continued; the first is no stop."""


def prove(run: Run) -> Figures:
    chance = random.Random(run.seed)
    places = [place for place in CRASHES if place != "command"] * 3 if run.long else ["compose", "worker"]
    for number, place in enumerate(places):
        screens_crash(_home(run, f"crash-{number}"), place)
    command_crashes(_home(run, "command"))
    signals = run.size(3, 200)
    for number in range(signals):
        when = chance.uniform(0, 1.5) if number >= len(SIGNALS) else None
        signalled(_home(run, f"signal-{number}"), SIGNALS[number % len(SIGNALS)], when)
    for name in STOPS:
        continued(_home(run, name), name)
    closed = run.size(1, 20)
    for number in range(closed):
        terminal_closed(_home(run, f"closed-{number}"))
    failing = dict(list(FAILING.items())[: run.size(2, len(FAILING))])
    for how in OUTPUTS:
        output_gone(_home(run, how), how, failing)
    return {
        "errors raised in screens, workers, timers and commands, each reported and logged without contacts": len(places) + 1,
        "signals, at any moment from the start on": signals,
        "stops and returns, each repainted and left as it was": len(STOPS),
        "terminals closed while it ran": closed,
        "kinds of output that cannot be written": len(OUTPUTS),
    }


def screens_crash(home: Path, place: str) -> None:
    """An error on the screens is reported in a line with the log's name, and nothing else."""
    with PtyProgram(["-m", "tests.proof.crash", place, "demo", "linked"], home=home, umask=0) as screens:
        screens.until(READY)
        screens.settle()
        code = screens.end(press="w")
        assert code == STOPPED, f"{place}: exits with {code}"
        _usable(screens, place)
        output = screens.output
    said = output[output.rindex(b"\x1b[?1049l") :].decode()
    assert "shoplink had to stop: RuntimeError" in said, f"{place}: {said!r}"
    _log_is_sound(home, " ".join(said.split()), place)
    _no_contact(output.decode(errors="replace"), place)


def command_crashes(home: Path) -> None:
    """The same in a command, as text and as JSON."""
    db = str(home / "w.db")
    made = [sys.executable, "-m", "tui.cli", "--db", db, "init", "--practice", "linked"]
    subprocess.run(made, env=environment(home), capture_output=True, check=True)
    for options in ((), ("--json",)):
        command = [sys.executable, "-m", "tests.proof.crash", "command", "--db", db, "shops", *options]
        done = subprocess.run(command, env=environment(home), capture_output=True, text=True, check=False)
        assert done.returncode == STOPPED, done
        assert "Traceback" not in done.stdout + done.stderr
        _log_is_sound(home, done.stdout + done.stderr, "command")
        _no_contact(done.stdout + done.stderr, "command")


def signalled(home: Path, name: str, after: float | None) -> None:
    """Send a signal after so many seconds, or once the screens are ready."""
    where = f"{name} after {after} s"
    with PtyProgram(DEMO, home=home) as screens:
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


def continued(home: Path, name: str) -> None:
    """After a stop, or as if there had been one, everything is painted, keys are read, and the terminal is left as it was."""
    with PtyProgram(DEMO, home=home) as screens:
        screens.until(READY)
        screens.settle()
        for _ in range(2):
            os.kill(screens.pid, getattr(signal, name))
            screens.settle(0.3)
            at = len(screens.output)
            os.kill(screens.pid, signal.SIGCONT)
            screens.settle(0.3, 2)
            assert READY.encode() in screens.output[at:], f"{name}: nothing is painted"
        assert screens.end(press="\x11") == 0, name
        _usable(screens, name)


def terminal_closed(home: Path) -> None:
    """When the window is closed the program ends, and does not run on unseen."""
    with PtyProgram(DEMO, home=home) as screens:
        screens.until(READY)
        screens.close_terminal()
        assert screens.end() not in (0, None)


OUTPUTS = {"broken pipe": 0, "full disk": 3, "closed": 0}
"""Kinds of stdout that cannot be written, with the exit code of what succeeds. A reader that stops early is no error."""
FAILING = {("status", "NOPE", "--json"): 3, ("no-such-command",): 2, ("status", "NOPE"): 3, ("rules", "no.such.rule"): 4}
"""What fails, wherever its output goes: first what answers in JSON, and what the command line itself reports."""


def output_gone(home: Path, how: str, failing: dict[tuple[str, ...], int]) -> None:
    """The exit code says what happened, though nobody can be told."""
    for arguments, code in {("scenarios",): OUTPUTS[how], **failing}.items():
        for together in (False, True):
            done = _without_output(home, how, arguments, together=together)
            assert done.returncode == code, f"{how}: {done}"
            said = done.stderr or ""
            if (how, arguments) == ("full disk", ("scenarios",)) and not together:
                assert "No space left on device" in said, done
            assert "Traceback" not in said, f"{how}: {said!r}"
            assert "Exception ignored" not in said, f"{how}: {said!r}"


def _without_output(home: Path, how: str, arguments: tuple[str, ...], *, together: bool) -> "subprocess.CompletedProcess[str]":
    """Run a command with this kind of stdout; `together`: stderr goes there too."""
    command = [sys.executable, "-m", "tui.cli", "--db", "none.db", *arguments]
    out: int | None = None
    if how == "broken pipe":
        reader, out = os.pipe()
        os.close(reader)
    elif how == "full disk":
        out = os.open("/dev/full", os.O_WRONLY)
    else:
        command = ["/bin/sh", "-c", f'exec "$@" >&- {"2>&-" if together else ""}', "sh", *command]
    errors = subprocess.STDOUT if together and out is not None else subprocess.PIPE
    done = subprocess.run(command, env=environment(home), stdout=out, stderr=errors, text=True, check=False)
    if out is not None:
        os.close(out)
    return done


def _home(run: Run, name: str) -> Path:
    home = run.folder / name
    home.mkdir()
    return home


def _usable(screens: PtyProgram, where: str) -> None:
    """The terminal is as before: the modes that were set, and what the system has of it."""
    terminal = Terminal()
    terminal.take(screens.output)
    assert not terminal.wrong, f"{where}: {terminal.wrong[:3]}"
    assert not terminal.left_changed(), f"{where}: left with {terminal.left_changed()}"
    assert screens.as_before(), f"{where}: the terminal does not read keys as before"


def _log_is_sound(home: Path, said: str, where: str) -> None:
    """The message names the log, which is its owner's alone and has the traceback, no contact and no forged line."""
    logs = list(home.rglob("shoplink.log"))
    assert len(logs) == 1, f"{where}: {logs}"
    assert str(logs[0]).replace("/", "") in said.replace(" ", "").replace("\n", "").replace("/", ""), f"{where}: {said!r}"
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
