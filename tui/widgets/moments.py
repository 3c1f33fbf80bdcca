"""Format dates and times for display, in the app's time zone."""

import locale
from contextlib import suppress
from datetime import date, datetime, tzinfo
from functools import cache

from core.clock import in_words
from core.dates import is_end_of_day


@cache
def hours() -> int:
    """Return whether LC_TIME uses 12 or 24 hours; 12 if it does not say."""
    with suppress(locale.Error, AttributeError):  # a locale that is not installed; Windows
        before = locale.setlocale(locale.LC_TIME)
        try:
            named = locale.setlocale(locale.LC_TIME, "")
            if named.partition(".")[0] not in ("C", "POSIX"):
                return 12 if locale.nl_langinfo(locale.T_FMT) in ("%r", "%I:%M:%S %p") else 24
        finally:
            locale.setlocale(locale.LC_TIME, before)  # the names of days and months stay English
    return 12


def time_left(end: datetime, now: datetime) -> str:
    """Format the time left until `end`, which may be past in a read-only file."""
    return f"{in_words(end - now)} left" if end > now else "no time left"


def clock(moment: datetime, zone: tzinfo | None) -> str:
    """Format the time of day, as 2:05 PM or 14:05; as end of day where only a date was entered."""
    local = moment.astimezone(zone)
    if is_end_of_day(local):
        return "end of day"
    return f"{local:%H:%M}" if hours() == 24 else f"{local.hour % 12 or 12}:{local:%M} {'PM' if local.hour >= 12 else 'AM'}"


def short(moment: datetime, zone: tzinfo | None) -> str:
    """Format as Mon Nov 23, 2:05 PM."""
    local = moment.astimezone(zone)
    return f"{local:%a %b} {local.day}, {clock(moment, zone)}"


def past(moment: datetime, now: datetime, zone: tzinfo | None) -> str:
    """Format as Mon Nov 23, 2:05 PM in the year of `now`, else with its year."""
    this_year = moment.astimezone(zone).year == now.astimezone(zone).year
    return short(moment, zone) if this_year else full(moment, zone)


def brief(moment: datetime, now: datetime, zone: tzinfo | None) -> str:
    """Format as Mon 2:05 PM within a week of `now`, or else as Jul 26."""
    local = moment.astimezone(zone)
    return f"{local:%a} {clock(moment, zone)}" if abs((now - moment).days) < 7 else f"{local:%b} {local.day}"


def day(moment: datetime, now: datetime, zone: tzinfo | None) -> str:
    """Format the day, as Today, Yesterday or Sat Nov 21, 2026."""
    local = moment.astimezone(zone)
    ago = (now.astimezone(zone).date() - local.date()).days
    return {0: "Today", 1: "Yesterday"}.get(ago, f"{local:%a %b} {local.day}, {local.year}")


def on(day: date) -> str:
    """Format the day of a page or a rule, as Nov 23, 2026."""
    return f"{day:%b} {day.day}, {day.year}"


def since(moment: datetime, now: datetime, zone: tzinfo | None) -> str:
    """Format the day inside a sentence, as today, yesterday or Sat Nov 21, 2026."""
    words = day(moment, now, zone)
    return words if words[-1].isdigit() else words.lower()


def full(moment: datetime, zone: tzinfo | None) -> str:
    """Format as Mon Nov 23, 2026, 2:05 PM."""
    local = moment.astimezone(zone)
    return f"{local:%a %b} {local.day}, {local.year}, {clock(moment, zone)}"
