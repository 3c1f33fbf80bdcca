"""Format dates and times for display, in the app's time zone."""

from datetime import datetime, tzinfo

from core.clock import in_words


def time_left(end: datetime, now: datetime) -> str:
    """Format the time left until `end`, which may be past in a read-only file."""
    return f"{in_words(end - now)} left" if end > now else "no time left"


def short(moment: datetime, zone: tzinfo | None) -> str:
    """Format as Mon 23 Nov 14:05."""
    return f"{moment.astimezone(zone):%a %d %b %H:%M}"


def brief(moment: datetime, now: datetime, zone: tzinfo | None) -> str:
    """Format as Mon 14:05 within a week of `now`, else as 26 Jul."""
    local = moment.astimezone(zone)
    return f"{local:%a %H:%M}" if abs((now - moment).days) < 7 else f"{local:%d %b}"


def clock(moment: datetime, zone: tzinfo | None) -> str:
    """Format the time of day, as 14:05."""
    return f"{moment.astimezone(zone):%H:%M}"


def day(moment: datetime, now: datetime, zone: tzinfo | None) -> str:
    """Format the day, as Today, Yesterday or Sat 21 Nov 2026."""
    local = moment.astimezone(zone)
    ago = (now.astimezone(zone).date() - local.date()).days
    return {0: "Today", 1: "Yesterday"}.get(ago, f"{local:%a %d %b %Y}")


def full(moment: datetime, zone: tzinfo | None) -> str:
    """Format as Mon 23 Nov 2026, 14:05."""
    return f"{moment.astimezone(zone):%a %d %b %Y, %H:%M}"
