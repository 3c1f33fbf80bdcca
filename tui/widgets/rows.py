"""A list of places or shops: arrows and j/k move, enter opens."""

from textual.binding import Binding
from textual.widgets import OptionList
from textual.widgets.option_list import Option


class Rows(OptionList):
    """The rows of a place. Texts are Content, never markup."""

    BINDINGS = [
        Binding("j", "cursor_down", "Down", show=False),
        Binding("k", "cursor_up", "Up", show=False),
    ]

    def __init__(self, *options: Option) -> None:
        super().__init__(*options, id="rows", markup=False)
