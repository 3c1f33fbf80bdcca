"""The base class of dialogs."""

from collections.abc import Iterable
from typing import Self, TypeVar

from textual import getters
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Button

from core.errors import ShoplinkError
from tui.commands import QUIT, bindings
from tui.textual_fixes import DismissOnce
from tui.widgets.form import Form
from tui.widgets.keys import Keys

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

    @property
    def key_words(self) -> dict[str, str]:
        """The footer's words for what keys do now, by action: those of the button that keeps everything as it is."""
        kept = self.query("#keep").results(Button)
        return {(button.action or "").removeprefix("screen."): str(button.label) for button in kept}

    def footer(self) -> Iterable[Widget]:
        """Show the dialog's own keys, over those of the page below, which do not work now."""
        yield Keys()

    def action_scroll_page(self, step: int) -> None:
        for column in self.query(VerticalScroll):
            column.scroll_relative(y=step * column.size.height, animate=False)


class FormDialog(Dialog[Answer]):
    """A dialog with a form. It is shown again if what it asked for failed, so that nothing typed is lost."""

    form = getters.query_one(Form)

    def __init__(self) -> None:
        super().__init__()
        self.typed: dict[str, str] = {}
        self.failure: ShoplinkError | None = None

    def after(self, before: Self, failure: ShoplinkError) -> Self:
        """Take over what was typed in the dialog before this one, and show why that failed."""
        self.typed, self.failure = before.typed, failure
        return self

    def on_mount(self) -> None:
        if self.failure:
            self.call_after_refresh(self.form.show, self.failure)
