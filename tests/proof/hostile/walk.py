"""The program itself on a real terminal, on a workspace full of hostile texts: every byte that it sends is looked at."""

from collections.abc import Sequence
from pathlib import Path

from tests.proof.hostile.harmless import assert_harmless
from tests.proof.pty_program import OnPty
from tests.proof.terminal import Terminal

TITLES = (
    *("Settings", "Shop information", "Official Account", "Marketing Accounts", "Shop Page", "Team access", "Compare", "Rules"),
    *("History", "Reminders", "This workspace", "Help", "The same place in TikTok", "Facts for a ticket", "Save the picture"),
    *("Shops", "Add a shop"),
)
"""What has to come into sight on the way."""
PLACES = 9
"""Rows of a shop's settings that lead to a place of it; the one after them leads to the list of shops."""
HOME, F4, F5, F7, PAGE_DOWN = "\x1b[H", "\x1bOS", "\x1b[15~", "\x1b[18~", "\x1b[6~"
ESCAPE, ENTER, TAB, PALETTE, QUIT = "\x1b[27u", "\r", "\t", "\x10", "\x11"
"""Escape as in the keyboard protocol that the program asks for: the byte alone is for a tenth of a second the start of more."""
QUIET = 0.06
"""Seconds without a byte after which a screen has been sent."""
ANSWERED = 2.0
"""Seconds after which a key has brought nothing."""
LEAST = 16
"""Bytes that are no answer yet, only a cursor that is hidden."""
MAY = 0.2
"""The same for a key that need not bring anything."""


def screens(home: Path, db: Path, pasted: Sequence[str]) -> Terminal:
    """Walk through the places of the first shop and out of it, paste into the fields on the way, and leave."""
    with OnPty(["-m", "tui.cli", "--db", str(db)], home=home) as run:
        run.until("Settings")
        run.settle(QUIET)
        for row in range(PLACES):
            press(run, HOME + "j" * row, ENTER)
            may(run, PAGE_DOWN)
            press(run, ESCAPE)
        press(run, HOME + "j", ENTER, "2", "1")
        for key in (F7, "?", "w", F4, F5, "d"):
            press(run, key, ESCAPE)
        press(run, ESCAPE, HOME + "j" * PLACES, ENTER)
        press(run, PALETTE, "e", ESCAPE)
        press(run, "/")
        for text in pasted:
            run.paste(text)
            run.settle(QUIET)
            may(run, "\x15")  # what was pasted is taken out again
        press(run, TAB, PAGE_DOWN, "a")
        for text in pasted:
            run.paste(text)
            press(run, TAB)
        press(run, ENTER, QUIT)
        code = run.end()
        assert code == 0, f"exits with {code}: {run.output[-500:]!r}"
        assert run.as_found()
        return _judged(run, "the screens", TITLES)


def command(home: Path, arguments: Sequence[str], codes: Sequence[int] = (0,)) -> Terminal:
    """Run a command on a terminal."""
    with OnPty(["-m", "tui.cli", *arguments], home=home) as run:
        code = run.end()
        assert code in codes, f"{arguments} exits with {code}: {run.output[-500:]!r}"
        return _judged(run, " ".join(map(ascii, arguments)), ())


def press(run: OnPty, *keys: str) -> None:
    """Press keys, each once what the one before has brought is there."""
    for key in keys:
        before = len(run.output)
        run.press(key)
        if run.settle(QUIET, ANSWERED) - before < LEAST:
            run.settle(QUIET, ANSWERED)


def may(run: OnPty, key: str) -> None:
    """Press a key that may bring nothing: the page is as long as the window."""
    run.press(key)
    run.settle(QUIET, MAY)


def _judged(run: OnPty, where: str, titles: Sequence[str]) -> Terminal:
    terminal = Terminal()
    terminal.take(run.output)
    assert not terminal.wrong, f"{where} sends what it cannot mean: {terminal.wrong[:5]}"
    assert not terminal.left_usable(), f"{where} leaves {terminal.left_usable()}"
    for copied in terminal.copied:
        assert_harmless(copied, f"{where}: what is copied")
    missing = [title for title in titles if title not in terminal.seen]
    assert not missing, f"{where}: never seen: {missing}"
    return terminal
