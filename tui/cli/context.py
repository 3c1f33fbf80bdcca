"""Decorators that pass commands the open workspace and a way to print output."""

import shlex
import textwrap
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import Any

import click

from core.clock import spoken
from core.dates import read_when
from core.errors import DiskFull, InvalidInput, ShoplinkError
from core.store.trouble import NO_ROOM
from core.text import show
from core.verdict import Outcome, Verdict, decisive, in_reading_order
from core.workspace import Workspace
from tui.cli import hints
from tui.cli.opening import opened
from tui.cli.option_hints import ANYWAY, for_commands, name_options
from tui.cli.params import LINK, USERNAME
from tui.cli.text import OUTCOMES, WIDTH, plain
from tui.formats import json
from tui.formats.clock import localized
from tui.paths import workspace as default_path


@dataclass
class Answer:
    """Print a command's output: one JSON document with --json, or else lines of text."""

    as_json: bool
    against: list[str] | None = None
    """The rules that what was recorded breaks; None for a command that records nothing."""

    def __call__(self, document: Any, lines: Sequence[str]) -> None:
        if self.as_json:
            if self.against is not None and "against" not in document:
                document = {**document, "against": self.against}
            click.echo(json.document(document))
        else:
            for line in [*lines, *(f"Recorded despite the rule {rule}." for rule in self.against or ())]:
                click.echo(plain(line))

    def page(self, name: str, items: Sequence[Any], cursor: str | None, lines: Sequence[str]) -> None:
        """Print a page of a list. `cursor`: where the next page begins; None at the end."""
        self({name: items, "next": cursor}, [*lines, more(cursor)] if cursor else lines)

    def note(self, notes: Iterable[str]) -> None:
        """Print notes to stderr if the output is text: a JSON document contains them."""
        if not self.as_json:
            for text in notes:
                click.echo(plain(f"Note: {text}"), err=True)


def unchanged(workspace: Workspace, answer: Answer, why: str) -> list[str]:
    """Say that a command changed nothing, and why; with --json on stderr. An empty list: it wrote an entry."""
    if workspace.store.entry:
        return []
    lost = " The note was not kept." if click.get_current_context().params.get("note") else ""
    said = f"Nothing changed: {why}.{lost}"
    if answer.as_json:
        click.echo(plain(said), err=True)
    return [said]


def preview(
    workspace: Workspace,
    answer: Answer,
    command: str,
    lines: Sequence[str] = (),
    *,
    verdicts: Sequence[Verdict] = (),
    needed: str = "--yes",
) -> int:
    """Say what a command would do and what it needs for that; return the exit code.

    Raises InvalidInput in place of a document, with the lines and what stops it in its message.
    """
    verdicts = [for_commands(verdict) for verdict in verdicts]
    stopping = [verdict for verdict in verdicts if verdict.stops]
    if workspace.is_record and click.get_current_context().params.get("anyway"):
        stopping = [verdict for verdict in stopping if verdict.outcome == Outcome.UNKNOWN]
    remedy = f"Give {needed}."
    if stopping:
        can_be_recorded = workspace.is_record and all(verdict.outcome != Outcome.UNKNOWN for verdict in stopping)
        remedy = f"{decisive(stopping).remedy} {ANYWAY if can_be_recorded else ''}".strip()
    happens = "Not possible now" if stopping else "This would happen"
    if answer.as_json:
        said = [*lines, *(verdict.reason for verdict in stopping)]
        would = f". {happens}: {' '.join(said)}" if said else ""
        raise InvalidInput(command, f"needs --yes; nothing was changed{would}", remedy=remedy, verdicts=tuple(verdicts))
    todo = localized(here(remedy if stopping else f"To do it: {remedy}"), None)
    for line in (f"Nothing was changed. {happens}:", *lines, *verdict_lines(verdicts), todo):
        click.echo(plain(line), err=True)
    return 2


