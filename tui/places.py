"""The list of a shop's places at the left of a wide screen, as in Seller Center."""

from collections.abc import Iterable

from textual import on
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tui.shop_rows import ShopRow
from tui.widgets.rows import Rows

WIDTH = 24


class Places(Rows):
    """The list of a shop's places. The cursor starts on the current one."""

    class Moved(Message):
        """The cursor moved to another place."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    class Chosen(Message):
        """A place was chosen with enter or a click."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    def __init__(self, rows: Iterable[ShopRow], here: str) -> None:
        options: list[Option | None] = [Option(Content.styled("Settings", "$muted"), disabled=True)]
        for row in rows:
            if row.key == "workspace":
                options.append(Option("", disabled=True))
            name = Content(row.name).extend_right(max(WIDTH - len(row.name) - row.mark.cell_length, 0))
            options.append(Option(name + row.mark, id=row.key))
        super().__init__(*options, id="places")
        self.here = here
        self.mark(here)

    @on(OptionList.OptionHighlighted)
    def follow(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        if self.has_focus and event.option_id and event.option_id != self.here:
            self.post_message(self.Moved(event.option_id))

    @on(OptionList.OptionSelected)
    def choose(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if event.option_id:
            self.post_message(self.Chosen(event.option_id))
