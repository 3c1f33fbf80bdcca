"""Mistakes planted one at a time in the rules and in the use cases of links, by mutmut; some test has to notice each.

It works on a copy, so nothing of an earlier run is believed. The few mistakes that change nothing anybody could see
stand in survivors.toml, each with the reason.
"""

import ast
import os
import random
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import NamedTuple

from tests.proof.part import Figures, Run

PROMISE = (
    "The rules are tested to the last word: of the mistakes planted one at a time in them and in what is done with a link, "
    "a test finds every one that changes anything."
)

ROOT = Path(__file__).parents[2]
COPIED = ("pyproject.toml", "core", "data", "tests/__init__.py", "tests/conftest.py", "tests/support.py", "tests/core")
RULES = "core/rules.py"
MUTATED = {
    RULES: ["tests/core/test_rules.py", "tests/core/test_rule_answers.py"],
    "core/links.py": [f"tests/core/test_{name}.py" for name in ("links", "link_states", "link_history", "link_checks")],
}
"""What mistakes are planted in, and the tests of it: quick ones, without a screen."""

CONFIGURATION = """
[tool.mutmut]
source_paths = ["core"]
only_mutate = {files}
also_copy = ["data"]
pytest_add_cli_args = ["--hypothesis-profile=ci"]  # always the same examples: a mistake is found each time or never
pytest_add_cli_args_test_selection = {tests}
"""
SAMPLED_FUNCTIONS = 3
"""How many functions of the rules the short form looks into; of each it tries a fifth of the mistakes."""


class Survivor(NamedTuple):
    """A mistake that no test notices: the function it is in, and its lines before and after."""

    function: str
    was: str
    becomes: str


def prove(run: Run) -> Figures:
    """Plant every mistake that mutmut knows; in the short form, some of a few functions of the rules."""
    sample = None if run.long else _sample(run.seed)
    _lay_out(run.folder, sample)
    _mutmut(run.folder, "run", "--max-children", "2" if run.long else "1", *(sample or {}).values())
    fates = _fates(run.folder)
    survivors = [_survivor(run.folder, name) for name, fate in fates.items() if fate != "killed"]
    explained = _explained()
    unexplained = [survivor for survivor in survivors if survivor not in explained]
    assert not unexplained, _told(
        "No test finds these mistakes, and tests/proof/survivors.toml does not explain them", unexplained
    )
    if run.long:
        stale = [survivor for survivor in explained if survivor not in survivors]
        assert not stale, _told("These stand in tests/proof/survivors.toml and no longer survive, or no longer exist", stale)
        untried = _functions() - {_function(name) for name in fates}
        assert not untried, (
            f"mutmut found nothing to change in {sorted(untried)}; it passes over decorated functions without a word"
        )
    return _figures(fates)


def _sample(seed: int) -> dict[str, str]:
    """Functions of the rules, and of each the mistakes whose number ends with 1 or a digit by chance, as mutmut selects them."""
    chance = random.Random(seed)
    functions = sorted(name.removeprefix("core.rules.") for name in _functions() if name.startswith("core.rules."))
    chosen = chance.sample(functions, SAMPLED_FUNCTIONS)
    return {name: f"core.rules.x_{name}__mutmut_*[1{chance.randrange(10)}]" for name in chosen}


def _lay_out(folder: Path, sample: dict[str, str] | None) -> None:
    """Copy what is tested and the tests of it; with a `sample`, so that only its functions are changed."""
    for name in COPIED:
        (folder / name).parent.mkdir(exist_ok=True)
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, folder / name)
    files = list(MUTATED) if sample is None else [RULES]
    tests = [test for file in files for test in MUTATED[file]]
    with (folder / "pyproject.toml").open("a", encoding="utf-8") as configuration:
        configuration.write(CONFIGURATION.format(files=files, tests=tests))
    if sample:
        text = (folder / RULES).read_text(encoding="utf-8")
        others = re.sub(rf"^(def (?!({'|'.join(sample)})\().*:)$", r"\1  # pragma: no mutate block", text, flags=re.MULTILINE)
        (folder / RULES).write_text(others, encoding="utf-8")


def _mutmut(folder: Path, *arguments: str) -> str:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
    command = [sys.executable, "-c", "from mutmut.__main__ import cli; cli()", *arguments]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"mutmut {' '.join(arguments)}: {done.stdout[-2000:]}{done.stderr[-2000:]}"
    return done.stdout


def _fates(folder: Path) -> dict[str, str]:
    """What became of each mistake that was tried, by mutmut's name for it."""
    found = re.findall(r"^ +(\S+): (.+)$", _mutmut(folder, "results", "--all", "true"), re.MULTILINE)
    return {name: fate for name, fate in found if fate != "not checked"}


def _function(name: str) -> str:
    """The function in which the mistake of this name is, such as core.links.Links.request."""
    return name.partition("__mutmut_")[0].replace(".x_", ".").replace("xǁ", "").replace("ǁ", ".")


def _functions() -> set[str]:
    """Every function that could hold a mistake."""
    found = set()
    for file in MUTATED:
        module = file.removesuffix(".py").replace("/", ".")
        for node in ast.parse((ROOT / file).read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef):
                found.add(f"{module}.{node.name}")
            elif isinstance(node, ast.ClassDef):
                found.update(f"{module}.{node.name}.{method.name}" for method in node.body if isinstance(method, ast.FunctionDef))
    return found


def _survivor(folder: Path, name: str) -> Survivor:
    lines = _mutmut(folder, "show", name).splitlines()[3:]  # below its name and the two files' names
    was, becomes = ("\n".join(line[1:].strip() for line in lines if line.startswith(sign)) for sign in "-+")
    return Survivor(_function(name), was, becomes)


def _explained() -> list[Survivor]:
    entries = tomllib.loads((Path(__file__).parent / "survivors.toml").read_text(encoding="utf-8"))["survivor"]
    assert all(entry["why"].strip() for entry in entries)
    return [Survivor(entry["function"], entry["was"], entry["becomes"]) for entry in entries]


def _told(what: str, survivors: list[Survivor]) -> str:
    return f"{what}:\n" + "\n".join(f"\n{found.function}\n- {found.was}\n+ {found.becomes}" for found in survivors)


def _figures(fates: dict[str, str]) -> Figures:
    figures: Figures = {}
    for file in MUTATED:
        module = file.removesuffix(".py").replace("/", ".")
        of_file = [fate for name, fate in fates.items() if name.startswith(f"{module}.")]
        if of_file:
            found = of_file.count("killed")
            figures[f"mistakes planted in {file}"] = len(of_file)
            figures[f"found by a test of {file}"] = found
            figures[f"change nothing, explained, in {file}"] = len(of_file) - found
            figures[f"of {file} found"] = f"{found / len(of_file):.1%}"
    return figures
