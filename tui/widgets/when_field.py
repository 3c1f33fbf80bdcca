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
    """A moment as people write it, in the app's time zone; not in the future.

    The moment that is shown is the one that is read later, whatever the clock says then.
    """

    app = getters.app(Shell)

    def __init__(self, name: str, label: str, **given: Any) -> None:
        super().__init__(name, label, read=self._moment, **given)
        self._understood: tuple[str, When] | None = None
        """The text, and how it was read."""

    def on_mount(self) -> None:
        self.note()

    def note(self) -> None:
        """Show how it was read, with the zone, or what is still missing; the form's other moments are read at the same time."""
        self.mistake = None
        now = self.app.workspace.present()
        for field in (self.parent or self).query(WhenField):  # no screen any more, if it was just left
            field.look(now)

    def look(self, now: datetime) -> None:
        """Read the text at `now`, and show how, unless a mistake is shown."""
        self._understood = None
        try:
            when = self._read(self.typed, now) if self.typed.strip() else None
        except InvalidInput as error:
            if self.mistake:
                return
            if error.remedy == HOW:  # may only be unfinished
                self.report(None, error.remedy)
            else:
                self.report(f"{error.message} {error.remedy}")
            return
        self._understood = (self.typed, when) if when else None
        if not self.mistake:
            zone = when.moment.astimezone(self.app.zone).tzname() if when else ""
            self.report(None, f"{when.words} ({zone})" if when else None, [when.note] if when and when.note else [])

    def _moment(self, typed: str) -> datetime:
        if self._understood and self._understood[0] == typed:
            return self._understood[1].moment
        return self._read(typed, self.app.workspace.present()).moment

    def _read(self, typed: str, now: datetime) -> When:
        """Read a moment. Raises InvalidInput."""
        when = read_when(typed, now=now, zone=self.app.zone, hours24=hours24())
        if when.moment > now:
            raise InvalidInput("date", f"is in the future: {when.words}", remedy="Enter it once it has happened.")
        return when
