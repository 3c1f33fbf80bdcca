"""Write dates and times in words, in a person's zone."""

import re
from datetime import UTC, date, datetime, time, tzinfo

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
SPOKEN = re.compile(r"(\d{4}-\d{2}-\d{2} \d{2}:\d{2}(?::59\.999)?) UTC", re.ASCII)
"""A moment as `clock.spoken` writes it."""
END_OF_DAY = time(23, 59, 59, 999_000)
"""The time of a date that was entered without one, so that no wait becomes shorter."""

SAME_DAY = "If both happened on the same day, enter both with their times."
"""What to do about two dates that say the same moment."""


def in_full(moment: datetime, *, now: datetime, zone: tzinfo | None, hours24: bool = False) -> str:
    """Format as `yesterday, Fri Nov 27, 3:00 PM`; with the year where it is not this one."""
    local, today = moment.astimezone(zone), now.astimezone(zone).date()
    near = {0: "today, ", -1: "yesterday, ", 1: "tomorrow, "}.get((local.date() - today).days, "")
    return f"{near}{day_words(local.date(), today)}, {clock_words(local, hours24)}"


def with_zone(moment: datetime, zone: tzinfo | None, *, hours24: bool = False) -> str:
    """Format as `Fri Nov 27, 2026, 3:00 PM EST`."""
    local = moment.astimezone(zone)
    return f"{day_words(local.date(), None)}, {clock_words(local, hours24)} {local.tzname()}"


def localized(message: str, zone: tzinfo | None, *, hours24: bool = False) -> str:
    """Put the moments in a message of the core, as `clock.spoken` writes them, in a zone (None: this computer's)."""

    def words(found: re.Match[str]) -> str:
        try:
            return with_zone(datetime.fromisoformat(found[1]).replace(tzinfo=UTC), zone, hours24=hours24)
        except (ValueError, OverflowError):
            return found[0]  # somebody's text that only looks like one

    return SPOKEN.sub(words, message)


def day_words(day: date, today: date | None) -> str:
    """Format as `Fri Nov 27`; with the year where it is not that of `today`."""
    year = "" if today and day.year == today.year else f", {day.year}"
    return f"{DAYS[day.weekday()][:3].title()} {MONTHS[day.month - 1][:3].title()} {day.day}{year}"


def clock_words(local: datetime, hours24: bool) -> str:
    """Format the time of day, as 2:05 PM or 14:05; as end of day where only a date was entered."""
    if local.time() == END_OF_DAY:
        return "end of day"
    if hours24:
        return f"{local.hour:02}:{local.minute:02}"
    return f"{local.hour % 12 or 12}:{local.minute:02} {'PM' if local.hour >= 12 else 'AM'}"
