"""Many programs start at once on a file that does not exist yet, is just being made, or has an older schema."""

import time
from collections import Counter
from functools import partial
from pathlib import Path

from core.doctor import examine
from core.errors import Exists, Missing
from core.store import schema
from core.workspace import Workspace
from tests.proof.children import answers
from tests.proof.part import Figures, Run
from tests.support import NOW, StoppedClock, older_file

Seen = tuple[str, int, tuple[int, str, int, tuple[str, ...]]]
"""What a process did, how often there was no file yet, and what it saw: schema, seed, number of shops, problems."""


def prove(run: Run) -> Figures:
    processes = run.size(4, 8)
    counted: Counter[str] = Counter()
    for number in range(run.size(4, 50)):
        new = run.folder / f"new-{number}.db"
        seen = _start_together(new, [number % 2 == 0 for number in range(processes)])
        outcomes = Counter(outcome for outcome, _, _ in seen)
        assert outcomes == {"made": 1, "exists": processes // 2 - 1, "opened": processes // 2}, f"{new.name}: {outcomes}"
        counted["rounds on a new file"] += 1
        counted["opened a new file as it was made"] += sum(waited > 0 for _, waited, _ in seen)
        old = older_file(run.folder / f"old-{number}.db")
        _start_together(old, [False] * processes)
        copies = list(old.parent.glob(f"{old.name}.before-schema-*"))
        assert len(copies) == 1, f"{old.name}: {len(copies)} copies"
        counted["rounds on an older file"] += 1
    assert counted["opened a new file as it was made"], "no process was early enough"
    return {"processes": processes, **counted, "errors": 0}


def _start_together(path: Path, makes: list[bool]) -> list[Seen]:
    """Start a process for each, to make the file or to open it as soon as it exists; all have to see the same."""
    start = time.monotonic() + 0.05 * len(makes)
    seen: list[Seen] = answers(partial(_started, path, start, make) for make in makes)
    states = {state for _, _, state in seen}
    assert len(states) == 1, f"{path.name}: {seen}"
    (version, _, _, problems) = states.pop()
    assert (version, problems) == (schema.VERSION, ()), f"{path.name}: {seen}"
    left = [found.name for found in path.parent.iterdir() if found.name.startswith((f".{path.name}", f"{path.name}-"))]
    assert not left, f"{path.name}: left behind: {left}"
    return seen


def _started(path: Path, start: float, make: bool) -> Seen:
    time.sleep(max(0, start - time.monotonic()))
    outcome, waited, clock = "made" if make else "opened", 0, StoppedClock(NOW.replace(month=12))
    try:
        if make:
            Workspace.create(path, actor="maya", clock=StoppedClock()).close()
    except Exists:
        outcome = "exists"
    while True:
        try:
            with Workspace.open(path, actor="sam", clock=clock) as workspace:
                problems = tuple(check.id for check in examine(workspace) if not check.ok)
                seed = str(workspace.store.value("SELECT seed FROM workspace"))
                return outcome, waited, (schema.version(workspace.store.connection), seed, workspace.shops.count(), problems)
        except Missing:
            waited += 1
