"""The base class of dialogs."""

from typing import TypeVar

from textual.screen import ModalScreen

from tui.commands import QUIT, bindings
from tui.textual_fixes import DismissOnce

Answer = TypeVar("Answer")


class Dialog(DismissOnce, ModalScreen[Answer]):
    """Base of every dialog. Binds quit, since modal screens block the app's bindings."""

    BINDINGS = bindings(QUIT)
