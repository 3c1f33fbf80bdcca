"""A field for a date or time that shows in words how it was read."""

from datetime import datetime
from typing import Any

from textual import getters

from core.dates import HOW, When, read_when
from core.errors import InvalidInput
from tui.formats.clock import hours24
from tui.shell import Shell
from tui.widgets.field import Field


class WhenField(Field):
    """A moment as people write it, in the app's time zone; not in the future."""

    app = getters.app(Shell)

    def __init__(self, name: str, label: str, **given: Any) -> None:
        super().__init__(name, label, read=self._moment, **given)

    def on_mount(self) -> None:
        self.note()

    def note(self) -> None:
        """Show how it was read, with the zone, or what is still missing."""
        try:
            when = self._read(self.typed) if self.typed.strip() else None
        except InvalidInput as error:
            if error.remedy == HOW:  # may only be unfinished
                self.report(None, error.remedy)
            else:
                self.report(f"{error.message} {error.remedy}")
            return
        zone = when.moment.astimezone(self.app.zone).tzname() if when else ""
        self.report(None, f"{when.words} ({zone})" if when else None, [when.note] if when and when.note else [])

    def _moment(self, typed: str) -> datetime:
        return self._read(typed).moment

    def _read(self, typed: str) -> When:
        """Read a moment. Raises InvalidInput."""
        now = self.app.workspace.now()
        when = read_when(typed, now=now, zone=self.app.zone, hours24=hours24())
        if when.moment > now:
            raise InvalidInput("date", f"is in the future: {when.words}", remedy="Enter it once it has happened.")
        return when
