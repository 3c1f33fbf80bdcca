"""Who can read what: contacts as canaries in a workspace, and everything made of it searched, with its permissions."""

import grp
import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

from core.workspace import Workspace
from tests.proof.crash import CONTACTS, EMAIL, PHONE
from tests.proof.part import Figures, Run
from tests.proof.pty_program import PtyProgram, environment
from tests.proof.terminal import Terminal
from tests.support import LUMEN
from tests.tui.support import SHORT_TOUR

PROMISE = (
    "What you keep is yours: only you can read the files that the program makes, except a workspace that you make for a "
    "group, which only its members share, and a storyboard, which is made to be published and follows your umask. Phone "
    "numbers and emails appear in full only in your export, a backup and the workspace itself."
)
WHOLE = {"w.db", "all.json", "copy.db"}
"""Files that hold whole contacts."""
SHOP, HOME, F2, F4, F5, F7, ENTER = "USLCDEMO01", "\x1b[H", "\x1bOQ", "\x1bOS", "\x1b[15~", "\x1b[18~", "\r"
ESCAPE = "\x1b[27u"
"""Escape in the keyboard protocol that the program asks for: the byte alone may be the beginning of another key."""


def prove(run: Run) -> Figures:
    umasks = (0o000, 0o022, 0o077) if run.long else (0o000,)
    files = answers = 0
    for umask in umasks:
        home = run.folder / f"umask-{umask:o}"
        home.mkdir(mode=0o700)
        answers += _made_by_commands(home, umask, long=run.long)
        _made_by_screens(home, umask)
        answers += _made_for_a_group(home, umask)
        files += _checked(home, umask)
    return {
        "umasks under which everything was made": len(umasks),
        "files and folders made by commands and screens, each its owner's alone": files,
        "answers searched for the canary's phone and email": answers,
    }


def _made_by_commands(home: Path, umask: int, *, long: bool) -> int:
    """Make every kind of file that a command makes, and search every answer; return how many answers there were."""
    db = home / "deep" / "er" / "w.db"
    (home / "made").mkdir(mode=0o700)
    commands = [
        ["init", "--practice", "linked"],
        ["add-account", "@lumen.candles", "--phone", PHONE, "--email", EMAIL],
        ["export", "--out", str(home / "made" / "all.json")],
        ["backup", str(home / "made" / "copies" / "copy.db")],
        *(["accounts", "--json"], ["status", SHOP, "--json"], ["history", "--csv"], ["history", "--json"], ["links", "--json"]),
        ["evidence", SHOP, "--out", str(home / "made" / "evidence")],
        ["storyboard", SHORT_TOUR, "--out", str(home / "made" / "guide")],
        *(["reminders", "--ics"], ["shops"], ["doctor"], ["check", "@lumen.candles", "--shop", SHOP, "--as", "official"]),
    ]
    commands = commands if long else commands[:11]
    for arguments in commands:
        _answered(home, umask, db, arguments)
    return len(commands)


def _made_by_screens(home: Path, umask: int) -> None:
    """Make a picture, a text, a ticket, the theme in the configuration and the log of a crash; search the terminal."""
    db = home / "deep" / "er" / "w.db"
    with PtyProgram(["-m", "tests.proof.crash", "compose", "--db", str(db)], home=home, umask=umask) as screens:
        screens.until("Settings")
        screens.settle()
        screens.press_each(HOME, HOME + "j", ENTER, F2, F2, F4, ENTER, F5, ENTER, F7, "s", ENTER, ESCAPE)  # of the account's page
        assert EMAIL not in Path("/proc").joinpath(str(screens.pid), "cmdline").read_text()
        assert screens.end(press="w") != 0
        _no_contact(screens.output.decode(errors="replace"), "the screens")
        terminal = Terminal()
        terminal.take(screens.output)
        assert terminal.copied, "no ticket was copied"
        _no_contact(" ".join(terminal.copied), "what is copied")
    for suffix in (".svg", ".txt", ".log", ".toml"):
        assert list(home.rglob(f"*{suffix}")), f"no {suffix} was made"


def _made_for_a_group(home: Path, umask: int) -> int:
    """Make a file for a group, and others of it: the group may read and write the first, and nobody else any."""
    group, team = grp.getgrgid(os.getegid()).gr_name, home / "team"
    commands = [
        ["init", "--record", "--group", group],
        ["add-account", "@lumen.candles", "--phone", PHONE, "--email", EMAIL],
        ["backup", str(home / "made" / "of-group" / "copy.db")],
        ["export", "--out", str(home / "made" / "of-group" / "all.json")],
        ["accounts", "--json"],
    ]
    for arguments in commands:
        _answered(home, umask, team / "w.db", arguments)
    with Workspace.open(team / "w.db", actor="maya") as workspace, workspace.change():
        workspace.shops.add("Lumen", "US", LUMEN)  # whose journal is there until it is committed
        assert {path.name for path in team.iterdir()} == {"w.db", "w.db-journal"}
        for path in (team, *team.iterdir()):
            there = path.stat()
            assert stat.S_IMODE(there.st_mode) == (0o2770 if path.is_dir() else 0o660), f"{path} has {there.st_mode:o}"
            assert there.st_gid == os.getegid(), path
    shutil.rmtree(team)
    return len(commands)


def _answered(home: Path, umask: int, db: Path, arguments: list[str]) -> None:
    """Run a command, and search what it says."""
    command = [sys.executable, "-m", "tui.cli", "--db", str(db), *arguments]
    done = subprocess.run(command, env=environment(home), umask=umask, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), f"{arguments}: {done.stderr}"
    _no_contact(done.stdout + done.stderr, " ".join(arguments))


def _checked(home: Path, umask: int) -> int:
    """Check the permissions of every file and folder, and search it; return how many there were."""
    found = list(home.rglob("*"))
    assert {path.name for path in found} >= WHOLE
    for path in found:
        mode = stat.S_IMODE(path.stat().st_mode)
        closed = umask if "guide" in path.parts else 0o077
        assert mode == (0o777 if path.is_dir() else 0o666) & ~closed, f"{path} has the permissions {mode:o}"
        if path.is_file():
            text = path.read_bytes().decode("utf-8", errors="replace")
            if path.name in WHOLE:
                assert EMAIL in text, f"the canary is not in {path}: nothing was tested"
            else:
                _no_contact(text, str(path))
    return len(found)


def _no_contact(text: str, where: str) -> None:
    for contact in CONTACTS:
        assert contact not in text, f"{where} reveals {contact}"
