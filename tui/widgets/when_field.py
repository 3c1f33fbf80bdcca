"""A field for a date or time that says back in words what it understood."""

from datetime import datetime

from textual import getters, on
from textual.widgets import Input

from core.dates import When, read_when
from core.errors import InvalidInput
from tui.shell import Shell
from tui.widgets.field import Field


class WhenField(Field):
    """A moment as people write it, in the app's time zone; not in the future."""

    app = getters.app(Shell)

    def __init__(self, name: str, label: str, *, value: str = "", help: str = "", placeholder: str = "") -> None:
        super().__init__(name, label, value=value, help=help, placeholder=placeholder)

    def on_mount(self) -> None:
        self.say_back()

    def read(self) -> datetime | None:
        """Read what is typed, in UTC; None if nothing is. Raises InvalidInput."""
        when = self._read()
        return when.moment if when else None

    @on(Input.Changed)
    def say_back(self) -> None:
        """Show what was understood, or why it was not."""
        try:
            when = self._read()
        except InvalidInput as error:
            self.report(f"{error.message} {error.remedy}")
        else:
            self.report(None, when.words if when else None, [when.note] if when and when.note else [])

    def _read(self) -> When | None:
        typed = self.query_one(Input).value
        if not typed.strip():
            return None
        now = self.app.workspace.now()
        when = read_when(typed, now=now, zone=self.app.zone)
        if when.moment > now:
            raise InvalidInput("moment", f"is in the future: {when.words}", remedy="Enter it once it has happened.")
        return when
