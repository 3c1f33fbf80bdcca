"""Moments as people read them, in the zone of the app."""

from datetime import datetime, tzinfo

from core.clock import in_words


def time_left(end: datetime, now: datetime) -> str:
    """Give how long it is until `end`, which can be over in a read-only file."""
    return f"{in_words(end - now)} left" if end > now else "no time left"


def short(moment: datetime, zone: tzinfo | None) -> str:
    """Mon 23 Nov 14:05"""
    return f"{moment.astimezone(zone):%a %d %b %H:%M}"


def brief(moment: datetime, now: datetime, zone: tzinfo | None) -> str:
    """Mon 14:05 within the last week, 26 Jul before."""
    local = moment.astimezone(zone)
    return f"{local:%a %H:%M}" if abs((now - moment).days) < 7 else f"{local:%d %b}"


def full(moment: datetime, zone: tzinfo | None) -> str:
    """Mon 23 Nov 2026, 14:05"""
    return f"{moment.astimezone(zone):%a %d %b %Y, %H:%M}"
