"""Ask before an entry of a record is undone: what it would restore, and why."""

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Button, Input, Static

from core.entries import Undoing
from core.text import LIMITS, problem
from tui.dialogs.dialog import Dialog
from tui.widgets.field import Field
from tui.widgets.states import safe


class Undo(Dialog[str | None]):
    """What would stand, and a field for the reason; dismisses with the reason. Starts on "Keep it"."""

    BINDINGS = [Binding("escape", "dismiss(None)", "Keep it")]
    AUTO_FOCUS = "#keep"

    def __init__(self, undoing: Undoing) -> None:
        super().__init__()
        self.undoing = undoing

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="dialog") as dialog:
            dialog.border_title = Content("Undo this entry?")
            yield Static(Content("\n").join(safe(event.summary, "bold") for event in self.undoing.events))
            restores = [Content.assemble(("  ◆ ", "$accent")) + safe(line) for line in self.undoing.restores]
            yield Static(Content("\n").join([Content("Afterward:"), *restores]))
            yield Field("reason", "Why it is undone", help="The entry and the reason stay in history")
            with Horizontal(classes="buttons"):
                yield Button("Keep it", id="keep", variant="primary", action="screen.dismiss(None)")
                yield Button("Undo it", id="do", variant="error", action="screen.undo")

    @on(Input.Changed)
    def clear_mistake(self) -> None:
        self.query_one(Field).report(None)

    @on(Input.Submitted)
    def action_undo(self) -> None:
        reason = self.query_one(Input).value.strip()
        found = problem(reason, LIMITS["reason"])
        if found or not reason:
            self.query_one(Field).report(f"The reason {found}." if found else "Write why it is undone.")
            self.query_one(Input).focus()
        else:
            self.dismiss(reason)
