from collections.abc import Callable, Iterator
from datetime import UTC
from pathlib import Path

import pytest

from core.workspace import Workspace
from tests.support import StoppedClock, new_workspace
from tui.app import ShoplinkApp

SIZES = {"80x24": (80, 24), "120x40": (120, 40)}


@pytest.fixture
def clock() -> StoppedClock:
    return StoppedClock()


@pytest.fixture
def app_on(tmp_path: Path, clock: StoppedClock, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., ShoplinkApp]]:
    """Make the app on a practice workspace of a scenario, on an empty record ("record"), or on no workspace ("")."""
    opened: list[Workspace] = []

    def make(scenario: str = "new-shop") -> ShoplinkApp:
        monkeypatch.chdir(tmp_path)
        path = Path("practice.db")  # relative, because pictures show it
        workspace = None
        if scenario:
            chosen = None if scenario == "record" else scenario
            workspace = new_workspace(path, chosen, actor="maya", clock=clock, seed=scenario)
            opened.append(workspace)
        return ShoplinkApp(workspace, path=path, actor="maya", clock=clock, zone=UTC)

    yield make
    for workspace in opened:
        workspace.close()


@pytest.fixture(params=SIZES)
def size(request: pytest.FixtureRequest) -> tuple[int, int]:
    return SIZES[request.param]
