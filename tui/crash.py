"""End the program after an unexpected error, a signal or a closed terminal.

The person sees one line; the traceback goes to the log.
"""

import asyncio
import os
import signal
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from core.clock import system_clock
from core.errors import ShoplinkError
from core.text import mask_within, show
from tui import paths
from tui.version import VERSION

if TYPE_CHECKING:
    from textual.app import App

HARMLESS = ("CHLD", "CONT", "INFO", "PIPE", "STOP", "TSTP", "TTIN", "TTOU", "URG", "WINCH", "XFSZ")
FAULTS = ("BUS", "FPE", "ILL", "KILL", "SEGV")
"""Signals that end no program or that Python ignores, and those after which no code can run."""
MAX_LINE = 1000
"""Maximum length of a log line, in characters."""


@contextmanager
def exit_on_signals(app: "App[None]") -> Iterator[None]:
    """Exit the app on signals as ctrl+q does, so that the terminal is restored. One that is exiting keeps its exit code.

    Afterward, Ctrl+C is ignored: the restored terminal makes it a signal again, and the program is ending.
    Enter it in the app's event loop.
    """

    def leave(number: int) -> None:
        if app.return_code is None:
            app.exit(None, 128 + number)

    loop = asyncio.get_running_loop()
    kept = {getattr(signal, f"SIG{name}", None) for name in (*HARMLESS, *FAULTS)}
    with suppress(NotImplementedError):  # on Windows
        for number in signal.valid_signals() - kept:
            loop.add_signal_handler(number, leave, number)
    yield
    with suppress(NotImplementedError, KeyboardInterrupt):  # removing the handler lets Ctrl+C interrupt, until it is ignored
        loop.remove_signal_handler(signal.SIGINT)  # the loop would allow it again when it closes
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def message(error: BaseException | None) -> str:
    """Log the error with its traceback; return the line to show.

    Local variables are never logged: they may hold contacts.
    """
    error = getattr(error, "error", error)  # Textual wraps errors raised in a worker
    _log_error(error)
    match error:
        case ShoplinkError():
            reason = f"{error.message} {error.remedy}"
        case OSError():
            reason = f"{error.strerror or type(error).__name__}."
        case _:
            reason = f"{type(error).__name__}."
    return f"shoplink had to stop: {show(reason).strip()} What was saved is on disk. Details: {show(str(paths.log()))}"


def _log_error(error: BaseException | None) -> None:
    """Append the error to the log: a line with the time, then the traceback."""
    lines = "".join(traceback.format_exception(error)).split("\n")  # messages may hold contacts
    entry = [f"{system_clock():%Y-%m-%d %H:%M:%S} UTC shoplink {VERSION}: stopped by an error"]
    entry += [f"  {show(mask_within(line), MAX_LINE)}" for line in lines if line.strip()]
    log = paths.log()
    with suppress(OSError):
        log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(
            log, os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_NONBLOCK", 0), 0o600
        )  # a pipe has no reader
        with open(handle, "a", encoding="utf-8") as file:
            os.chmod(log, 0o600)  # an existing log may be open to others
            file.write("\n".join([*entry, ""]))
