"""Shown while something takes a moment to be made."""

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import ProgressBar

from tui.dialogs.dialog import Dialog


class Making(Dialog[None]):
    """A bar that follows the work; whoever started it stops it when asked to, and closes this."""

    BINDINGS = [Binding("escape", "stop", "Stop")]

    def __init__(self, title: str) -> None:
        super().__init__()
        self.title_text = title
        self.is_stopped = False

    def compose(self) -> ComposeResult:
        with Vertical(id="dialog") as dialog:
            dialog.border_title = Content(self.title_text)
            yield ProgressBar(total=1, show_eta=False)

    def action_stop(self) -> None:
        self.is_stopped = True

    def show(self, share: float) -> None:
        """Show the finished share of the work, from 0 to 1. It may be closed already, or not mounted yet."""
        for bar in self.query(ProgressBar):
            bar.update(progress=share)
