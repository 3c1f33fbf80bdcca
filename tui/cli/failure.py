"""Report errors of the command line and choose the exit code.

Prints one JSON document with --json, else two sentences on stderr.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.errors import ShoplinkError

DONE, REFUSED, INVALID, UNUSABLE, NOT_FOUND, STOPPED, INTERRUPTED = 0, 1, 2, 3, 4, 70, 130
LONGEST_REMEDY = 2000
"""Characters shown of a remedy: it may list every country."""
CODES = {"refused": REFUSED, "invalid": INVALID, "not_found": NOT_FOUND}


def known(error: ShoplinkError, *, as_json: bool) -> int:
    """Report a shoplink error; return its exit code."""
    from tui.formats.json import verdict_json

    verdicts = [verdict_json(verdict) for verdict in error.verdicts]
    _report(error.code, error.message, error.remedy, verdicts, as_json=as_json)
    return CODES.get(error.code, UNUSABLE)


def usage(error: click.ClickException, *, as_json: bool) -> int:
    """Report a usage error; return its exit code."""
    context = getattr(error, "ctx", None)
    remedy = f"See: {context.command_path} --help" if context else "See: shoplink --help"
    missing = isinstance(error, click.exceptions.NoArgsIsHelpError)  # its message is the whole help text
    message = "Which of its commands is missing." if missing else " ".join(error.format_message().split())
    _report("invalid", message, remedy, [], as_json=as_json)
    return INVALID


def interrupted() -> int:
    """Report an interruption by Ctrl+C; return its exit code."""
    click.echo("Interrupted; nothing was left half done.", err=True)
    return INTERRUPTED


def unexpected(error: Exception, *, as_json: bool) -> int:
    """Report an unexpected error and the log's path; return its exit code."""
    from tui import crash

    message = crash.message(error)
    if as_json:
        _echo_document("stopped", message)
    else:
        click.echo(message, err=True)
    return STOPPED


def _report(code: str, message: str, remedy: str, verdicts: list[dict[str, Any]], *, as_json: bool) -> None:
    if as_json:
        _echo_document(code, message, remedy, verdicts)
        return
    from core.text import show

    click.echo(f"shoplink: {show(message)}", err=True)
    for verdict in verdicts:
        click.echo(f"  {verdict['outcome']}  {verdict['rule']}: {show(verdict['reason'])}", err=True)
    if remedy:
        click.echo(f"  {show(remedy, LONGEST_REMEDY)}", err=True)


def _echo_document(code: str, message: str, remedy: str = "", verdicts: Sequence[dict[str, Any]] = ()) -> None:
    from tui.formats.json import document

    click.echo(document({"error": {"code": code, "message": message, "remedy": remedy, "verdicts": list(verdicts)}}))
