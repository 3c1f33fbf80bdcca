"""Confirm a dangerous action; the safe button has the focus."""

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Button, Static

from tui.dialogs.dialog import Dialog
from tui.widgets.buttons import Buttons


class Confirm(Dialog[bool]):
    """A question; dismisses with True to go ahead."""

    BINDINGS = [
        Binding("escape", "dismiss(False)", "Cancel"),
        Binding("j,k", "app.focus_next", "Other button", show=False),
    ]
    AUTO_FOCUS = "#keep"

    def __init__(self, title: str, text: str, *, keep: str, do: str) -> None:
        super().__init__()
        self.title_text, self.text, self.keep, self.do = title, text, keep, do

    def compose(self) -> ComposeResult:
        with Vertical(id="dialog") as dialog:
            dialog.border_title = Content(self.title_text)
            yield Static(Content(self.text))
            with Buttons():
                yield Button(Content(self.keep), id="keep", variant="primary", action="screen.dismiss(False)")
                yield Button(Content(self.do), id="do", variant="error", action="screen.dismiss(True)")


def leaving(kind: type[Confirm] = Confirm) -> Confirm:
    """Ask whether to leave what was typed, with a dialog of this kind."""
    text = "What you typed here isn't saved yet."
    return kind("Leave without saving?", text, keep="Stay", do="Leave")
