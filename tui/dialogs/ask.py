"""Ask for one line of text."""

from collections.abc import Callable

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Button, Input

from core.text import clean, show
from tui.dialogs.dialog import Dialog
from tui.widgets.field import Field
from tui.widgets.form import Form


class Ask(Dialog[str | None]):
    """A required field; enter continues, escape cancels."""

    BINDINGS = [Binding("escape", "dismiss(None)", "Cancel")]
    AUTO_FOCUS = "Input"

    def __init__(self, title: str, label: str, help: str = "", check: Callable[[str], object] = str, *, value: str = "") -> None:
        """`check` raises InvalidInput for an invalid answer. `value`: the present answer, which typing replaces."""
        super().__init__()
        self.heading, self.label, self.help, self.check, self.value = title, label, help, check, value

    def compose(self) -> ComposeResult:
        with Vertical(id="dialog") as dialog:
            dialog.border_title = Content(show(self.heading, 60))
            yield Form(
                Field("asked", self.label, value=self.value, help=self.help, read=self._read),
                typed={},
                submit="screen.go_on",
                buttons=[
                    Button("Continue", id="do", variant="primary", action="screen.go_on"),
                    Button("Cancel", id="keep", action="screen.dismiss(None)"),
                ],
            )

    def on_mount(self) -> None:
        self.query_one(Input).select_all()

    def action_go_on(self) -> None:
        if found := self.query_one(Form).read():
            self.dismiss(found["asked"])

    def _read(self, typed: str) -> str:
        self.check(text := clean("this", typed, "reason"))
        return text
