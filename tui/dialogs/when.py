"""Ask when something happened, for a note, and for a reason where one was given, before it is recorded."""

from datetime import datetime
from typing import ClassVar, TypedDict

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Button, Input

from core.dates import in_full
from core.errors import InvalidInput
from core.text import show
from tui.dialogs.dialog import Dialog
from tui.shell import Shell
from tui.widgets.field import Field
from tui.widgets.when_field import WhenField


class Recording(TypedDict):
    """What `Record.recording` takes."""

    at: datetime | None
    note: str


class When(Dialog[Recording | None]):
    """A field for the moment, now unless typed, one for a note, and one for a reason if asked; enter records."""

    app = getters.app(Shell)
    BINDINGS = [Binding("escape", "dismiss(None)", "Don't record")]
    AUTO_FOCUS = "Input"
    FIELDS: ClassVar = {"moment": "when", "date": "when", "note": "note", "reason": "reason"}
    """Where a mistake is shown, by the field that the core names."""

    def __init__(
        self,
        what: str,
        *,
        otherwise: datetime | None = None,
        because: str = "",
        typed: str = "",
        note: str = "",
        reason: str = "",
        mistake: InvalidInput | None = None,
    ) -> None:
        """`what`: what is recorded. `otherwise`: when it happened if nothing is typed, in UTC; None: now.

        `because`: the label of a field for the reason; without it there is none.
        """
        super().__init__()
        self.what, self.otherwise, self.because, self.mistake = what, otherwise, because, mistake
        self.typed, self.note, self.reason = typed, note, reason

    def again(self, mistake: InvalidInput) -> "When":
        """Return the dialog as it was answered, with the mistake beside its field."""
        typed = {"typed": self.typed, "note": self.note, "reason": self.reason}
        return When(self.what, otherwise=self.otherwise, because=self.because, mistake=mistake, **typed)

    def compose(self) -> ComposeResult:
        now = self.app.workspace.now()
        moment = in_full(self.otherwise or now, now=now, zone=self.app.zone)
        with Vertical(id="dialog") as dialog:
            dialog.border_title = Content(f"Record: {show(self.what, 56)}")
            dialog.border_subtitle = Content("enter records, esc does not")
            help = f"{moment}. Or type, for example, yesterday 3 PM"
            empty = "when it expired" if self.otherwise else "now"
            if self.because:
                yield Field("reason", self.because, value=self.reason)
            yield WhenField("when", "When did it happen?", value=self.typed, help=help, placeholder=empty)
            yield Field("note", "Note (optional)", value=self.note, help="A ticket's number, or who you spoke to")
            with Horizontal(classes="buttons"):
                yield Button("Record it", id="record", variant="primary", action="screen.record")
                yield Button("Don't record", id="keep", action="screen.dismiss(None)")

    def on_mount(self) -> None:
        if self.mistake:
            self._show(self.mistake)

    @on(Input.Submitted)
    def action_record(self) -> None:
        self.typed, self.note = self.query_one("#when", Input).value, self.query_one("#note", Input).value
        if self.because:
            self.reason = self.query_one("#reason", Input).value
        try:
            at = self.query_one(WhenField).read()
        except InvalidInput as error:
            self._show(error)
        else:
            self.dismiss(Recording(at=at, note=self.note))

    def _show(self, mistake: InvalidInput) -> None:
        name = self.FIELDS.get(mistake.field, "when")
        self.query_one(f"#field-{name}", Field).report(self.app.error_message(mistake))
        self.query_one(f"#{name}").focus()
