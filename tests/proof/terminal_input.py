"""Whatever a terminal sends: bytes that are no text, sequences that nobody knows, sizes that no screen has.

What a browser sends goes through the same parser; its messages are in tests/tui/serve/test_serve.py.
"""

import time
from pathlib import Path
from random import Random

from tests.proof.part import Figures, Run
from tests.proof.pty_program import CTRL_Q, TIMEOUT, PtyProgram, running

NUMBERS = (
    *("0", "1", "2", "3", "13", "27", "48", "200", "201", "57399", "55296", "1114112", "99999999999", "-1", "1:2", "50:64", ":"),
    "",
)
SESSION = 1_000
"""Sequences to one program, which then has to answer all of them in time."""
SIZES = ((9999999, 9999999), (9999999, 24), (80, 9999999), (0, 0))


def prove(run: Run) -> Figures:
    chance, ended, sent = Random(run.seed), 0, 0
    count = run.size(600, 100_000)
    while sent < count:
        with running(run.folder / str(sent)) as screens:
            sent, last = send_session(screens, chance, sent, count)
            ended += screens.has_ended()
            # it works through all that has come first, and waits for the rest of what has begun, such as a paste
            assert screens.end(press=CTRL_Q, every=1.5, within=4 * TIMEOUT) == 0, f"exits with {screens.code} after {last}"
            screens.assert_usable(f"after {last}")
    sizes = SIZES[: run.size(1, len(SIZES))]
    for columns, rows in sizes:
        size_is_drawn(run.folder / f"{columns}x{rows}", columns, rows)
    assert not (logs := list(run.folder.rglob("shoplink.log"))), f"an error is logged: {logs}"
    return {
        "byte sequences sent to a terminal": count,
        "programs that keys among them ended, as they should": ended,
        "sizes that no screen has, claimed by the environment and by the terminal": len(sizes),
    }


def send_session(screens: PtyProgram, chance: Random, sent: int, count: int) -> tuple[int, list[bytes]]:
    """Send a session's sequences; return how many were sent in all, and the last ones."""
    last: list[bytes] = []
    end = min(count, sent + SESSION)
    while sent < end and not screens.has_ended():
        last = [anything(chance) for _ in range(100)]
        for sequence in last:
            screens.settle(0)
            screens.send(sequence)
        sent += len(last)
        screens.settle(0.1)
    return sent, last


def anything(chance: Random) -> bytes:
    """Bytes that are no text, a sequence of a known kind with whatever numbers, a paste, or what an input method commits."""
    raw = chance.randbytes(chance.randint(1, 5))
    numbers = ";".join(chance.choice(NUMBERS) for _ in range(chance.randint(0, 6)))
    start = chance.choice(("[", "[", "[", "[<", "[?", "[48;", "[0;;", "O", "]", "P", "_", "[M", "[["))
    sequence = f"\x1b{start}{numbers}{chance.choice('u~ABHIMORRSZmntycx$%@')}"
    sequence = sequence[: chance.randint(1, len(sequence))] if chance.random() < 0.2 else sequence
    paste = b"\x1b[200~" + raw + sequence.encode() + (b"\x1b[201~" if chance.random() < 0.9 else b"")
    commit = b"\x1b[0;;%su" % ":".join(str(chance.randint(30, 0xFFFF)) for _ in range(chance.randint(1, 40))).encode()
    return chance.choice((raw, sequence.encode(), sequence.encode(), paste, commit)).replace(CTRL_Q.encode(), b"")


def size_is_drawn(home: Path, columns: int, rows: int) -> None:
    """Such a size is drawn soon, whether the environment or the terminal claims it."""
    begin = time.monotonic()
    with running(home, COLUMNS=str(columns), LINES=str(rows)) as screens:
        screens.resize(min(rows, 65535), min(columns, 65535))
        screens.send(f"\x1b[48;{rows};{columns};0;0t")
        screens.settle(0.3, 1)
        assert screens.end(press=CTRL_Q) == 0
    passed = time.monotonic() - begin
    assert passed < TIMEOUT, f"{columns}x{rows} takes {passed:.0f} s"
