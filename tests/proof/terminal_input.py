"""Whatever a terminal sends: bytes that are no text, sequences that nobody knows, and sizes that no screen has.

What a browser sends goes through the same parser; its messages are in tests/tui/serve/test_serve.py.
"""

from random import Random

from tests.proof.part import Figures, Run
from tests.proof.pty_program import CTRL_Q, TIMEOUT, running

NUMBERS = (
    *("0", "1", "2", "3", "13", "27", "48", "200", "201", "57399", "55296", "1114112", "99999999999", "-1", "1:2", "50:64", ":"),
    "",
)
SESSION = 1_000
"""Sequences to one program, which then has to answer all of them in time."""
SIZES = ((80, 24), (9999999, 9999999), (9999999, 24), (80, 9999999), (0, 0))
"""What the environment claims of the terminal, in turn."""


def prove(run: Run) -> Figures:
    chance, ended, sent = Random(run.seed), 0, 0
    count = run.size(300, 100_000)
    while sent < count:
        columns, rows = SIZES[sent // SESSION % len(SIZES)]
        with running(run.folder / str(sent), COLUMNS=str(columns), LINES=str(rows)) as screens:
            session: list[bytes] = []
            while len(session) < min(SESSION, count) and screens.is_read():
                session.append(anything(chance))
                screens.settle(0)
                screens.send(session[-1])
                if len(session) % 100 == 0:
                    screens.settle(0.1)
            sent += len(session)
            ended += not screens.is_read()
            # it works through all that has come first, and waits for the rest of what has begun, such as a paste
            code = screens.end(press=CTRL_Q, every=1.5, within=4 * TIMEOUT)
            assert code == 0, f"exits with {code} after {session[-100:]}"
            screens.assert_usable(f"after {session[-100:]}")
    assert not (logs := list(run.folder.rglob("shoplink.log"))), f"an error is logged: {logs}"
    return {"byte sequences sent to a terminal": sent, "programs that keys among them ended, as they should": ended}


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
