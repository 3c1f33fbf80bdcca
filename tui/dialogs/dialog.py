"""A dialog: what stands over a place and asks or says something."""

from typing import TypeVar

from textual.screen import ModalScreen

from tui.commands import QUIT, bindings
from tui.textual_fixes import DismissOnce

Answer = TypeVar("Answer")


class Dialog(DismissOnce, ModalScreen[Answer]):
    """The base of every dialog. The program can be quit from it too: Textual's keys of the application end at a dialog."""

    BINDINGS = bindings(QUIT)
