"""The screens, opened by no command at all: the same as click would have it, without click."""

import subprocess
import sys
from pathlib import Path

import pytest

from tui.cli import opening


def test_the_screens_and_what_they_open_need_no_click() -> None:
    modules = "tui.cli, tui.cli.opening, tui.paths, core.workspace, tui.launch, tui.screens.shops, tui.screens.welcome"
    code = f"import sys, {modules}; sys.exit('click' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[3], check=False).returncode == 0


@pytest.mark.parametrize("variable", ["", "from-environment.db"])
def test_the_workspace_is_named_by_the_option_then_by_the_environment(monkeypatch: pytest.MonkeyPatch, variable: str) -> None:
    monkeypatch.setenv("SHOPLINK_DB", variable)
    assert opening.named([]) == (True, Path(variable) if variable else None)
    assert opening.named(["--db", "named.db"]) == (True, Path("named.db"))


@pytest.mark.parametrize(
    "arguments",
    [["status"], ["--help"], ["--version"], ["--db"], ["--db", ""], ["--db", "a\0b"], ["--db", "a" * 5000], ["--db", "a", "b"]],
)
def test_everything_else_is_click_s_to_tell(arguments: list[str]) -> None:
    assert opening.named(arguments) == (False, None)


def test_a_shell_that_completes_asks_click(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(opening.COMPLETING, "bash_complete")
    assert opening.named([]) == (False, None)
