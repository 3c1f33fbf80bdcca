"""Format dates and times for display, in the app's time zone."""

from datetime import date, datetime, timedelta, tzinfo

from core.clock import in_words
from core.date_words import END_OF_DAY, clock_words
from tui.formats.clock import hours24


def time_left(end: datetime, now: datetime) -> str:
    """Format the time left until `end`, which may be past in a read-only file."""
    return f"{in_words(end - now)} left" if end > now else "no time left"


def clock(moment: datetime, zone: tzinfo | None) -> str:
    """Format the time of day, as 2:05 PM or 14:05; as end of day where only a date was entered."""
    return clock_words(moment.astimezone(zone), hours24())


def clock_if_known(moment: datetime, zone: tzinfo | None) -> str:
    """Format the time of day; empty where only a date was entered."""
    return "" if moment.astimezone(zone).time() == END_OF_DAY else clock(moment, zone)


def short(moment: datetime, zone: tzinfo | None) -> str:
    """Format as Mon Nov 23, 2:05 PM."""
    local = moment.astimezone(zone)
    return f"{local:%a %b} {local.day}, {clock(moment, zone)}"


def past(moment: datetime, now: datetime, zone: tzinfo | None) -> str:
    """Format as Mon Nov 23, 2:05 PM in the year of `now`, else with its year."""
    this_year = moment.astimezone(zone).year == now.astimezone(zone).year
    return short(moment, zone) if this_year else full(moment, zone)


def brief(moment: datetime, now: datetime, zone: tzinfo | None) -> str:
    """Format as Mon 2:05 PM within a week of `now`, as Mon where only a date was entered, or else as Jul 26."""
    local = moment.astimezone(zone)
    near = f"{local:%a} {clock_if_known(moment, zone)}".rstrip()
    return near if abs(now - moment) < timedelta(days=7) else f"{local:%b} {local.day}"


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
