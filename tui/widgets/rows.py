"""A list of screens or records: arrows and j/k move, enter opens."""

from textual.binding import Binding
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tui.textual_fixes import SafeOptionList


class Rows(SafeOptionList, OptionList):
    """The rows of a screen: Content, never markup; None draws a separator."""

    BINDINGS = [
        Binding("j", "cursor_down", "Down", show=False),
        Binding("k", "cursor_up", "Up", show=False),
    ]

    def __init__(self, *options: Option | None) -> None:
        super().__init__(*options, id="rows", markup=False)

    @property
    def marked(self) -> str | None:
        """The id of the highlighted row."""
        return self.get_option_at_index(self.highlighted).id if self.highlighted is not None else None

    def mark(self, id: str | None) -> None:
        """Highlight the row with this id, if it exists."""
        if any(option.id == id for option in self.options):
            self.highlighted = self.get_option_index(id or "")


class PagedRows(Rows):
    """Rows loaded while scrolling; the cursor does not wrap from first to last."""

    def action_cursor_up(self) -> None:
        if self.highlighted != 0:
            super().action_cursor_up()
