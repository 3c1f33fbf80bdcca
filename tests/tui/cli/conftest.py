import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.tui.cli.support import Run
from tui.cli import run


@pytest.fixture
def cli(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """Run a command on one workspace file with --json; return exit code and document."""
    monkeypatch.setenv("SHOPLINK_ACTOR", "maya")
    monkeypatch.setenv("TZ", "UTC")

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
