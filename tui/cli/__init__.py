"""The command line. Names, JSON fields and exit codes are stable for scripts.

Imports Textual only to open the screens, and click only to run a command, so that --version and --help start fast.
"""

import os
import sys
from typing import TextIO, cast

from tui.cli import opening


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and exit with its exit code."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:  # closed by the caller: a file we open would take its descriptor
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115
    cast("TextIO", sys.stdout).reconfigure(errors="backslashreplace")  # type: ignore[attr-defined]  # unencodable letters
    sys.exit(run(sys.argv[1:] if arguments is None else arguments))


def run(arguments: list[str]) -> int:
    """Run the command line; return its exit code."""
    as_json = "--json" in arguments
    os.umask(0o077)  # new files are readable by their owner only
    try:
        screens, db = opening.named(arguments)
        code = opening.open_screens(db) if screens else _command(arguments, as_json=as_json)
        sys.stdout.flush()
    except KeyboardInterrupt:
        from tui.cli import failure

        return failure.interrupted()
    except (BrokenPipeError, SystemExit):  # click turns a broken pipe into exit 1
        _discard_stdout()
        return 0
    except Exception as error:
        from core.errors import ShoplinkError
        from tui.cli import failure

        if isinstance(error, ShoplinkError):
            return failure.known(error, as_json=as_json)
        if isinstance(error, OSError):
            _discard_stdout()  # it may be the file that failed
            from pathlib import Path

            from core.store.trouble import NO_ROOM, unwritable

            if error.errno in NO_ROOM:
                return failure.known(unwritable(Path("The output"), error), as_json=False)  # stdout takes no document
        return failure.unexpected(error, as_json=as_json)
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
    return code if isinstance(code, int) else failure.DONE


def _discard_stdout() -> None:
    """Discard unwritten output, so that the flush at exit does not fail again."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
