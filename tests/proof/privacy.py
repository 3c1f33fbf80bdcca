"""Who can read what: contacts as canaries in a workspace, and everything made of it searched, with its permissions.

The permissions of a group's own workspace are in tests/core/store/test_groups.py.
"""

import grp
import os
import shutil
import stat
from functools import partial
from pathlib import Path

from tests.proof.children import answers, enter
from tests.proof.crash import EMAIL, PHONE, no_contact
from tests.proof.hostile.commands import answered
from tests.proof.part import Figures, Run
from tests.proof.pty_program import running
from tests.proof.terminal import Terminal
from tests.tui.support import SHORT_TOUR

WHOLE = {"w.db", "all.json", "copy.db"}
"""Files that hold whole contacts."""
SHOP, HOME, F2, F4, F5, F7, ENTER = "USLCDEMO01", "\x1b[H", "\x1bOQ", "\x1bOS", "\x1b[15~", "\x1b[18~", "\r"
ESCAPE = "\x1b[27u"
"""Escape in the keyboard protocol that the program asks for: the byte alone may be the beginning of another key."""
SAVING = (
    (HOME + "j" + ENTER, "Unlink"),  # the official account's page
    *((F2, "Unlink"), (F2, "Unlink")),  # another theme, which the configuration keeps
    *((F4, "Save the picture"), (ENTER, "Written to shoplink.svg"), (F5, "Save the text"), (ENTER, "Written to shoplink.txt")),
    *((F7, "Facts for a ticket"), ("s", "Save the facts"), (ENTER, "Written to lnk-")),
)
"""Keys that make files, each with what answers it."""
STATED = ["add-account", "@lumen.candles", "--phone", PHONE, "--email", EMAIL]
COMMANDS = (
    *(["init", "--practice", "linked"], STATED, ["export", "--out", "made/all.json"], ["backup", "made/copies/copy.db"]),
    *(["accounts", "--json"], ["status", SHOP, "--json"], ["history", "--csv"], ["history", "--json"], ["links", "--json"]),
    *(["evidence", SHOP, "--out", "made/evidence"], ["storyboard", SHORT_TOUR, "--out", "made/guide"], ["reminders", "--ics"]),
    *(["shops"], ["doctor"], ["check", "@lumen.candles", "--shop", SHOP, "--as", "official"]),
)
FOR_A_GROUP = (
    *(["init", "--record", "--group", grp.getgrgid(os.getegid()).gr_name], STATED, ["backup", "made/of-group/copy.db"]),
    *(["export", "--out", "made/of-group/all.json"], ["accounts", "--json"]),
)


def prove(run: Run) -> Figures:
    umasks = (0o000, 0o022, 0o077) if run.long else (0o002,)  # of which private files must keep nothing, and guides all
    files = 0
    for umask in umasks:
        home = run.folder / f"umask-{umask:o}"
        home.mkdir(mode=0o700)
        answers([partial(_made_by_commands, home, umask)])
        _made_by_screens(home, umask)
        files += _checked(home, umask)
    return {
        "umasks under which everything was made": len(umasks),
        "files and folders made by commands and screens, each its owner's alone": files,
        "answers searched for the canary's phone and email": len(umasks) * (len(COMMANDS) + len(FOR_A_GROUP)),
    }


def _made_by_commands(home: Path, umask: int) -> None:
    """Make every kind of file that a command makes, and search every answer; the same of a group's workspace, which goes."""
    enter(home, umask)
    os.environ |= {f"XDG_{kind}_HOME": str(home / kind.lower()) for kind in ("DATA", "CONFIG", "STATE")}
    (home / "made").mkdir(mode=0o700)
    for db, commands in (("deep/er/w.db", COMMANDS), ("team/w.db", FOR_A_GROUP)):
        for arguments in commands:
            answer = answered(["--db", db, *arguments])
            assert answer.code in (0, 1), f"{arguments}: {answer.err}"
            no_contact(answer.out + answer.err, " ".join(arguments))
    shutil.rmtree(home / "team")


def _made_by_screens(home: Path, umask: int) -> None:
    """Make a picture, a text, a ticket, the theme in the configuration and the log of a crash; search the terminal."""
    crash = ("-m", "tests.proof.crash", "compose", "--db", str(home / "deep" / "er" / "w.db"))
    with running(home, *crash, umask=umask, until="Settings") as screens:
        for keys, words in SAVING:
            screens.press(keys, until=words)
        assert EMAIL not in Path(f"/proc/{screens.pid}/cmdline").read_text()
        assert screens.end(press=ESCAPE + "w") != 0
    no_contact(screens.output.decode(errors="replace"), "the screens")
    copied = Terminal(screens.output).copied
    assert copied, "no ticket was copied"
    no_contact(" ".join(copied), "what is copied")
    for suffix in (".svg", ".txt", ".log", ".toml"):
        assert list(home.rglob(f"*{suffix}")), f"no {suffix} was made"


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
                no_contact(text, str(path))
    return len(found)
