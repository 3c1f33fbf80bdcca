"""The clock, passed in everywhere: nothing else reads the system time."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from core.errors import InvalidInput

Clock = Callable[[], datetime]
"""Returns the current time, aware, in UTC."""

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
LATEST = EPOCH.replace(year=9000)
"""The latest moment allowed, so that adding a wait or a time zone never overflows datetime."""
_MILLISECOND = timedelta(milliseconds=1)
_DURATION = re.compile(
    r"(\d{1,9})\s*(ms|s|sec|secs|seconds?|m|min|mins|minutes?|h|hr|hrs|hours?|d|days?|w|weeks?)(?![a-z])", re.ASCII
)
_UNITS = {"ms": 1, "s": 1000, "m": 60_000, "h": 3_600_000, "d": 86_400_000, "w": 604_800_000}


def system_clock() -> datetime:
    """Read the computer's clock, in UTC, to the millisecond."""
    return floor(datetime.now(UTC))


def floor(moment: datetime) -> datetime:
    """Convert `moment` to UTC, cut to milliseconds: the resolution of the store."""
    return from_ms(to_ms(moment))


def to_ms(moment: datetime) -> int:
    """Convert `moment` (aware) to whole milliseconds since 1970-01-01 UTC."""
    return (moment - EPOCH) // _MILLISECOND


def from_ms(ms: int) -> datetime:
    """Convert milliseconds since 1970-01-01 UTC to an aware moment in UTC."""
    return EPOCH + timedelta(milliseconds=ms)


def parse_duration(text: str) -> timedelta:
    """Parse a duration above zero, such as 24h, 1h30m or 3 days. Raises InvalidInput."""
    compact = text.strip().lower()
    if re.fullmatch(rf"({_DURATION.pattern}\s*)+", compact):
        total = sum(int(count) * _UNITS["ms" if unit == "ms" else unit[0]] for count, unit in _DURATION.findall(compact))
        if 0 < total <= 100 * 366 * _UNITS["d"]:
            return timedelta(milliseconds=total)
    raise InvalidInput(
        "duration",
        "is not a length of time",
        message="Enter a length of time, such as 90m, 24h, or 2d.",
        remedy="It can be up to 100 years.",
    )


def spoken(moment: datetime) -> str:
    """Format a moment for the core's messages, which know no zone: "2026-11-27 20:00 UTC".

    Whoever shows the message converts it to the person's zone: `date_words.localized`. The last moment of a minute is
    exact: it may be the end of somebody's day, where only a date was entered.
    """
    exact = ":59.999" if (moment.second, moment.microsecond) == (59, 999_000) else ""
    return f"{moment:%Y-%m-%d %H:%M}{exact} UTC"


def in_words(span: timedelta) -> str:
    """Format a duration, rounded up to the minute: "5 h 12 min", "51 h" or, from three days on, "3 d 2 h"."""
    seconds = max(0.0, span.total_seconds())
    if seconds < 60:
        return "less than a minute"
    minutes = -int(-seconds // 60)
    days, rest = divmod(minutes, 24 * 60)
    hours, minutes = divmod(rest, 60)
    if days > 2:
        return f"{days} d {hours} h" if hours else f"{days} d"
    hours += days * 24
    if not hours:
        return f"{minutes} min"
    return f"{hours} h {minutes} min" if minutes else f"{hours} h"
