"""Who can read what: canary contacts in a workspace, and everything that is made of it searched, its rights looked at."""

import asyncio
import os
import re
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import aiohttp

from tests.proof.hostile import walk
from tests.proof.part import Figures, Run
from tests.proof.planted import CONTACTS, EMAIL, PHONE
from tests.proof.pty_program import PATIENCE, OnPty, environment
from tests.tui.serve.test_serve import WRONG, free_port

PROMISE = (
    "What you keep is yours: every file the program makes can be read by you alone, phone numbers and emails are whole only in "
    "your export, a backup and the workspace itself, and nobody gets into `serve` without its token."
)
WHOLE = {"w.db", "all.json", "copy.db"}
"""Files in which contacts stand whole."""
SHOP = "USLCDEMO01"


def prove(run: Run) -> Figures:
    masks = (0o000, 0o022, 0o077) if run.long else (0o000,)
    files = answers = 0
    for mask in masks:
        home = run.folder / f"umask-{mask:o}"
        home.mkdir(mode=0o700)
        answers += made_by_commands(home, mask, long=run.long)
        made_by_screens(home, mask)
        files += looked_at(home)
    strangers = asyncio.run(nobody_gets_in(run.folder, list(WRONG) if run.long else list(WRONG)[::3]))
    return {
        "masks of rights under which everything was made": len(masks),
        "files and folders made by commands and screens, each its owner's alone": files,
        "answers searched for the canary's phone and email": answers,
        "ways into `serve` for whoever has no token or comes from elsewhere": strangers,
    }


def made_by_commands(home: Path, mask: int, *, long: bool) -> int:
    """Every kind of file that a command makes; every answer is searched. Gives how many answers there were."""
    db = home / "deep" / "er" / "w.db"
    stated = ["add-account", "@lumen.candles", "--phone", PHONE, "--email", EMAIL]
    lines = [
        ["init", "--practice", "linked"],
        stated,
        ["export", "--out", str(home / "made" / "all.json")],
        ["backup", str(home / "made" / "copies" / "copy.db")],
    ]
    asked = [["accounts", "--json"], ["status", SHOP, "--json"], ["history", "--csv"], ["history", "--json"], ["links", "--json"]]
    more = [["reminders", "--ics"], ["shops"], ["doctor"], ["check", "@lumen.candles", "--shop", SHOP, "--as", "official"]]
    (home / "made").mkdir(mode=0o700)
    for arguments in [*lines, *asked, *(more if long else more[:1])]:
        done = _shoplink(home, mask, "--db", str(db), *arguments)
        assert done.returncode in (0, 1), f"{arguments}: {done.stderr}"
        _no_contact(done.stdout + done.stderr, " ".join(arguments))
    if long:
        _shoplink(home, mask, "storyboard", "rename-the-shop", "--out", str(home / "made" / "guide"))
    return len(lines) + len(asked) + (len(more) if long else 1)


def made_by_screens(home: Path, mask: int) -> None:
    """A picture, a text, a ticket, the history, the remembered theme, and the log of a crash; the terminal is searched."""
    db = home / "deep" / "er" / "w.db"
    with OnPty(["-m", "tests.proof.planted", "compose", "--db", str(db)], home=home, umask=mask) as screens:
        screens.until("Settings")
        screens.settle()
        walk.press(screens, walk.HOME, walk.HOME + "j", walk.ENTER, "\x1bOQ", "\x1bOQ")  # the account's page; its theme and back
        for key in (walk.F4, walk.F5):
            walk.press(screens, key, walk.ENTER)
        walk.press(screens, walk.F7, "s", walk.ENTER, walk.ESCAPE)
        assert EMAIL not in Path("/proc").joinpath(str(screens.pid), "cmdline").read_text()
        assert screens.end(press="w") != 0
        _no_contact(screens.output.decode(errors="replace"), "the screens")
        terminal = walk.Terminal()
        terminal.take(screens.output)
        assert terminal.copied, "no ticket was copied"
        _no_contact(" ".join(terminal.copied), "what is copied")
    for suffix in (".svg", ".txt", ".log", ".toml"):
        assert list(home.rglob(f"*{suffix}")), f"no {suffix} was made"


def looked_at(home: Path) -> int:
    """Every file and folder below: its rights, and whether it holds a contact. Gives how many there were."""
    found = list(home.rglob("*"))
    assert {path.name for path in found} >= WHOLE
    for path in found:
        mode = stat.S_IMODE(path.stat().st_mode)
        assert mode == (0o700 if path.is_dir() else 0o600), f"{path} has the rights {mode:o}"
        if path.is_file():
            text = path.read_bytes().decode("utf-8", errors="replace")
            if path.name in WHOLE:
                assert EMAIL in text, f"the canary is not in {path}: nothing was proved"
            else:
                _no_contact(text, str(path))
    return len(found)


async def nobody_gets_in(folder: Path, cases: list[str]) -> int:
    """Whoever has no token, or comes from another page or name, is refused; who has it is let in."""
    command = [sys.executable, "-m", "tui.cli", "serve", "--demo", "linked", "--port", str(free_port())]
    serving = subprocess.Popen(
        command, env=environment(folder, PYTHONUNBUFFERED="1"), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    try:
        assert serving.stdout
        found = re.search(r"http://127\.0\.0\.1:(\d+)/\?token=[\w-]{32}", serving.stdout.readline())
        assert found
        here, port, token = found[0].split("/?")[0], found[1], found[0].split("=")[1]
        shown = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=False).stdout
        assert token not in shown, "the token can be read by ps"
        for case in cases:
            path, headers, with_token = WRONG[case]
            sent = {name: value.format(here=here, port=port) for name, value in headers.items()}
            if path == "/ws":
                sent |= {"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13"}
                sent["Sec-WebSocket-Key"] = "x" * 22 + "=="
            async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
                if with_token:
                    async with session.get(found[0]) as opened:
                        assert opened.status == 200
                async with session.get(here + path, headers=sent) as answer:
                    assert answer.status == 403, f"{case}: let in with {answer.status}"
    finally:
        serving.send_signal(signal.SIGINT)
        end = time.monotonic() + PATIENCE
        while serving.poll() is None and time.monotonic() < end:
            await asyncio.sleep(0.02)
        serving.kill()
        serving.wait()
        if serving.stdout:
            serving.stdout.close()
    return len(cases)


def _shoplink(home: Path, mask: int, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tui.cli", *arguments]
    return subprocess.run(
        command, env=environment(home), capture_output=True, text=True, check=False, preexec_fn=lambda: os.umask(mask) and None
    )


def _no_contact(text: str, where: str) -> None:
    for contact in CONTACTS:
        assert contact not in text, f"{where} gives out {contact}"
