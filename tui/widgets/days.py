"""A strip of the coming days, with how many things are upcoming on each."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta, tzinfo

from textual.content import Content

from core.reminders import Reminder
from tui.widgets.lines import Lines

DAYS = 30
WEEK = 8
"""The cells of a week: its days and a space."""


class Days(Lines):
    """The next 30 days from today, a cell each, after a count of what is due now."""

    def __init__(self, reminders: Iterable[Reminder], now: datetime, zone: tzinfo | None) -> None:
        super().__init__()
        today = now.astimezone(zone).date()
        self.first = today
        self.due = 0
        self.upcoming: Counter[int] = Counter()
        for reminder in reminders:
            day = (reminder.at.astimezone(zone).date() - today).days
            if reminder.is_due(now):
                self.due += 1
            elif day < DAYS:
                self.upcoming[day] += 1

    def lines(self, width: int) -> list[Content]:
        names, marks = Content(""), Content("")
        for day in range(min(DAYS, (width - 6) // WEEK * 7)):
            date = self.first + timedelta(days=day)
            if day % 7 == 0:
                names += Content.styled(f"{date:%b} {date.day}".ljust(WEEK), "$muted")
                marks += Content(" " if day else "")
            count = self.upcoming[day]
            marks += (
                Content.styled("·", "$muted") if not count else Content.styled(str(count) if count < 10 else "+", "bold $warning")
            )
        due = Content.styled(f"{self.due} due", "$warning")
        head = due.extend_right(max(2, 9 - due.cell_length)) if self.due else Content("")
        return [Content(" " * head.cell_length) + names, head + marks]
