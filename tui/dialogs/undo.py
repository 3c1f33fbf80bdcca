"""Ask before undoing an entry of a record: show what it would restore, and ask why."""

from textual import getters
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Button, Static

from core.entries import Undoing
from core.errors import ShoplinkError
from core.text import clean
from tui.dialogs.dialog import FormDialog
from tui.formats.clock import localized
from tui.shell import Shell
from tui.widgets.field import Field
from tui.widgets.form import Form
from tui.widgets.lines import Hanging
from tui.widgets.states import safe


class Undo(FormDialog[str | None]):
    """The result, and a field for the reason; dismisses with the reason. Starts on "Keep it"."""

    app = getters.app(Shell)
    BINDINGS = [Binding("escape", "dismiss(None)", "Cancel")]
    AUTO_FOCUS = "#keep"

    def __init__(self, undoing: Undoing) -> None:
        super().__init__()
        self.undoing = undoing

    def again(self, failure: ShoplinkError) -> "Undo":
        """Return the same dialog with its reason and what failed."""
        return Undo(self.undoing).after(self, failure)

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="dialog", can_focus=False) as dialog:
            dialog.border_title = Content("Undo this entry?")
            yield Static(Content("\n").join(safe(event.summary, "bold") for event in self.undoing.events))
            lines = (localized(line, self.app.zone) for line in self.undoing.restores)
            yield Static(Content("Afterward:"))
            yield Hanging(*((Content.styled("  ◆ ", "$accent"), safe(line)) for line in lines))
            yield Form(
                Field("reason", "Why you are undoing it", help="Kept in History with the entry", read=_reason, thing="a reason"),
                typed=self.typed,
                submit="screen.undo",
                buttons=[
                    Button("Keep it", id="keep", variant="primary", action="screen.dismiss(None)"),
                    Button("Undo it", id="do", variant="error", action="screen.undo"),
                ],
            )

    def action_undo(self) -> None:
        if found := self.form.read():
            self.dismiss(found["reason"])


def _reason(typed: str) -> str:
    return clean("reason", typed, "reason")
