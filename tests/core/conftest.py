from collections.abc import Iterator
from pathlib import Path

import pytest

from core.models import WorkspaceKind
from core.workspace import Workspace
from tests.support import StoppedClock, record_workspace


@pytest.fixture
def clock() -> StoppedClock:
    return StoppedClock()


@pytest.fixture
def workspace(tmp_path: Path, clock: StoppedClock) -> Iterator[Workspace]:
    """A record workspace in a real file, empty, at tests.support.NOW."""
    with record_workspace(tmp_path, clock) as workspace:
        yield workspace


@pytest.fixture
def practice(clock: StoppedClock) -> Iterator[Workspace]:
    """A practice workspace, empty, at tests.support.NOW."""
    with Workspace.empty(WorkspaceKind.PRACTICE, "new-shop", "seed", actor="maya", clock=clock) as workspace:
        yield workspace
