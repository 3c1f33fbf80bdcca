"""Failures on the command line: one document with --json, two sentences on stderr without; the exit code either way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from core.errors import ShoplinkError

DONE, REFUSED, INVALID, UNUSABLE, NOT_FOUND, STOPPED, INTERRUPTED = 0, 1, 2, 3, 4, 70, 130
CODES = {"refused": REFUSED, "invalid": INVALID, "not_found": NOT_FOUND}


def known(error: ShoplinkError, *, as_json: bool) -> int:
    """Tell an error of the product; give its exit code."""
    from tui.cli.shapes import verdict_json

    verdicts = [verdict_json(verdict) for verdict in error.verdicts]
    _tell(error.code, error.message, error.remedy, verdicts, as_json=as_json)
    return CODES.get(error.code, UNUSABLE)


def usage(error: click.ClickException, *, as_json: bool) -> int:
    """Tell a wrong usage; give its exit code."""
    context = getattr(error, "ctx", None)
    remedy = f"See: {context.command_path} --help" if context else "See: shoplink --help"
    missing = isinstance(error, click.exceptions.NoArgsIsHelpError)  # whose message is the help, of many lines
    message = "Which of its commands is missing." if missing else " ".join(error.format_message().split())
    _tell("invalid", message, remedy, [], as_json=as_json)
    return INVALID


def interrupted() -> int:
    """Tell that it was stopped by who started it; give its exit code."""
    click.echo("Interrupted; nothing was left half done.", err=True)
    return INTERRUPTED


def unforeseen(error: Exception, *, as_json: bool) -> int:
    """Tell an error that nobody foresaw, and where the log of it is; give its exit code."""
    from tui import stopped

    told = stopped.told(error)
    if as_json:
        click.echo(document({"error": {"code": "stopped", "message": told, "remedy": "", "verdicts": []}}))
    else:
        click.echo(told, err=True)
    return STOPPED


def document(content: object) -> str:
    """Content as one JSON document of printable ASCII: json leaves one control character as it is, DEL."""
    import json

    return json.dumps(content, indent=2, ensure_ascii=True).replace("\x7f", "\\u007f")


def _tell(code: str, message: str, remedy: str, verdicts: list[dict[str, Any]], *, as_json: bool) -> None:
    if as_json:
        click.echo(document({"error": {"code": code, "message": message, "remedy": remedy, "verdicts": verdicts}}))
        return
    from core.text import show

    click.echo(f"shoplink: {show(message)}", err=True)
    for verdict in verdicts:
        click.echo(f"  {verdict['outcome']}  {verdict['rule']}: {show(verdict['reason'])}", err=True)
    if remedy:
        click.echo(f"  {show(remedy)}", err=True)
