"""Settings: the menu of a shop's screens, as in the Seller app."""

from collections.abc import Iterable

from textual import on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tui.breakpoints import TALL
from tui.messages import OpenFromList
from tui.place import Place
from tui.shop_rows import FIRST, shop_rows
from tui.widgets.rows import Rows


class Settings(Place):
    """A shop's settings: one row per screen, with a summary of its state.

    A wide screen has this list at its left, beside the open place.
    """

    key = "settings"
    lists_places = False

    def __init__(self, shop_id: str | None = None, marked: str = FIRST) -> None:
        super().__init__(shop_id)
        self.marked = marked

    def on_mount(self) -> None:
        for rows in self.query(Rows):  # none if closed before it was painted
            rows.mark(self.marked)

    def trail(self) -> list[str]:
        return [self.the_shop().name, "Settings"]

    def page(self) -> Iterable[Widget]:
        options = [
            Option(Content(row.name.ljust(25)) + row.about, id=row.key) for row in shop_rows(self.workspace, self.the_shop())
        ]
        tall = self.app.size.height >= TALL
        yield Rows(*[part for option in options for part in ((option, None) if tall else (option,))])

    @on(OptionList.OptionSelected)
    def open_row(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if event.option_id:
            self.post_message(OpenFromList(event.option_id, self.shop_id))

    async def reshaped(self) -> None:
        self._open_beside()
        await super().reshaped()

    def on_screen_resume(self) -> None:
        super().on_screen_resume()
        self._open_beside()

    def _open_beside(self) -> None:
        """On a wide screen, open what the cursor is on, with this list at its left; not under a dialog, which it would close."""
        if self.is_wide and self.app.screen is self:
            for rows in self.query(Rows):
                if rows.marked:
                    self.post_message(OpenFromList(rows.marked, self.shop_id, stay=True))
