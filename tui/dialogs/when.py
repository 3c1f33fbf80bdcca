"""Ask when something happened, for a note, and if needed for a reason, before recording it."""

from datetime import datetime
from typing import ClassVar, TypedDict

from textual import getters
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Button

from core.date_words import in_full
from core.errors import ShoplinkError
from core.text import show
from tui.dialogs.dialog import FormDialog
from tui.formats.clock import hours24
from tui.shell import Shell
from tui.widgets.field import Field
from tui.widgets.form import Form
from tui.widgets.note_field import note_field
from tui.widgets.when_field import WhenField


class Recording(TypedDict):
    """What `Record.recording` takes."""

    at: datetime | None
    note: str


class When(FormDialog[Recording | None]):
    """Fields for the moment (empty: now), a note and, if asked for, a reason; enter records."""

    app = getters.app(Shell)
    BINDINGS = [Binding("escape", "dismiss(None)", "Cancel")]
    AUTO_FOCUS = "Input"
    FIELDS: ClassVar = ("date", "note", "reason")
    """The names of these fields in the core's errors."""

    def __init__(self, what: str, *, otherwise: datetime | None = None, because: str = "") -> None:
        """`what`: what is recorded. `otherwise`: when it happened if nothing is typed, in UTC; None: now.

        `because`: the label of a field for the reason; without it, there is no such field.
        """
        super().__init__()
        self.what, self.otherwise, self.because = what, otherwise, because
        self.reason = ""

    def again(self, failure: ShoplinkError) -> "When":
        """Return the same dialog with its answers and what failed."""
        return When(self.what, otherwise=self.otherwise, because=self.because).after(self, failure)

    def compose(self) -> ComposeResult:
        with Vertical(id="dialog") as dialog:
            dialog.border_title = Content(f"Record: {show(self.what, 56)}")
            empty = "when it expired" if self.otherwise else "now"
            because = [Field("reason", self.because, thing="the reason")] if self.because else []
            yield Form(
                *because,
                WhenField("when", "When", optional=True, help=self._help(), placeholder=empty, names=["date"]),
                note_field(),
                typed=self.typed,
                submit="screen.record",
                at_once=True,
                buttons=[
                    Button("Record it", id="record", variant="primary", action="screen.record"),
                    Button("Don't record", id="keep", action="screen.dismiss(None)"),
                ],
            )

    def on_mount(self) -> None:
        self.set_interval(1, self.follow_clock)

    def follow_clock(self) -> None:
        """Name the moment that an empty field stands for, which moves with the clock."""
        field = self.form.field("when")
        if (help := self._help()) != field.help:
            field.help = help
            if not field.typed.strip() and not field.mistake:
                field.report(None)

    def _help(self) -> str:
        now = self.app.workspace.now()
        at = self.otherwise or now
        moment = in_full(at, now=now, zone=self.app.zone, hours24=hours24())
        return f"{moment} ({at.astimezone(self.app.zone).tzname()}). Or type, for example, yesterday 3 PM"

    def action_record(self) -> None:
        said = self.form.read()
        if said is not None:
            self.reason = said.get("reason") or ""
            self.dismiss(Recording(at=said["when"], note=said["note"] or ""))
