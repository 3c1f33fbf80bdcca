"""The command line. Names, JSON fields and exit codes are stable for scripts.

Imports Textual only to open the screens, and click only to run a command, so that --version and --help start fast.
"""

import io
import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, TextIO

from tui import umask
from tui.cli import opening
from tui.exit_codes import DONE

if TYPE_CHECKING:
    from collections.abc import Buffer  # type: ignore[attr-defined]  # for type checkers


class _Output(io.FileIO):
    """A standard stream whose reader may leave early: unread output is dropped, and the command finishes."""

    def write(self, data: "Buffer", /) -> int:
        try:
            return super().write(data)
        except BrokenPipeError:
            return len(data)


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and exit with its exit code."""
    if sys.stdin is None:  # closed by the caller: a file we open would take its descriptor
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115
    sys.stdout, sys.stderr = _output(sys.stdout), _output(sys.stderr)
    sys.exit(run(sys.argv[1:] if arguments is None else arguments))


def run(arguments: list[str]) -> int:
    """Run the command line; return its exit code."""
    as_json = "--json" in arguments
    umask.keep_private()
    try:
        screens, db = opening.named(arguments)
        if screens:
            code = opening.open_screens(db)
        elif arguments == ["demo"]:
            from tui.cli.practice import open_practice

            code = open_practice()
        else:
            code = _command(arguments, as_json=as_json)
        sys.stdout.flush()
    except KeyboardInterrupt:
        from tui.cli import failure

        code = failure.interrupted()
    except Exception as error:
        from tui.cli import failure

        code = failure.reported(error, as_json=as_json)
    _discard_unwritten()
    return code


def _command(arguments: list[str], *, as_json: bool) -> int:
    """Run a command; return its exit code."""
    import click

    from tui.cli import failure
    from tui.cli.group import cli

    try:
        code = cli.main(args=arguments, prog_name="shoplink", standalone_mode=False)
    except click.exceptions.Exit as leave:
        return leave.exit_code
    except click.ClickException as error:
        return failure.usage(error, as_json=as_json)
    except click.Abort as error:
        raise KeyboardInterrupt from error
    return code if isinstance(code, int) else DONE


def _output(stream: TextIO | None) -> TextIO:
    """Wrap standard output or error so that any letter can be written and a reader can leave."""
    if stream is None:
        return open(os.devnull, "w", encoding="utf-8")
    raw = io.BufferedWriter(_Output(stream.fileno(), "w", closefd=False))
    return io.TextIOWrapper(raw, stream.encoding, "backslashreplace", line_buffering=stream.isatty(), write_through=False)


def _discard_unwritten() -> None:
    """Discard output that cannot be written, so that the flush at exit does not fail again and change the exit code."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            with suppress(OSError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
