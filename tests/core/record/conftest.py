from collections.abc import Iterator

import pytest

from core.workspace import Workspace
from tests.support import StoppedClock


@pytest.fixture
def workspace(clock: StoppedClock) -> Iterator[Workspace]:
    """A record workspace in memory: these tests make many changes, and a disk takes its time for each."""
    with Workspace.in_memory(actor="maya", clock=clock) as workspace:
        yield workspace
