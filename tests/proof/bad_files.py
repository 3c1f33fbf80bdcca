"""Files that are no workspace, damaged ones, ones that cannot be written or are held by others: told, and left as they are."""

import contextlib
import hashlib
import io
import json
import os
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from random import Random
from unittest.mock import patch

import pytest

from core import scenarios
from core.errors import WorkspaceError
from core.store import connection, schema
from core.workspace import Workspace
from tests.proof.changes import CODE, SCENARIO
from tests.proof.children import Child, answers
from tests.proof.part import Figures, Run
from tests.support import StoppedClock
from tui.cli import run as command

PROMISE = (
    "A file that cannot be used, empty, cut off, spoilt, another program's, too new, locked or not yours to write, is told "
    "with what to do next, and left as it is."
)

READS = (
    ("doctor",), ("shops",), ("status", CODE), ("accounts",), ("links",), ("history", "--limit", "500"), ("reminders",),
    ("members", "list", CODE), ("products", CODE), ("shop-page", CODE), ("rules", "--shop", CODE),
    ("check", "lumen.candles", "--shop", CODE, "--as", "marketing"), ("export",),
)  # fmt: skip
CHANGE = ("add-product", CODE, "--title", "Candle", "--price", "9.90")
UNUSABLE = {"missing", "locked", "damaged", "too_new", "read_only", "disk_full"}
NOBODY = 65534


def prove(run: Run) -> Figures:
    with tempfile.TemporaryDirectory() as shared:  # where others can reach it: who may not write is somebody else
        os.chmod(shared, 0o755)
        sound = run.folder / "sound.db"
        scenarios.create(sound, SCENARIO, actor="maya", clock=StoppedClock()).close()
        kinds = [answers([partial(_named, run.folder / f"kind {kind}", kind, sound)])[0] for kind in NAMED]
        spoilt = run.size(25, 1_200)
        halves = [range(0, spoilt, 2), range(1, spoilt, 2)]
        acts = [partial(_spoilt, run.folder / f"spoilt {half.start}", run.seed, half, sound.read_bytes()) for half in halves]
        told = sum(answers(acts, seconds=1800), Counter())
        kept = [
            *answers([partial(_not_writable, Path(shared) / what, what, sound.read_bytes()) for what in ("file", "folder")]),
            *answers([partial(_gone, run.folder / what, what, sound) for what in ("deleted", "replaced")]),
            _locked(run.folder / "locked.db", sound, connection.WAIT_SECONDS if run.long else 0.1),
        ]
    assert told["noticed"], f"seed {run.seed}: no file that was spoilt was noticed"
    return {
        "kinds of file that are no usable workspace": len(kinds),
        "commands on them, refused with the contract's error": sum(kinds),
        "files cut off or with bits flipped": spoilt,
        "of them noticed by doctor or refused": told["noticed"],
        "commands on them, answered or refused, none ended otherwise": told["commands"],
        "not to be written, deleted, replaced or locked while open": len(kept),
    }


