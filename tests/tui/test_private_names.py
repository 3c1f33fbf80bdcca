"""Textual's private names are used in the modules of workarounds alone: an update of Textual has these to look through."""

import ast
import importlib
import inspect
import pkgutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from textual.widget import Widget

import tui
from tui import terminal_fixes, textual_fixes

FIXES = (textual_fixes, terminal_fixes)
FILES = set(Path(tui.__file__).parent.rglob("*.py")) - {Path(str(module.__file__)) for module in FIXES}


PUBLIC = {"_exit", "_asdict"}
"""Names of Python's that only look private: of os and of named tuples."""


def is_private(name: str) -> bool:
    return name.startswith("_") and not name.endswith("__")


def nodes() -> Iterator[tuple[Path, ast.AST]]:
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            yield path, node


def defined() -> set[str]:
    """The private names that the program itself defines: functions, variables, attributes that are assigned."""
    names = set()
    for _, node in nodes():
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.Name(id=name, ctx=ast.Store()):
                names.add(name)
            case ast.Attribute(attr=name, value=ast.Name(id="self"), ctx=ast.Store()):
                names.add(name)
    return names


def test_no_private_module_of_textual_is_imported() -> None:
    imported = [
        (path.name, node.module)
        for path, node in nodes()
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("textual.")
        if any(map(is_private, [*(node.module or "").split("."), *(alias.name for alias in node.names)]))
    ]
    assert not imported


def test_every_private_attribute_is_one_of_the_program() -> None:
    own = defined()
    used = {(path.name, node.attr) for path, node in nodes() if isinstance(node, ast.Attribute) and is_private(node.attr)}
    assert not {(file, name) for file, name in used if name not in own | PUBLIC}


def classes() -> Iterator[type[object]]:
    """The program's classes, after importing all its modules."""
    for info in pkgutil.walk_packages(tui.__path__, "tui."):
        if not info.name.endswith("__main__"):
            for _, cls in inspect.getmembers(importlib.import_module(info.name), inspect.isclass):
                if cls.__module__.startswith("tui."):
                    yield cls


def test_no_private_method_of_textual_is_overridden() -> None:
    own = defined()  # beside it, Textual's metaclasses keep private notes on every class
    overridden = set()
    for cls in classes():
        if cls.__module__ not in {module.__name__ for module in FIXES}:
            bases = [base for base in cls.__mro__ if base.__module__.startswith("textual.")]
            names = filter(is_private, own & set(vars(cls)))
            overridden |= {(cls.__name__, name) for name in names if any(name in vars(base) for base in bases)}
    assert not overridden


def widgets(base: type[Widget] = Widget) -> Iterator[type[Widget]]:
    for cls in base.__subclasses__():
        yield from (cls, *widgets(cls))


def test_no_widget_has_the_name_of_another() -> None:
    """A query and a style find widgets by the names of their classes, whichever module these are from."""
    ours = {cls for cls in classes() if issubclass(cls, Widget)}
    named = {(cls.__name__, cls.__module__) for cls in widgets() if cls.__module__.startswith(("tui.", "textual."))}
    of = Counter(name for name, _ in named)
    assert not [cls for cls in ours if of[cls.__name__] > 1]
