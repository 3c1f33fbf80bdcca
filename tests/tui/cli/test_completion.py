"""Completion in a real bash from a real workspace; whatever is wrong with it, nothing is printed."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from core import scenarios
from core.workspace import Workspace
from tests.tui.cli.support import Run
from tests.tui.cli.test_opening import OLDER

ASK = """
set -u
eval "$(shoplink completion bash)"
COMP_WORDS=("$@")
COMP_CWORD=$(($# - 1))
COMPREPLY=()
_shoplink_completion shoplink
printf '%s\\n' "${COMPREPLY[@]}"
"""


@pytest.fixture
def complete(tmp_path: Path):  # type: ignore[no-untyped-def]
    """The completions that bash offers for the last of these words."""
    bash = shutil.which("bash")
    assert bash, "bash is needed to try completion in it"
    path = tmp_path / "w.db"
    scenarios.create(path, "organization", actor="maya").close()
    command = tmp_path / "bin" / "shoplink"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec {sys.executable} -c "from tui.cli import main; main()" "$@"\n')
    command.chmod(0o755)

    def ask(*words: str, db: Path = path) -> list[str]:
        environment = {**os.environ, "PATH": f"{command.parent}:{os.environ['PATH']}", "SHOPLINK_DB": str(db)}
        arguments = [bash, "-c", ASK, "bash", "shoplink", *words]
        done = subprocess.run(arguments, env=environment, capture_output=True, text=True, check=True)
        assert done.stderr == ""
        return done.stdout.split()

    ask.path = path
    return ask


def test_names_are_completed_from_the_workspace(complete) -> None:  # type: ignore[no-untyped-def]
    with Workspace.open(complete.path, actor="maya") as workspace:
        links = [link.id for link in workspace.links.find()]
        member = workspace.organizations.every_member()[0]
    assert {"status", "storyboard"} <= set(complete("st"))
    assert complete("status", "us") == ["USLCDEMO01", "USLCDEMO03"]
    assert complete("history", "--shop", "USLCDEMO03") == ["USLCDEMO03"]
    assert complete("check", "@lumen.candle.") == ["@lumen.candle.co"]
    assert set(complete("unlink", "")) == set(links)
    assert complete("rules", "official.unlink-l") == ["official.unlink-limit"]
    assert "just-linked" in complete("demo", "just")
    assert complete("demo", "--play", "rename") == ["rename-the-shop"]
    assert set(complete("check", "x", "--as", "")) == {"official", "marketing"}
    assert member.id in complete("members", "remove", "")
    assert "--dry-run" in complete("import", "--")


def test_without_a_workspace_completion_is_empty_and_silent(complete, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    assert complete("status", "", db=tmp_path / "none.db") == []
    (tmp_path / "text.db").write_text("hello")
    assert complete("status", "", db=tmp_path / "text.db") == []


def test_completion_does_not_migrate_an_older_file(complete, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    older = shutil.copy(OLDER, tmp_path / "older.db")
    assert complete("status", "us", db=older) == []
    Workspace.open(Path(older), actor="maya").close()
    assert complete("status", "us", db=older)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_of_each_shell_is_printed(cli: Run, shell: str) -> None:
    code, script = cli("completion", shell, text=True)
    assert code == 0
    assert "_SHOPLINK_COMPLETE" in script


def test_an_unknown_shell_is_wrong_usage(cli: Run) -> None:
    assert cli("completion", "tcsh", text=True)[0] == 2
