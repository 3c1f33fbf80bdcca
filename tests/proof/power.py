"""The power fails at any moment: of what was not flushed, each piece may be on the disk, missing, torn or zeroed."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from random import Random
from unittest.mock import patch

from core.errors import WorkspaceError
from core.store import connection, invariants
from core.workspace import Workspace
from tests.proof.changes import Plan, plan, state
from tests.proof.children import answers
from tests.proof.part import Figures, Run
from tests.proof.recorder import Call, Recorder, can_record
from tests.support import StoppedClock

SECTOR = 512
WEAKER = ("OFF", "FULL")
"""Ways of writing that are less careful than ours: what they would lose, the same images show."""


def prove(run: Run) -> Figures:
    if not can_record():
        assert not (run.long or os.environ.get("CI")), (
            "this Python lets nobody reach its SQLite: use one linked to it as a library"
        )
        return {"losses of power": "untried: this Python lets nobody reach its SQLite"}
    images = run.size(40, 1_000)
    rng = Random(f"{run.seed}/power")
    planned = plan(run.folder / "power", rng, run.size(30, 120))
    told: Figures = {}
    for synchronous in ("EXTRA", *WEAKER):
        [calls] = answers([partial(_recorded, planned, run.folder / "recorded.db", synchronous)])
        writes = sum(call.what in {"write", "cut"} for call in calls)
        assert writes > len(planned.changes), "nothing was recorded"
        outcomes = [_outcome(run, calls, planned, Random(f"{run.seed}/power/{number}")) for number in range(images)]
        lost, broken = outcomes.count("lost"), outcomes.count("broken")
        if synchronous == "EXTRA":
            where = f"seed {run.seed}, image {next((n for n, one in enumerate(outcomes) if one != 'kept'), None)}"
            assert not lost + broken, f"{where}: {lost} lost an acknowledged change, {broken} are broken"
            told["losses of power, images of the disk"] = images
            told["writes recorded, of which those not flushed are there, absent, torn or zeroed"] = writes
            told["of the images with an acknowledged change lost, or broken"] = lost + broken
        else:
            told[f"the same with synchronous={synchronous}: lost or broken"] = lost + broken
            assert synchronous != "OFF" or broken, f"seed {run.seed}: synchronous=OFF breaks nothing, so nothing was tried"
    return told


def _recorded(planned: Plan, path: Path, synchronous: str) -> list[Call]:
    """All that is asked of the disk while the program carries out the plan."""
    path.unlink(missing_ok=True)
    shutil.copy(planned.begin, path)
    recorder, clock = Recorder(), StoppedClock()
    ours = tuple(f"synchronous = {synchronous}" if "synchronous" in pragma else pragma for pragma in connection.PRAGMAS)
    with patch.object(connection, "PRAGMAS", ours), Workspace.open(path, actor="maya", clock=clock) as workspace:
        for change in planned.changes:
            change.carry_out(workspace, clock)
            recorder.acknowledge()
        return [call for call in recorder.calls if call.what == "acknowledged" or call.name.startswith(str(path))]


def _outcome(run: Run, calls: list[Call], planned: Plan, rng: Random) -> str:
    """What a person finds after the power has failed at a moment: all "kept", something "lost", or the file "broken"."""
    cut = rng.randrange(len(calls))
    acknowledged = sum(call.what == "acknowledged" for call in calls[:cut])
    folder = run.folder / "image"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    for name, content in _disk(planned.begin.read_bytes(), calls[:cut], rng):
        (folder / name).write_bytes(content)
    try:
        with Workspace.open(folder / "recorded.db", actor="maya", clock=StoppedClock()) as workspace:
            if invariants.file_problems(workspace.store):
                return "broken"
            found = state(workspace)
    except WorkspaceError:
        return "broken"
    if found in planned.states[acknowledged : acknowledged + 2]:
        return "kept"
    return "lost" if found in planned.states else "broken"


@dataclass
class _File:
    """What of a file is safe, and what of it was asked for since it was last flushed."""

    safe: bytes = b""
    open: list[Call] = field(default_factory=list)
    named: bool = False
    """Whether its name is safe too."""


def _disk(begin: bytes, calls: list[Call], rng: Random) -> Iterator[tuple[str, bytes]]:
    """The files as they may be found, by name."""
    files = {"recorded.db": _File(begin, named=True)}
    gone: dict[str, _File] = {}  # deleted, and the folder not flushed since
    for call in calls:
        name = Path(call.name).name
        match call.what:
            case "open" if name not in files and call.number:
                files[name] = _File()
            case "write" | "cut":
                files[name].open.append(call)
            case "flush":
                file = files[name]
                file.safe, file.open = _applied(file.safe, file.open), []
                if not file.named:  # SQLite flushes the folder with a new journal
                    file.named = True
                    gone.clear()
            case "delete":
                deleted = files.pop(name, None)
                if call.number:
                    gone.clear()
                elif deleted and deleted.named:
                    gone[name] = deleted
    for name, file in files.items():
        if file.named or rng.random() < 0.5:
            yield name, _torn(file, rng)
    for name, file in gone.items():
        if name not in files and rng.random() < 0.5:
            yield name, _torn(file, rng)


def _applied(content: bytes, calls: list[Call]) -> bytes:
    made = bytearray(content)
    for call in calls:
        if call.what == "cut":
            del made[call.number :]
        else:
            made.extend(bytes(max(0, call.number - len(made))))
            made[call.number : call.number + len(call.content)] = call.content
    return bytes(made)


def _torn(file: _File, rng: Random) -> bytes:
    """The file's content, of what is not safe each piece there, absent, torn or zeroed."""
    found: list[Call] = []
    for call in file.open:
        fate = rng.choice(("there", "absent", "torn", "zeroed"))
        if fate == "there" or (call.what == "cut" and fate != "absent"):
            found.append(call)
        elif fate == "zeroed":
            found.append(Call("write", call.name, call.number, bytes(len(call.content))))
        elif fate == "torn":
            for at in range(0, len(call.content), SECTOR):
                if rng.random() < 0.5:
                    found.append(Call("write", call.name, call.number + at, call.content[at : at + SECTOR]))
    return _applied(file.safe, found)
