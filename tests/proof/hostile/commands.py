"""Every command with hostile text in each argument and option, and on a workspace full of it.

Both are generated from the commands themselves, so that a new command or option is tried without being listed here.
"""

import csv
import io
import json
import sys
from contextlib import redirect_stderr, redirect_stdout
from functools import cache
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

import click

from core.text import problem
from core.workspace import Workspace
from tests.proof.hostile.harmless import assert_harmless
from tests.tui.support import SHORT_TOUR
from tui.cli import run
from tui.cli.group import COMMANDS, cli

TEXT = "<text>"
"""Stands for the hostile text in a command's arguments."""
CODE = "USLCDEMO01"
VALID = {
    **{"shop": CODE, "name": "Wax", "region": "US", "legal_name": "Wax Ltd", "registration": "7", "country": "US", "price": "1"},
    **{"contact": "a@b.example", "title": "Candle", "duration": "1h", "tour": SHORT_TOUR, "out": "made", "file": "made.csv"},
    **{"scenario": "linked", "rule": "official.name-match", "entity_registration": "7", "entity_country": "US"},
}
"""A value that commands accept, by the parameter's name. A choice takes its first; anything else takes "one"."""
ROWS = ("shop", "link", "username", "member", "product")
"""The parameters that name a row of the workspace."""
WRITES_FILES = {"init", "import", "export", "backup", "evidence", "storyboard", "demo", "serve", "completion"}
"""Commands that show nothing of what is stored."""
TABLES = ("entity", "seller", "shop", "account", "link", "member", "product", "event")
NO_JSON = {"serve", "completion", "demo"}
EXTRA_WAYS = (("--db", TEXT, "paths"), ("--db", TEXT, "status", CODE), (TEXT,), (f"--{TEXT}",), ("members", TEXT))


class Answer(NamedTuple):
    code: int
    out: str
    err: str


@cache
def _commands() -> list[tuple[tuple[str, ...], list[click.Parameter]]]:
    """Each command's words with its parameters that take a value."""
    found = []
    context = cli.make_context("shoplink", ["paths"], resilient_parsing=True)
    for name in COMMANDS:
        command = cli.get_command(context, name)
        below = command.commands if isinstance(command, click.Group) else {"": command}
        for sub, one in below.items():
            assert one is not None
            given = [each for each in one.params if not getattr(each, "is_flag", False)]
            found.append(((name, sub) if sub else (name,), given))
    return found


def _words(parameter: click.Parameter, value: str = "") -> tuple[str, ...]:
    """The parameter with this value, or one that the command accepts."""
    choices = parameter.type.choices if isinstance(parameter.type, click.Choice) else ()
    value = value or str(next(iter(choices), VALID.get(parameter.name or "", "one")))
    return (value,) if isinstance(parameter, click.Argument) else (parameter.opts[0], value)


def ways_in() -> list[tuple[str, ...]]:
    """The arguments of every command once for each of its parameters, which is TEXT."""
    ways = list(EXTRA_WAYS)
    for words, parameters in _commands():
        for hostile in parameters:
            given = [one for one in parameters if one is hostile or one.required or isinstance(one, click.Argument)]
            ways.append((*words, *(word for one in given for word in _words(one, TEXT if one is hostile else ""))))
    return ways


def ways_out() -> list[tuple[str, ...]]:
    """The arguments of every command that shows what is stored, with "<shop>", "<link>" and so on for the ids of its rows."""
    ways = []
    for words, parameters in _commands():
        for some in (ROWS, ()) if words[0] not in WRITES_FILES else ():  # of one row, and of everything
            given = [one for one in parameters if one.required or one.name in some]
            ways.append((*words, *(word for one in given for word in _words(one, f"<{one.name}>" if one.name in ROWS else ""))))
    return list(dict.fromkeys(ways))


def answered(arguments: list[str]) -> Answer:
    """Run a command in this process as `main` does."""
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", "backslashreplace", newline="") for _ in range(2))
    with patch.object(sys, "stdin", io.TextIOWrapper(io.BytesIO())), redirect_stdout(out), redirect_stderr(err):
        code = run(arguments)
    out.seek(0)
    err.seek(0)
    return Answer(code, out.read(), err.read())


def try_command(db: str, arguments: tuple[str, ...], *, as_json: bool) -> Answer:
    """Run a command. Raises AssertionError when it crashes, or when anything it says could act."""
    where = f"shoplink {' '.join(map(ascii, arguments))[:200]}"
    has_json = arguments[0] in COMMANDS and arguments[0] not in NO_JSON and "--help" not in arguments
    options = ["--json"] if as_json and has_json else []
    words = 2 if arguments[:2] in {words for words, _ in _commands()} else 1
    answer = answered(["--db", db, *arguments[:words], *options, *arguments[words:]])  # first: a text may begin with a dash
    assert answer.code in range(5), f"{where} exits with {answer.code}: {answer.err[:500]}"
    assert "\n  File " not in answer.err, where
    for text in (answer.out, answer.err):
        assert_harmless(text, where)
        assert "\r" not in text, where
    if options:
        assert answer.out.isascii(), where
        assert "\x7f" not in answer.out, where
        json.loads(answer.out)
    return answer


def check_history_csv(db: str) -> None:
    """Check that the history as CSV has one line an entry, and no cell that is a formula."""
    answer = try_command(db, ("history", "--csv", "--limit", "100000"), as_json=False)
    rows = list(csv.reader(io.StringIO(answer.out, newline="")))
    assert len(rows) == answer.out.count("\n"), "an entry takes more than its line"
    for row in rows:
        assert len(row) == len(rows[0]), row
        assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))], f"a formula in {row}"


def stored_is_clean(db: Path) -> None:
    """Raise AssertionError when any text of the workspace could act."""
    with Workspace.open(db, actor="maya") as workspace:
        for table in TABLES:
            for row in workspace.store.rows(f"SELECT * FROM {table}"):
                for column, value in row.items():
                    if isinstance(value, str) and column != "details":
                        assert not (found := problem(value, 10_000)), f"{table}.{column} {found}"
