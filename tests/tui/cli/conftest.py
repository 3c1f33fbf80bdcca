import json
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from core.workspace import Workspace
from tests.support import StoppedClock
from tests.tui.cli.support import SELLER, Run
from tui.cli import run


@pytest.fixture
def stopped(monkeypatch: pytest.MonkeyPatch) -> StoppedClock:
    """The clock by which commands open and create workspaces, stopped."""
    clock = StoppedClock()
    for function in (Workspace.open, Workspace.create):
        monkeypatch.setitem(function.__kwdefaults__, "clock", clock)
    return clock


@pytest.fixture
def record(cli: Run, stopped: StoppedClock) -> Run:
    """A record with the shop USLCMAPLE1."""
    assert cli("init", "--record")[0] == 0
    assert cli("add-shop", "--name", "Maple Wick", "--code", "USLCMAPLE1", *SELLER)[0] == 0
    return cli


@pytest.fixture
def cli(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """Run a command on one workspace file with --json; return exit code and document."""
    monkeypatch.setenv("SHOPLINK_ACTOR", "maya")
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()

    def call(*arguments: str, db: Path | None = None, text: bool = False) -> tuple[int, Any]:
        capsys.readouterr()
        options = [] if text else ["--json"]
        code = run(["--db", str(db or tmp_path / "w.db"), *arguments, *options])
        out = capsys.readouterr().out
        return code, out if text else json.loads(out)

    environment = dict(os.environ)
    yield call
    os.environ.update(environment)  # storyboard removes what Textual would read


@pytest.fixture
def practice(cli: Run) -> Run:
    assert cli("init", "--practice", "new-shop")[0] == 0
    return cli
