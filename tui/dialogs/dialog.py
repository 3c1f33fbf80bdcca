"""The base class of dialogs."""

from typing import TypeVar

from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.screen import ModalScreen

from tui.commands import QUIT, bindings
from tui.textual_fixes import DismissOnce

Answer = TypeVar("Answer")


class Dialog(DismissOnce, ModalScreen[Answer]):
    """Base of every dialog. Binds quit, since modal screens block the app's bindings, and the keys that move as on a page."""

    BINDINGS = [
        *bindings(QUIT),
        Binding("down,right", "app.focus_next", "Next", show=False),
        Binding("up,left", "app.focus_previous", "Previous", show=False),
        Binding("pagedown", "scroll_page(1)", "Page down", show=False),
        Binding("pageup", "scroll_page(-1)", "Page up", show=False),
    ]

    def action_scroll_page(self, step: int) -> None:
        for column in self.query(VerticalScroll):
            column.scroll_relative(y=step * column.size.height, animate=False)
