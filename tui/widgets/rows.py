"""A list of places or shops: arrows and j/k move, enter opens."""

from textual.binding import Binding
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tui.textual_fixes import SafeOptionList


class Rows(SafeOptionList, OptionList):
    """The rows of a place. Texts are Content, never markup; None draws a line between rows."""

    BINDINGS = [
        Binding("j", "cursor_down", "Down", show=False),
        Binding("k", "cursor_up", "Up", show=False),
    ]

    def __init__(self, *options: Option | None) -> None:
        super().__init__(*options, id="rows", markup=False)

    @property
    def marked(self) -> str | None:
        """The id of the row under the cursor."""
        return self.get_option_at_index(self.highlighted).id if self.highlighted is not None else None

    def mark(self, id: str | None) -> None:
        """Put the cursor on a row again, if it is still there."""
        if any(option.id == id for option in self.options):
            self.highlighted = self.get_option_index(id or "")


class PagedRows(Rows):
    """Rows that are read as one goes down: the cursor stays on the first, for the last that was read is no end."""

    def action_cursor_up(self) -> None:
        if self.highlighted != 0:
            super().action_cursor_up()
