"""Moments as people read them, in the zone of the app."""

from datetime import datetime, tzinfo


def short(moment: datetime, zone: tzinfo | None) -> str:
    """Mon 23 Nov 14:05"""
    return f"{moment.astimezone(zone):%a %d %b %H:%M}"


def full(moment: datetime, zone: tzinfo | None) -> str:
    """Mon 23 Nov 2026, 14:05"""
    return f"{moment.astimezone(zone):%a %d %b %Y, %H:%M}"
