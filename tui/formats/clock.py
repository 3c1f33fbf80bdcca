"""Whether the person's locale counts 12 or 24 hours, and messages of the core with their times written so."""

import locale
from contextlib import suppress
from datetime import tzinfo
from functools import cache

from core import date_words


@cache
def hours24() -> bool:
    """Return whether LC_TIME uses 24 hours; not if it does not say."""
    with suppress(locale.Error, AttributeError):  # a locale that is not installed; Windows
        before = locale.setlocale(locale.LC_TIME)
        try:
            named = locale.setlocale(locale.LC_TIME, "")
            if named.partition(".")[0] not in ("C", "POSIX"):
                return locale.nl_langinfo(locale.T_FMT) not in ("%r", "%I:%M:%S %p")
        finally:
            locale.setlocale(locale.LC_TIME, before)  # the names of days and months stay English
    return False


def localized(message: str, zone: tzinfo | None) -> str:
    """Put the moments in a message of the core in a zone (None: this computer's), as the person's locale writes times."""
    return date_words.localized(message, zone, hours24=hours24())
