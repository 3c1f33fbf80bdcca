"""How the program ends on an error nobody foresaw: what happened in a line, everything else in the log."""

import logging

from core.errors import ShoplinkError
from core.text import show
from tui import paths


def told(error: BaseException | None) -> str:
    """Log the error with its traceback, without local variables, and give the line that tells it."""
    _log(error)
    reason = f"{error.message} {error.remedy}" if isinstance(error, ShoplinkError) else f"{type(error).__name__}."
    return f"shoplink had to stop: {show(reason).strip()} What was saved is on disk. Details: {paths.log()}"


def _log(error: BaseException | None) -> None:
    log = paths.log()
    try:
        log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handler = logging.FileHandler(log, encoding="utf-8", errors="backslashreplace")
    except OSError:
        return
    logger = logging.getLogger("shoplink")
    logger.addHandler(handler)
    logger.error("stopped by an error", exc_info=error)
    logger.removeHandler(handler)
    handler.close()
