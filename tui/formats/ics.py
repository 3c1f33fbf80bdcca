"""Reminders as an iCalendar document (RFC 5545)."""

from collections.abc import Iterable
from datetime import UTC, datetime

from core.reminders import Reminder
from core.text import show

SEQUENCE_START = datetime(2020, 1, 1, tzinfo=UTC)


def calendar(reminders: Iterable[Reminder], now: datetime) -> str:
    """Format one event per reminder, in UTC, with an alarm a day before; `now` is the document's timestamp.

    An event's UID comes from the reminder's kind and what it is about, so a moment that moves updates the event, and a
    deadline that passes keeps its event. A later document has a larger SEQUENCE: the seconds since 2020, which calendars can
    hold until 2088.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//shoplink//reminders//EN"]
    for reminder in reminders:
        summary = _text(f"{reminder.summary} ({reminder.shop.name})")
        kind = reminder.kind.replace("_overdue", "_expires")
        lines += [
            "BEGIN:VEVENT",
            f"UID:{_text(f'{kind}-{reminder.member or reminder.link or reminder.shop.id}')}@shoplink",
            f"SEQUENCE:{max(0, int((now - SEQUENCE_START).total_seconds()))}",
            f"DTSTAMP:{_stamp(now)}",
            f"DTSTART:{_stamp(reminder.at)}",
            f"SUMMARY:{summary}",
            "BEGIN:VALARM",
            "ACTION:DISPLAY",
            f"DESCRIPTION:{summary}",
            "TRIGGER:-P1D",
            "END:VALARM",
            "END:VEVENT",
        ]
    return "".join(_folded(line) for line in [*lines, "END:VCALENDAR"])


def _stamp(moment: datetime) -> str:
    return f"{moment:%Y%m%dT%H%M%SZ}"


def _text(text: str) -> str:
    return show(text).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")


def _folded(line: str) -> str:
    """Fold a content line so that no line is longer than 75 octets."""
    pieces, current = [], ""
    for char in line:
        if len((current + char).encode()) > 75:
            pieces.append(current)
            current = " "
        current += char
    return "\r\n".join([*pieces, current]) + "\r\n"
