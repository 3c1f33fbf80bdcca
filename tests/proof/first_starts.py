"""Many programs start at once on a file that does not exist yet, is just being made, or has an older schema."""

import time
from collections import Counter
from functools import partial
from pathlib import Path
from typing import Any

from core.doctor import examine
from core.errors import Exists, Missing
from core.store import schema
from core.workspace import Workspace
from tests.proof.children import answers
from tests.proof.part import Figures, Run
from tests.support import NOW, StoppedClock, older_file


def prove(run: Run) -> Figures:
    processes = run.size(4, 8)
    counted: Counter[str] = Counter()
    for number in range(run.size(3, 50)):
        outcomes = _start_together(run.folder / f"new-{number}.db", [number % 2 == 0 for number in range(processes)])
        counted["opened a new file as it was made"] += outcomes.pop("waited", 0)
        assert outcomes == {"made": 1, "exists": processes // 2 - 1, "opened": processes // 2}, outcomes
        old = older_file(run.folder / f"old-{number}.db")
        _start_together(old, [False] * processes)
        copies = list(old.parent.glob(f"{old.name}.before-schema-*"))
        assert len(copies) == 1, f"{old.name}: {len(copies)} copies"
        counted["rounds on a new file and on an older one"] += 1
    assert counted["opened a new file as it was made"], "no process was early enough"
    return {"processes": processes, **counted, "errors": 0}


def _start_together(path: Path, makes: list[bool]) -> Counter[str]:
    """Start a process for each, to make the file or to open it as soon as it exists; all have to see the same."""
    start = time.monotonic() + 0.05 * len(makes)
    seen = answers(partial(_started, path, start, make) for make in makes)
    version, seeds, shops, problems = map(set, zip(*(state for _, state in seen), strict=True))
    assert (version, len(seeds), len(shops), problems) == ({schema.VERSION}, 1, 1, {()}), f"{path.name}: {seen}"
    left = [found.name for found in path.parent.iterdir() if found.name.startswith((f".{path.name}", f"{path.name}-"))]
    assert not left, f"{path.name}: left behind: {left}"
    return Counter(outcome for outcomes, _ in seen for outcome in outcomes)


def _started(path: Path, start: float, make: bool) -> tuple[set[str], tuple[Any, ...]]:
    """Make or open the file; return what this process did, and what it saw: schema, seed, number of shops, problems."""
    time.sleep(max(0, start - time.monotonic()))
    outcomes = {"made" if make else "opened"}
    try:
        if make:
            Workspace.create(path, actor="maya", clock=StoppedClock()).close()
    except Exists:
        outcomes = {"exists"}
    while True:
        try:
            with Workspace.open(path, actor="sam", clock=StoppedClock(NOW.replace(month=12))) as workspace:
                problems = tuple(check.id for check in examine(workspace) if not check.ok)
                seed = workspace.store.value("SELECT seed FROM workspace")
                return outcomes, (schema.version(workspace.store.connection), seed, workspace.shops.count(), problems)
        except Missing:
            outcomes.add("waited")