def _said(*arguments: str) -> tuple[int, str]:
    """The exit code of a command, and the code of its error."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
        code = command(["--db", "w.db", *arguments, *([] if arguments[0] == "export" else ["--json"])])
    document = json.loads(out.getvalue()) if code and out.getvalue() else {}
    return code, document["error"]["code"] if isinstance(document, dict) and "error" in document else ""


def _into(folder: Path) -> None:
    """Work in a folder of its own, the log in it too."""
    os.umask(0o077)
    folder.mkdir(exist_ok=True)
    os.chdir(folder)
    os.environ |= {"HOME": str(folder), "SHOPLINK_ACTOR": "maya"}
    for name in [name for name in os.environ if name.startswith("XDG_")]:
        del os.environ[name]


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _strangers(path: Path, sound: Path) -> None:
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE recipes (name TEXT)")


def _newer(path: Path, sound: Path) -> None:
    path.write_bytes(sound.read_bytes())
    with closing(sqlite3.connect(path)) as other:
        other.execute(f"PRAGMA user_version = {schema.VERSION + 1}")


NAMED: dict[str, tuple[str, Callable[[Path, Path], object]]] = {
    "empty": ("damaged", lambda path, sound: path.touch()),
    "a text": ("damaged", lambda path, sound: path.write_text("Dear diary, today I linked an account.\n" * 200)),
    "zeros": ("damaged", lambda path, sound: path.write_bytes(bytes(8192))),
    "the header alone": ("damaged", lambda path, sound: path.write_bytes(sound.read_bytes()[:100])),
    "another program's": ("damaged", _strangers),
    "of a newer schema": ("too_new", _newer),
    "a folder": ("damaged", lambda path, sound: path.mkdir()),
    "none": ("missing", lambda path, sound: None),
}
"""Each with the code of its error."""


def _named(folder: Path, kind: str, sound: Path) -> int:
    """Every command on such a file; how many there were."""
    _into(folder)
    expected, make = NAMED[kind]
    path = Path("w.db")
    make(path, sound)
    before = (_digest(path) if path.is_file() else None, os.listdir())
    for arguments in (*READS, CHANGE):
        code, error = _said(*arguments)
        told = error or (arguments[0] in {"doctor", "export"} and expected)  # the one tells it as found, the other in words
        assert (code, told) == (3, expected), f"{kind}: {arguments[0]} says {code} {error}"
        assert (_digest(path) if path.is_file() else None, os.listdir()) == before, f"{kind}: {arguments[0]} left something"
    return len(READS) + 1


def _spoilt(folder: Path, seed: int, numbers: range, sound: bytes) -> Counter[str]:
    """Spoil copies of a sound file, and ask everything of each."""
    _into(folder)
    told: Counter[str] = Counter()
    path = Path("w.db")
    for number in numbers:
        rng = Random(f"{seed}/spoilt/{number}")
        spoilt = bytearray(sound)
        if rng.random() < 0.2:
            del spoilt[rng.randrange(len(spoilt)) :]
        for _ in range(rng.choice((1, 1, 2, 8, 64)) if spoilt else 0):
            spoilt[rng.randrange(len(spoilt))] ^= 1 << rng.randrange(8)
        if rng.random() < 0.3 and spoilt:
            at = rng.randrange(len(spoilt))
            spoilt[at : at + 16] = rng.randbytes(len(spoilt[at : at + 16]))
        path.write_bytes(spoilt)
        outcomes = [_said(*arguments) for arguments in (*READS, CHANGE)]
        for arguments, (code, error) in zip((*READS, CHANGE), outcomes, strict=True):
            where = f"seed {seed}, spoilt file {number}: {arguments[0]} ends with {code} {error}"
            assert code in {0, 1, 4} or (code == 3 and (error in UNUSABLE or arguments[0] in {"doctor", "export"})), where
        if all(code == 3 for code, _ in outcomes):
            assert path.read_bytes() == spoilt, f"seed {seed}, spoilt file {number}: it was refused and altered"
        told["commands"] += len(outcomes)
        told["noticed"] += outcomes[0][0] == 3
        for left in Path().glob("w.db-journal"):
            left.unlink()
    return told


def _not_writable(folder: Path, what: str, sound: bytes) -> bool:
    """Somebody who may read and not write sees everything, and is refused each change."""
    with tempfile.TemporaryDirectory() as own:  # all is imported by then: they may not be let into where Python is
        _into(Path(own))
        Path("w.db").write_bytes(sound)
        for arguments in (*READS, CHANGE):
            _said(*arguments)
        os.chdir("/")
    folder.mkdir()
    path = folder / "w.db"
    path.write_bytes(sound)
    path.chmod(0o444 if what == "file" else 0o666)
    folder.chmod(0o555)
    before = _digest(path)
    if os.getuid() == 0:
        os.setgid(NOBODY)
        os.setuid(NOBODY)
    os.chdir(folder)
    os.environ |= {"HOME": "/nonexistent", "SHOPLINK_ACTOR": "sam"}
    for arguments in READS:
        if arguments[0] != "doctor":  # which says that others can read it
            assert (said := _said(*arguments)[0]) in {0, 1}, f"{what}: {arguments[0]} says {said}"
    assert (said := _said(*CHANGE)) == (3, "read_only"), f"{what}: {said}"
    assert (_digest(path), os.listdir(folder)) == (before, ["w.db"])
    return True


def _gone(folder: Path, what: str, sound: Path) -> bool:
    """What would be written after the file is gone is told, not lost in a file that nobody sees."""
    _into(folder)
    path = folder / "w.db"
    path.write_bytes(sound.read_bytes())
    with Workspace.open(path, actor="maya", clock=StoppedClock()) as workspace:
        path.rename(folder / "elsewhere.db")
        if what == "replaced":
            path.write_bytes(sound.read_bytes())
        before = _digest(folder / "elsewhere.db")
        with pytest.raises(WorkspaceError) as told:
            workspace.products.add(CODE, "Candle", "9.90")
        assert told.value.remedy
        assert workspace.shops.get(CODE)
    assert _digest(folder / "elsewhere.db") == before
    assert not path.exists() or path.read_bytes() == sound.read_bytes()
    return True


@contextlib.contextmanager
def _held(path: Path) -> Iterator[None]:
    """Another program holds the file for itself."""

    def hold(tell: int) -> None:
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            os.write(tell, b"held")
            os.read(wait, 1)

    wait, release = os.pipe()
    child = Child(hold)
    assert child.read() == b"held"
    try:
        yield
    finally:
        os.write(release, b".")
        assert child.end() == 0


def _locked(path: Path, sound: Path, seconds: float) -> bool:
    path.write_bytes(sound.read_bytes())
    before = _digest(path)
    with patch.object(connection, "WAIT_SECONDS", seconds), _held(path):
        [said] = answers([partial(_on, path, ("shops",))])
        assert said == (3, "locked"), said
        assert _digest(path) == before
    [said] = answers([partial(_on, path, CHANGE)])
    assert said == (0, ""), said
    return True


def _on(path: Path, arguments: tuple[str, ...]) -> tuple[int, str]:
    _into(path.parent)
    path.rename("w.db")
    try:
        return _said(*arguments)
    finally:
        Path("w.db").rename(path)
