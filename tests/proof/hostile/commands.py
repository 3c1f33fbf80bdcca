"""Every command with hostile text in each argument and option, and on a workspace full of it.

Both are generated from the commands themselves, so that a new command or option is tried without being listed here.
"""

import csv
import io
import json
import sys
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import NamedTuple, TextIO

import click

from core.text import bare_username, problem
from core.workspace import Workspace
from tests.proof.hostile.harmless import assert_harmless
from tests.tui.support import SHORT_TOUR
from tui.cli import run
from tui.cli.group import COMMANDS, cli

TEXT = "<text>"
"""Stands for the hostile text in a command's arguments."""
EXIT_CODES = {0, 1, 2, 3, 4}
"""Those with a meaning; 70 is an unexpected error."""
CODE = "USLCDEMO01"
VALID = {
    **{"shop": CODE, "name": "Wax", "region": "US", "legal_name": "Wax Ltd", "registration": "7", "country": "US", "price": "1"},
    **{"contact": "a@b.example", "title": "Candle", "duration": "1h", "tour": SHORT_TOUR, "out": "made", "file": "made.csv"},
    **{"scenario": "linked", "rule": "official.name-match", "entity_registration": "7", "entity_country": "US"},
}
"""A value that commands accept, by the parameter's name. A choice takes its first; anything else takes "one"."""
SLOW = {"storyboard", "export", "backup"}
"""Commands that write a file for every text: few texts go this way."""
WRITES_FILES = {"init", "import", "export", "backup", "storyboard", "demo", "serve", "completion"}
"""Commands that show nothing of what is stored."""
NO_JSON = {"serve", "completion", "demo"}
EXTRA_WAYS = (
    ("--db", TEXT, "paths"),
    ("--db", TEXT, "status", CODE),
    (TEXT,),
    (f"--{TEXT}",),
    ("members", TEXT),
    ("scenarios", TEXT),
)


class Answer(NamedTuple):
    code: int
    out: str
    err: str


def _commands() -> Iterator[tuple[tuple[str, ...], list[click.Parameter]]]:
    """Each command's words with its parameters that take a value."""
    context = cli.make_context("shoplink", ["paths"], resilient_parsing=True)
    for name in COMMANDS:
        command = cli.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            below = click.Context(command, parent=context, info_name=name)
            found = [((name, sub), command.get_command(below, sub)) for sub in command.list_commands(below)]
        else:
            found = [((name,), command)]
        for words, one in found:
            assert one is not None
            yield words, [parameter for parameter in one.params if not getattr(parameter, "is_flag", False)]


def _words(parameter: click.Parameter, value: str) -> tuple[str, ...]:
    return (value,) if isinstance(parameter, click.Argument) else (parameter.opts[0], value)


def _valid(parameter: click.Parameter) -> str:
    if isinstance(parameter.type, click.Choice):
        return str(parameter.type.choices[0])
    return VALID.get(parameter.name or "", "one")


def ways_in() -> list[tuple[str, ...]]:
    """The arguments of every command once for each of its parameters, which is TEXT."""
    ways = list(EXTRA_WAYS)
    for words, parameters in _commands():
        for hostile in parameters:
            given = [one for one in parameters if one is hostile or one.required or isinstance(one, click.Argument)]
            ways.append((*words, *(word for one in given for word in _words(one, TEXT if one is hostile else _valid(one)))))
    return ways


def ways_out() -> list[tuple[str, ...]]:
    """The arguments of every command that shows what is stored, with "<shop>", "<link>" and so on for the ids of its rows."""
    rows = {"shop", "link", "username", "member", "product"}
    ways = []
    for words, parameters in _commands():
        if words[0] not in WRITES_FILES:
            given = [one for one in parameters if one.required or one.name in rows]
            values = [f"<{one.name}>" if one.name in rows else _valid(one) for one in given]
            ways.append((*words, *(word for one, value in zip(given, values, strict=True) for word in _words(one, value))))
            if any(one.name in rows and not one.required for one in given):  # of everything too
                ways.append((*words, *(word for one in parameters if one.required for word in _words(one, _valid(one)))))
    return ways


def filled(way: tuple[str, ...], name: str) -> tuple[str, ...]:
    """The arguments with the ids of the rows of this name in a flooded workspace."""
    ids = {"<shop>": name, "<link>": f"lnk-{name}", "<member>": f"mem-{name}", "<product>": f"prd-{name}"}
    ids["<username>"] = bare_username(f"{name}.organization")
    return tuple(ids.get(word, word) for word in way)


def answered(arguments: tuple[str, ...] | list[str]) -> Answer:
    """Run a command in this process as `main` does, and decode the bytes that it would write."""
    out, err = _stream(), _stream()
    stdin, sys.stdin = sys.stdin, io.StringIO()
    try:
        with redirect_stdout(out), redirect_stderr(err):
            code = run(list(arguments))
    finally:
        sys.stdin = stdin
    return Answer(code, _written(out), _written(err))


def try_command(db: str, arguments: tuple[str, ...], *, as_json: bool, what: str = "") -> Answer:
    """Run a command. Raises AssertionError when it crashes, or when anything it says could act."""
    where = f"shoplink {' '.join(map(ascii, arguments))[:200]} {what}"
    options = ["--json"] if as_json and arguments[0] in COMMANDS and arguments[0] not in NO_JSON else []
    words = 2 if arguments[0] in {"members", "desk"} else 1
    answer = answered(["--db", db, *arguments[:words], *options, *arguments[words:]])  # first: a text may begin with a dash
    assert answer.code in EXIT_CODES, f"{where} exits with {answer.code}: {answer.err[:500]}"
    assert "\n  File " not in answer.err, where
    for text in (answer.out, answer.err):
        assert_harmless(text, where)
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


def stored_is_clean(db: Path, where: str) -> None:
    """Raise AssertionError when any text of the workspace could act."""
    with Workspace.open(db, actor="maya") as workspace:
        for table in ("entity", "seller", "shop", "account", "link", "member", "product", "event"):
            for row in workspace.store.rows(f"SELECT * FROM {table}"):
                for column, value in row.items():
                    if isinstance(value, str) and column != "details":
                        assert not (found := problem(value, 10_000)), f"{where}: {table}.{column} {found}"


def _stream() -> TextIO:
    return io.TextIOWrapper(io.BytesIO(), encoding="utf-8", errors="backslashreplace", newline="")


def _written(stream: TextIO) -> str:
    stream.flush()
    raw: io.BytesIO = stream.buffer  # type: ignore[attr-defined]
    return raw.getvalue().decode("utf-8")
