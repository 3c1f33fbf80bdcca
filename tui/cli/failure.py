"""Report errors of the command line and choose the exit code.

With --json, prints one JSON document with moments in UTC; otherwise, or if stdout can't be written, two sentences to
stderr, in local time.
"""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import click

from tui.exit_codes import INTERRUPTED, INVALID, NOT_FOUND, REFUSED, STOPPED, UNUSABLE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.errors import ShoplinkError

EXTRA = re.compile(r"Got unexpected extra arguments? \((?P<words>.*)\)", re.DOTALL)
"""Click's message for too many arguments, for which it has no exception."""
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
            return known(unwritable(Path("The output"), error), as_json=as_json)
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
    _report("invalid", _usage_message(error), remedy, [], as_json=as_json)
    return INVALID


def _usage_message(error: click.ClickException) -> str:
    """Say what click found wrong, in the product's words."""
    from core.text import show

    context = getattr(error, "ctx", None)
    match error:
        case click.exceptions.NoArgsIsHelpError(ctx=context):  # its message is the whole help text
            assert isinstance(context.command, click.Group)
            return f"Give one of its commands: {', '.join(context.command.list_commands(context))}."
        case click.NoSuchOption() if context:
            return _unknown_option(error.option_name, context)
        case click.BadOptionUsage():  # only its message tells the two apart
            return f"{error.option_name} {'needs a value' if 'requires' in error.message else 'takes no value'}."
        case click.MissingParameter(param=click.Parameter() as param) if context:
            choices = f" Give one of: {', '.join(param.type.choices)}." if isinstance(param.type, click.Choice) else ""
            return f"{called(param)} is missing.{choices}"
        case click.BadParameter(param=click.Parameter() as param) if context:
            return f"{called(param)}: {_one_line(error.message)}"
    if extra := EXTRA.match(error.message):
        return f"Too many arguments: leave out {show(extra['words'], 60)}."
    return _one_line(error.format_message())


def _unknown_option(name: str, context: click.Context) -> str:
    from core.lookalikes import closest
    from core.text import show

    root = context.find_root()
    if context is not root and name in _options(root):
        return f"Give {name} before the command: {root.command_path} {name} …"
    options = {option.lstrip("-"): option for option in _options(context)}  # the dashes alone would make any two alike
    meant = options.get(closest(name.lstrip("-"), options))
    return f"There is no option {show(name, 60)} here.{f' Did you mean {meant}?' if meant else ''}"


def _options(context: click.Context) -> list[str]:
    """List the names of the command's options."""
    options = [param for param in context.command.get_params(context) if isinstance(param, click.Option)]
    return [name for option in options for name in (*option.opts, *option.secondary_opts)]


def called(param: click.Parameter) -> str:
    """Give an option's longest name, or an argument's name in the help."""
    if isinstance(param, click.Option):
        return max(param.opts, key=len)
    return (param.metavar or param.name or "").strip("[]").upper()


def _one_line(text: str) -> str:
    return " ".join(text.split())


def interrupted() -> int:
    """Report an interruption by Ctrl+C; return its exit code."""
    _echo("Interrupted. Nothing was left half done.")
    return INTERRUPTED


def unexpected(error: Exception, *, as_json: bool) -> int:
    """Report an unexpected error and the log's path; return its exit code."""
    if "KeyboardInterrupt" in str(error):  # pydantic reports Ctrl+C so if it came while a validator was built
        return interrupted()
    from tui import crash

    message = crash.message(error)
    if not (as_json and _echo_document("stopped", message)):
        _echo(message)
    return STOPPED


def _report(code: str, message: str, remedy: str, verdicts: list[dict[str, Any]], *, as_json: bool) -> None:
    if as_json and _echo_document(code, message, remedy, verdicts):
        return
    from core.text import LONGEST_MESSAGE, show
    from tui.formats.clock import localized

    _echo(f"shoplink: {show(localized(message, None), LONGEST_MESSAGE)}")
    for verdict in verdicts:
        reason = "" if verdict["reason"] == message else f": {show(verdict['reason'])}"  # said above already
        _echo(f"  {verdict['outcome']}  {verdict['rule']}{reason}")
        if verdict["outcome"] == "blocked" and verdict["remedy"] and verdict["remedy"] not in remedy:  # which is another's
            _echo(f"    {show(localized(verdict['remedy'], None), LONGEST_MESSAGE)}")
    if remedy:
        _echo(f"  {show(localized(remedy, None), LONGEST_MESSAGE)}")


def _echo_document(code: str, message: str, remedy: str = "", verdicts: Sequence[dict[str, Any]] = ()) -> bool:
    """Write an error's document to stdout; return whether that worked."""
    from tui.formats.json import document

    error = {"code": code, "message": message, "remedy": remedy, "verdicts": list(verdicts)}
    return _echo(document({"error": error}), err=False)


def _echo(text: str, *, err: bool = True) -> bool:
    """Write a line; return whether that worked. If nothing can be written, the exit code still tells."""
    with suppress(OSError):
        click.echo(text, err=err)
        return True
    return False
