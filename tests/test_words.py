"""The words that people read: TikTok's own, in plain English."""

import ast
import re
import tomllib
from collections.abc import Iterator, Set
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tui.command_line import COMMANDS

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
    r"take it in|taking it in|takes it in": "import",
    r"esc does not": "esc cancels",
    r"under the cursor": "selected",
    r"look twice": "check the spelling",
    r"is called otherwise": "has a new username",
    r"linked nowhere": "isn't linked",
    r"cannot": "can't",
    r"does not": "doesn't",
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


def screen_texts() -> Iterator[tuple[str, str]]:
    """Yield each text that a screen can show, with its place: not the commands' own, nor a command that an error suggests."""
    for folder in ("data/texts", "data/tours", "data/scenarios"):
        for path in sorted((ROOT / folder).glob("*.toml")):
            for text in _texts(tomllib.loads(path.read_text())):
                yield str(path.relative_to(ROOT)), text
    for path in (ROOT / "data/policy.toml", ROOT / "data/compare.toml"):
        for text in _texts(tomllib.loads(path.read_text())):
            yield path.name, text
    for path in sorted([*(ROOT / "tui").rglob("*.py"), *(ROOT / "core").rglob("*.py")]):
        place = path.relative_to(ROOT)
        if place.parts[:2] not in {("tui", "cli"), ("tui", "storyboard"), ("tui", "serve")} and place != Path("core/doctor.py"):
            tree = ast.parse(path.read_text())
            commands = {
                id(node)
                for keyword in ast.walk(tree)
                if isinstance(keyword, ast.keyword) and keyword.arg == "command"
                for node in ast.walk(keyword.value)
            }
            for line, text in _literals(tree, but=commands):
                yield f"{place}:{line}", text


def _texts(found: Any) -> Iterator[str]:
    if isinstance(found, str):
        yield found
    elif isinstance(found, dict):
        for value in found.values():
            yield from _texts(value)
    elif isinstance(found, list):
        for value in found:
            yield from _texts(value)


def _literals(tree: ast.AST, but: Set[int] = frozenset()) -> Iterator[tuple[int, str]]:
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
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documented | described | but:
            yield node.lineno, node.value


@cache
def every() -> tuple[tuple[str, str], ...]:
    return tuple(shown_texts())


@pytest.mark.parametrize(("quaint", "instead"), {**INSTEAD, **NAMES}.items())
def test_a_quaint_word_is_nowhere(quaint: str, instead: str) -> None:
    pattern = re.compile(rf"(?<![\w-]){quaint}(?![\w-])", re.IGNORECASE)
    found = [f"{place}: {text[:80]}" for place, text in every() if pattern.search(text)]
    assert not found, f"write: {instead}"


def test_a_list_of_three_has_a_comma_before_its_last_word() -> None:
    bare = re.compile(r"[\w’'-]+, [\w’'-]+ (?:and|or) [\w’'-]+")
    no_lists = (
        "18 or older",
        "true or false",
        "Eustatius and Saba",
        "Ascension and Tristan",
        "import and export",
        "here or on",
        "approve or reject",
        "requests and invitations",
    )
    found = [(place, match[0]) for place, text in every() for match in bare.finditer(text)]
    assert [entry for entry in found if not any(words in entry[1] for words in no_lists)] == []
    assert bare.search("Show links, unlinks and reminders.")


def test_every_text_of_screens_and_commands_is_read_here() -> None:
    texts = [text for _, text in every()]
    assert len(texts) > 3000
    assert any("Choose your next step" in text for text in texts)  # a screen
    assert any("Unlinks are never restored" in text for text in texts)  # a rule
    assert any("Record that nobody answered a request in time." in text for text in texts)  # a command


def test_no_command_line_is_on_a_screen() -> None:
    command = re.compile(rf"\bshoplink (--\S+ )*({'|'.join(COMMANDS)})\b")
    assert [f"{place}: {text}" for place, text in screen_texts() if command.search(text)] == []
    assert any(
        command.search(text) for place, text in every() if place.startswith("core/account_acts.py")
    )  # the command line adds it


def test_no_text_of_a_record_claims_to_act_at_tiktok() -> None:
    texts = tomllib.loads((ROOT / "data/texts/steps.toml").read_text())
    acting = re.compile(r"\b(send|submit|create|request|link|unlink|ask|cancel|invite)\b", re.IGNORECASE)
    for recorded in texts["record"].values():
        first = recorded["button"].split()[0]
        assert not acting.fullmatch(first), recorded["button"]  # the person has done it: "Sent", "Record the link"
        assert not acting.match(recorded["says"]), recorded["says"]
    claims = re.compile(r"\bshoplink (\w+ )?(sends?|submits?|creates?|requests?|asks?|links?|unlinks?)\b", re.IGNORECASE)
    assert [f"{place}: {text}" for place, text in screen_texts() if claims.search(text)] == []
