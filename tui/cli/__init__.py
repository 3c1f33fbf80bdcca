"""The command line: names, fields and exit codes that people script on.

Imports no Textual but to open the screens.

Only click is imported before a command is known, so that --version and --help answer at once, and not even that for the
screens.
"""

import os
import sys
from typing import TextIO, cast

from tui.cli import opening


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and leave with its exit code."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:  # closed by who started it: a file of ours would get its number
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115
    cast("TextIO", sys.stdout).reconfigure(errors="backslashreplace")  # type: ignore[attr-defined]  # a letter it cannot write
    sys.exit(run(sys.argv[1:] if arguments is None else arguments))


def run(arguments: list[str]) -> int:
    """Run the command line; give its exit code."""
    as_json = "--json" in arguments
    os.umask(0o077)  # workspaces, backups and exports are their owner's
    try:
        screens, db = opening.named(arguments)
        code = opening.open_screens(db) if screens else _command(arguments, as_json=as_json)
        sys.stdout.flush()
    except KeyboardInterrupt:
        from tui.cli import failure

        return failure.interrupted()
    except (BrokenPipeError, SystemExit):  # click turns the one into the other, with the code of a refusal
        _give_up_stdout()
        return 0
    except Exception as error:
        from core.errors import ShoplinkError
        from tui.cli import failure

        if isinstance(error, ShoplinkError):
            return failure.known(error, as_json=as_json)
        if isinstance(error, OSError):
            _give_up_stdout()  # it may be that which takes no more
            from pathlib import Path

            from core.store.trouble import NO_ROOM, unwritable

            if error.errno in NO_ROOM:
                return failure.known(unwritable(Path("The output"), error), as_json=False)  # there is no place for a document
        return failure.unexpected(error, as_json=as_json)
    return code


def _command(arguments: list[str], *, as_json: bool) -> int:
    """Run a command; give its exit code."""
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


def _give_up_stdout() -> None:
    """Drop what is still to be written, so that the exit does not fail again."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
