"""Damaged files and files that cannot be written: every command says what to do, and changes nothing.

Files that are no workspace, locked or taken away are in tests/core/store/test_opening.py, tests/tui/cli/test_failures.py and
tests/tui/test_unusable_files.py.
"""

import json
import os
import tempfile
from collections import Counter
from functools import partial
from pathlib import Path
from random import Random

from core import scenarios
from tests.proof.children import answers, enter
from tests.proof.hostile.commands import answered
from tests.proof.part import Figures, Run
from tests.support import StoppedClock

CODE = "USLCDEMO01"
READS = (
    *(("doctor",), ("shops",), ("status", CODE), ("accounts",), ("links",), ("history", "--limit", "500"), ("reminders",)),
    *(("members", "list", CODE), ("products", CODE), ("shop-page", CODE), ("rules", "--shop", CODE), ("export",)),
    ("check", "lumen.candles", "--shop", CODE, "--as", "marketing"),
)
CHANGE = ("add-product", CODE, "--title", "Candle", "--price", "9.90")
UNUSABLE = {"missing", "locked", "damaged", "too_new", "read_only", "disk_full"}
NOBODY = 65534


def prove(run: Run) -> Figures:
    sound = run.folder / "sound.db"
    scenarios.create(sound, "organization", actor="maya", clock=StoppedClock()).close()
    parts = run.size(1, 2)
    shares = [range(part, run.size(12, 1_200), parts) for part in range(parts)]
    acts = [partial(_damaged, run.folder / f"{share.start}", run.seed, share, sound.read_bytes()) for share in shares]
    counted = sum(answers(acts, seconds=1800), Counter())
    with tempfile.TemporaryDirectory() as shared:  # where another user can reach it
        os.chmod(shared, 0o755)
        answers([partial(_read_only, Path(shared) / what, what, sound.read_bytes()) for what in ("file", "folder")])
    assert counted["noticed"], f"seed {run.seed}: no damage was noticed"
    return {
        "files cut off or with bits flipped": counted["files"],
        "of them noticed by doctor or refused": counted["noticed"],
        "commands on them, answered or refused, none ended otherwise": counted["commands"],
        "files that somebody else may only read": 2,
    }


def _run(*arguments: str) -> tuple[int, str]:
    """The exit code of a command, and the code of its error."""
    code, out, _ = answered(["--db", "w.db", *arguments, *([] if arguments[0] == "export" else ["--json"])])
    document = json.loads(out) if code and out else {}
    return code, document["error"]["code"] if isinstance(document, dict) and "error" in document else ""


def _damaged(folder: Path, seed: int, numbers: range, sound: bytes) -> Counter[str]:
    """Damage copies of a sound file at random, and run every command on each."""
    enter(folder)
    counted: Counter[str] = Counter()
    path = Path("w.db")
    for number in numbers:
        rng = Random(f"{seed}/damaged/{number}")
        damaged = bytearray(sound if rng.random() < 0.8 else sound[: rng.randrange(len(sound))])
        for _ in range(rng.choice((1, 1, 2, 8, 64)) if damaged else 0):
            damaged[rng.randrange(len(damaged))] ^= 1 << rng.randrange(8)
        if rng.random() < 0.3 and damaged:
            at = rng.randrange(len(damaged))
            damaged[at : at + 16] = rng.randbytes(len(damaged[at : at + 16]))
        path.write_bytes(damaged)
        outcomes = {arguments: _run(*arguments) for arguments in (*READS, CHANGE)}
        for arguments, (code, error) in outcomes.items():
            where = f"seed {seed}, damaged file {number}: {arguments[0]} ends with {code} {error}"
            assert code in {0, 1, 4} or (code == 3 and (error in UNUSABLE or arguments[0] in {"doctor", "export"})), where
        if all(code == 3 for code, _ in outcomes.values()):
            assert path.read_bytes() == damaged, f"seed {seed}, damaged file {number}: refused and changed"
        counted.update(files=1, commands=len(outcomes), noticed=outcomes["doctor",][0] == 3)
        Path("w.db-journal").unlink(missing_ok=True)
    return counted


def _read_only(folder: Path, what: str, sound: bytes) -> None:
    """Somebody who may read and not write sees everything, and is refused each change."""
    with tempfile.TemporaryDirectory() as own:  # imports everything: another user may not reach Python's own folder
        enter(Path(own))
        Path("w.db").write_bytes(sound)
        for arguments in (*READS, CHANGE):
            _run(*arguments)
        os.chdir("/")
    folder.mkdir()
    path = folder / "w.db"
    path.write_bytes(sound)
    path.chmod(0o444 if what == "file" else 0o666)
    folder.chmod(0o555)
    if os.getuid() == 0:
        os.setgid(NOBODY)
        os.setuid(NOBODY)
    os.chdir(folder)
    os.environ |= {"HOME": "/nonexistent", "SHOPLINK_ACTOR": "sam"}
    for arguments in READS[1:]:  # doctor says that others can read it
        assert (answer := _run(*arguments)[0]) in {0, 1}, f"{what}: {arguments[0]} ends with {answer}"
    assert (answer := _run(*CHANGE)) == (3, "read_only"), f"{what}: {answer}"
    assert (path.read_bytes(), os.listdir(folder)) == (sound, ["w.db"])
