"""Report errors of the command line and choose the exit code.

Prints one JSON document with --json, with moments in UTC; else two sentences on stderr, with moments in local time.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

import click

from tui.exit_codes import INTERRUPTED, INVALID, NOT_FOUND, REFUSED, STOPPED, UNUSABLE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.errors import ShoplinkError

LONGEST_REMEDY = 2000
"""Characters shown of a remedy: it may list every country."""
CODES = {"refused": REFUSED, "invalid": INVALID, "not_found": NOT_FOUND}


def reported(error: Exception, *, as_json: bool) -> int:
    """Report what ended the command; return its exit code."""
    from core.errors import ShoplinkError

    if isinstance(error, ShoplinkError):
        return known(error, as_json=as_json)
    if isinstance(error, OSError):
        from pathlib import Path

        from core.store.trouble import NO_ROOM, unwritable

        if error.errno in NO_ROOM:
            return known(unwritable(Path("The output"), error), as_json=False)  # stdout takes no document
    return unexpected(error, as_json=as_json)


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
    _echo("Interrupted; nothing was left half done.")
    return INTERRUPTED


def unexpected(error: Exception, *, as_json: bool) -> int:
    """Report an unexpected error and the log's path; return its exit code."""
    from tui import crash

    message = crash.message(error)
    if as_json:
        _echo_document("stopped", message)
    else:
        _echo(message)
    return STOPPED


def _report(code: str, message: str, remedy: str, verdicts: list[dict[str, Any]], *, as_json: bool) -> None:
    if as_json:
        _echo_document(code, message, remedy, verdicts)
        return
    from core.dates import localized
    from core.text import show

    _echo(f"shoplink: {show(localized(message, None))}")
    for verdict in verdicts:
        _echo(f"  {verdict['outcome']}  {verdict['rule']}: {show(verdict['reason'])}")
    if remedy:
        _echo(f"  {show(remedy, LONGEST_REMEDY)}")


def _echo_document(code: str, message: str, remedy: str = "", verdicts: Sequence[dict[str, Any]] = ()) -> None:
    from tui.formats.json import document

    error = {"code": code, "message": message, "remedy": remedy, "verdicts": list(verdicts)}
    _echo(document({"error": error}), err=False)


def _echo(text: str, *, err: bool = True) -> None:
    """Write a line; where it cannot be written, the exit code still tells."""
    with suppress(OSError):
        click.echo(text, err=err)
