"""Show a link's facts for a support ticket, to copy or save."""

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from core.text import show
from tui.dialogs.dialog import Dialog


class Ticket(Dialog[None]):
    """The facts as text, copied to the clipboard if the terminal allows it."""

    BINDINGS = [Binding("escape,enter,f7", "dismiss", "Close"), Binding("s", "save", "Save to a file")]

    def __init__(self, name: str, text: str) -> None:
        super().__init__()
        self.file, self.text = name, text

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="dialog") as dialog:
            dialog.border_title = Content("Facts for a ticket")
            dialog.border_subtitle = Content("s saves to a file, esc closes")
            yield Static(Content("\n".join(show(line) for line in self.text.splitlines())))
            yield Static(Content.styled("Copied, if your terminal allows it. Phone and email are masked.", "$muted"))

    def on_mount(self) -> None:
        self.app.copy_to_clipboard(self.text)

    def action_save(self) -> None:
        from tui.dialogs.save_as import save_as

        save_as(self.app, "Save the facts", self.file, lambda: self.text, "The facts above, as plain text.")
