"""Decorators that pass commands the open workspace and a way to print output."""

import shlex
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any

import click

from tui import hints
from tui.cli.opening import opened
from tui.cli.text import plain
from tui.formats import json
from tui.paths import workspace as default_path


@dataclass
class Answer:
    """Print a command's output: one JSON document with --json, else lines of text."""

    as_json: bool

    def __call__(self, document: Any, lines: Sequence[str]) -> None:
        if self.as_json:
            click.echo(json.document(document))
        else:
            for line in lines:
                click.echo(plain(line))

    def note(self, notes: Iterable[str]) -> None:
        """Print notes on stderr, where the output is text: a JSON document has them itself."""
        if not self.as_json:
            for text in notes:
                click.echo(plain(f"Note: {text}"), err=True)


def more(cursor: str) -> str:
    """Return the hint for the next page: this command line with the cursor."""
    context = click.get_current_context()
    words = [str(context.info_name)]
    for option in context.command.params:
        given = context.params.get(option.name or "")
        if isinstance(option, click.Option) and option.name != "after" and given and given != option.default:
            words += [option.opts[0], str(given)]
    return f"More: {hints.program(context.obj)} {shlex.join([*words, '--after', cursor])}"


def here(text: str) -> str:
    """Add the workspace file to the commands that `text` suggests."""
    return hints.naming_file(text, click.get_current_context().obj)


def answering(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add the option --json; pass the Answer as the first argument."""

    @click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
    @wraps(function)
    def wrapped(*args: Any, as_json: bool, **kwargs: Any) -> Any:
        return function(Answer(as_json), *args, **kwargs)

    return wrapped


def on_workspace(function: Callable[..., Any]) -> Callable[..., Any]:
    """Open the workspace and add --json; pass both as the first arguments."""

    @answering
    @click.pass_obj
    @wraps(function)
    def wrapped(db: Path | None, answer: Answer, *args: Any, **kwargs: Any) -> Any:
        with opened(db or default_path()) as workspace:
            return function(workspace, answer, *args, **kwargs)

    return wrapped
