"""Opening the screens without a command: as click would do it, without importing click."""

import gc
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import older_file
from tui import launch
from tui.cli import opening, run


def test_the_screens_import_neither_click_nor_pydantic() -> None:
    modules = "tui.cli, tui.cli.opening, tui.paths, core.workspace, tui.launch, tui.screens.shops, tui.screens.welcome"
    first = "tui.screens.settings, tui.screens.linked_accounts.official"
    code = f"import sys, {modules}, {first}; sys.exit(bool({{'click', 'pydantic'}} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[3], check=False).returncode == 0


def test_the_demo_imports_neither_click_nor_the_screens_before_the_workspace_is_made() -> None:
    code = "import sys, tui.cli.practice, core.workspace; sys.exit(bool({'click', 'pydantic', 'textual'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[3], check=False).returncode == 0


@pytest.mark.parametrize("variable", ["", "from-environment.db"])
def test_the_db_option_wins_over_the_environment(monkeypatch: pytest.MonkeyPatch, variable: str) -> None:
    monkeypatch.setenv("SHOPLINK_DB", variable)
    assert opening.named([]) == (True, Path(variable) if variable else None)
    assert opening.named(["--db", "named.db"]) == (True, Path("named.db"))


@pytest.mark.parametrize(
    "arguments",
    [["status"], ["--help"], ["--version"], ["--db"], ["--db", ""], ["--db", "a\0b"], ["--db", "a" * 5000], ["--db", "a", "b"]],
)
def test_everything_else_is_left_to_click(arguments: list[str]) -> None:
    assert opening.named(arguments) == (False, None)


def test_a_shell_that_completes_asks_click(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(opening.COMPLETING, "bash_complete")
    assert opening.named([]) == (False, None)


@pytest.mark.parametrize("arguments", [["shops"], ["doctor"], []], ids=["command", "doctor", "screens"])
@pytest.mark.parametrize(("terminal", "large"), [(True, True), (True, False), (False, True)])
def test_migrating_a_large_file_is_announced_only_on_a_terminal(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    terminal: bool,
    large: bool,
) -> None:
    path = older_file(tmp_path / "w.db")
    monkeypatch.setattr(opening, "LONG", 1000 if large else 10**9)
    monkeypatch.setattr(opening, "needs_terminal", lambda: False)
    monkeypatch.setattr(launch, "run", lambda workspace, *_, **__: workspace.close() or 0)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: terminal, raising=False)
    for first in (True, False):
        assert run(["--db", str(path), *arguments]) == 0
        said = "brought up to date" in capsys.readouterr().err
        assert said == (first and terminal and large)
    gc.enable()  # as the first page does
