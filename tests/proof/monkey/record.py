"""Checks of the record after a session: the promises in the tables, the history replayed, and `doctor`."""

from pathlib import Path

from core.clock import Clock
from core.doctor import examine
from core.workspace import Workspace
from tests.proof.machine.tables import Tables


def check_record(path: Path, clock: Clock) -> int:
    """Check a file; return how many entries of its history were replayed."""
    tables = Tables(path)
    try:
        tables.look()
        tables.check_promises()
        tables.check_whole_history()
    finally:
        tables.close()
    with Workspace.open(path, actor="maya", clock=clock) as workspace:
        wrong = [check.message for check in examine(workspace) if not check.ok]
    assert not wrong, f"doctor says: {wrong}"
    return tables.events
