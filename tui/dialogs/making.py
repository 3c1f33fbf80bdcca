"""Shown while something takes a moment to be made."""

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import ProgressBar

from tui.dialogs.dialog import Dialog


class Making(Dialog[None]):
    """A bar that follows the work; whoever started it closes it."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.title_text = title

    def compose(self) -> ComposeResult:
        with Vertical(id="dialog") as dialog:
            dialog.border_title = Content(self.title_text)
            yield ProgressBar(total=1, show_eta=False)

    def show(self, share: float) -> None:
        """Show the finished share of the work, from 0 to 1. It may be closed already, or not mounted yet."""
        for bar in self.query(ProgressBar):
            bar.update(progress=share)
