"""Reminders as an iCalendar document (RFC 5545)."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from core.reminders import Reminder
from core.text import show


def calendar(reminders: Iterable[Reminder], now: datetime) -> str:
    """Format one event per reminder, in UTC; `now` is the document's timestamp."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//shoplink//reminders//EN"]
    named: Counter[str] = Counter()
    for reminder in reminders:
        name = f"{reminder.kind}-{reminder.link or reminder.shop.id}-{_stamp(reminder.at)}"
        named[name] += 1  # two invitations may expire at the same moment
        lines += [
            "BEGIN:VEVENT",
            f"UID:{_text(name)}-{named[name]}@shoplink",
            f"DTSTAMP:{_stamp(now)}",
            f"DTSTART:{_stamp(reminder.at)}",
            f"SUMMARY:{_text(f'{reminder.summary} ({reminder.shop.name})')}",
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
