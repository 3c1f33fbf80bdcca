"""A scrollable column of a screen."""

from collections.abc import Sequence

from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.layout import Layout
from textual.widget import Widget

from tui.widgets.layouts import YIELDING


class Page(VerticalScroll, can_focus=False, inherit_bindings=False):
    """A column of widgets replaced together. The screen handles arrows, which would only scroll here."""

    BINDINGS = [Binding("home", "scroll_home", show=False), Binding("end", "scroll_end", show=False)]

    @property
    def layout(self) -> Layout:
        return YIELDING

    async def replace(self, parts: Sequence[Widget]) -> None:
        """Replace all widgets and keep the scroll position."""
        if self.is_attached:
            async with self.batch():
                await self.remove_children()
                await self.mount_all(parts)
