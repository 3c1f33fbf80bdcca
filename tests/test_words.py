"""The words that people read: TikTok's own, in plain English."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]

INSTEAD = {
    r"for ever": "forever",
    r"mend(ed|s)?": "fix",
    r"tak(e|es|en|ing) in": "import",
    r"anew": "again",
    r"bears? (the|its|it|one)": "have, share",
    r"runs? out": "expire",
    r"asked for (as|by|for)": "requested",
    r"stand(s)? for them": "confirm",
    r"nobody has stated": "not entered",
    r"came to an end": "ended",
    r"other face": "content view",
    r"unbind(s|ing)?": "unlink",
    r"like that": "matching",
}
"""What is not said, and what is said instead."""

NAMES = {
    r"seller centre": "Seller Center",
    r"seller-center": "Seller Center",
    r"shop pages": "Shop Page",
    r"show case": "Showcase",
}
"""How TikTok's names are not written."""


def shown_texts() -> Iterator[tuple[str, str]]:
    """Yield each text that people read, with its place: of the data files, of screens, commands and errors, and of pages."""
    for path in sorted((ROOT / "data").rglob("*.toml")):
        for text in _texts(tomllib.loads(path.read_text())):
            yield str(path.relative_to(ROOT)), text
    for path in sorted([*(ROOT / "tui").rglob("*.py"), *(ROOT / "core").rglob("*.py")]):
        for line, text in _literals(ast.parse(path.read_text())):
            yield f"{path.relative_to(ROOT)}:{line}", text
    for path in (ROOT / "README.md", ROOT / "CHANGELOG.md"):
        yield str(path.relative_to(ROOT)), path.read_text()


def _texts(found: Any) -> Iterator[str]:
    if isinstance(found, str):
        yield found
    elif isinstance(found, dict):
        for value in found.values():
            yield from _texts(value)
    elif isinstance(found, list):
        for value in found:
            yield from _texts(value)


def _literals(tree: ast.AST) -> Iterator[tuple[int, str]]:
    documented = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, (ast.Module, ast.ClassDef)) and node.body and isinstance(node.body[0], ast.Expr)
    }
    described = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)} - {
        id(function.body[0].value)
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef) and function.name.endswith("_command") and isinstance(function.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documented | described:
            yield node.lineno, node.value


ALL = list(shown_texts())


@pytest.mark.parametrize(("quaint", "instead"), {**INSTEAD, **NAMES}.items())
def test_a_quaint_word_is_nowhere(quaint: str, instead: str) -> None:
    pattern = re.compile(rf"(?<![\w-]){quaint}(?![\w-])", re.IGNORECASE)
    found = [f"{place}: {text[:80]}" for place, text in ALL if pattern.search(text)]
    assert not found, f"write: {instead}"


def test_every_text_of_screens_and_commands_is_read_here() -> None:
    texts = [text for _, text in ALL]
    assert len(texts) > 3000
    assert any("Choose your next step" in text for text in texts)  # a screen
    assert any("Unlinks are never restored" in text for text in texts)  # a rule
    assert any("Record that nobody answered a request in time." in text for text in texts)  # a command