def verdict_lines(verdicts: Sequence[Verdict], width: int = WIDTH) -> list[str]:
    """Format verdicts as text: outcome, rule, reason, and remedy if needed."""
    indent = " " * 9
    lines = []
    for verdict in in_reading_order(verdicts):
        said = [f"{OUTCOMES[verdict.outcome]:<8} {verdict.rule}: {verdict.reason}"]
        if verdict.stops and verdict.remedy:
            said.append(f"{indent}{localized(here(verdict.remedy), None)}")
        for text in said:
            lines += textwrap.wrap(show(text), width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)
    return lines


def more(cursor: str) -> str:
    """Return the hint for the next page: this command line with the cursor."""
    context = click.get_current_context()
    words = context.command_path.split()[1:]
    for option in context.command.params:
        given = context.params.get(option.name or "")
        if isinstance(option, click.Argument) and given:
            words.append(str(given))
        if isinstance(option, click.Option) and option.name != "after" and given and given != option.default:
            words += [option.opts[0]] if option.is_flag else [option.opts[0], str(given)]
    return f"More: {hints.program(context.obj)} {shlex.join([*words, '--after', cursor])}"


def here(text: str) -> str:
    """Add the workspace file to the commands that `text` suggests."""
    return hints.naming_file(text, click.get_current_context().obj)


def answering(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add the option --json; pass the Answer as the first argument."""

    @click.option("--json", "as_json", is_flag=True, help="Print one JSON document to stdout.")
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
            _tell_former(workspace)
            with _saying_what_is_saved(workspace):
                return function(workspace, answer, *args, **kwargs)

    return wrapped


@contextmanager
def _saying_what_is_saved(workspace: Workspace) -> Iterator[None]:
    """Say that a change was saved if only the answer about it can't be written. Raises DiskFull."""
    before = workspace.store.writes
    try:
        yield
    except OSError as error:
        if error.errno not in NO_ROOM or workspace.store.writes == before or not workspace.store.entry:
            raise
        raise DiskFull(
            f"The change was saved; only the answer can't be written: {error.strerror}.",
            remedy="Don't run the command again.",
            command="See what it did with: shoplink history",
        ) from error


def _tell_former(workspace: Workspace) -> None:
    """Print to stderr which account a former username stands for."""
    context = click.get_current_context()
    named = [context.params.get(param.name or "") for param in context.command.params if param.type in (USERNAME, LINK)]
    for note in (note for name in named if name for note in workspace.accounts.former_notes(name)):
        click.echo(plain(f"Note: {note}"), err=True)


def recording(*, at: bool = True) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """As `on_workspace`, for a command that records what happened: add --at, --anyway and --note.

    `at`: whether to add --at; not for a command with its own moments.
    """

    def decorated(function: Callable[..., Any]) -> Callable[..., Any]:
        @on_workspace
        @click.option("--anyway", is_flag=True, help="Record only: TikTok did this even though a rule says no.")
        @click.option("--note", metavar="TEXT", default="", help="Kept with the entry.")
        @wraps(function)
        def wrapped(
            workspace: Workspace, answer: Answer, *args: Any, anyway: bool, note: str, happened: str | None = None, **kwargs: Any
        ) -> Any:
            for option, given, remedy in (
                ("--at", happened, "In practice, move the clock with: shoplink desk advance 24h"),
                ("--anyway", anyway, "Leave it out: practice follows every rule."),
            ):
                if given and not workspace.is_record:
                    raise InvalidInput(option, "is for a record only", remedy=remedy)
            moment = read_moment("--at", happened, workspace.present()) if happened is not None else None
            try:
                with workspace.recording(at=moment, note=note, anyway=anyway) as answer.against:
                    return function(workspace, answer, *args, **kwargs)
            except ShoplinkError as error:
                name_options(error, workspace)
                raise

        when = "Record only: when it happened, such as 2026-11-27T15:00 or “yesterday 15:00”. Now, if left out."
        return click.option("--at", "happened", metavar="WHEN", help=when)(wrapped) if at else wrapped

    return decorated


def read_moment(option: str, text: str, now: datetime) -> datetime:
    """Read when something happened, in UTC, and print to stderr how it was read. Raises InvalidInput."""
    when = read_when(text, now=now, zone=None, field=option)
    click.echo(plain(f"{option}: {when.words} ({spoken(when.moment)})"), err=True)
    if when.note:
        click.echo(plain(when.note), err=True)
    return when.moment
