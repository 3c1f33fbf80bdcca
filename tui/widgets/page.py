"""Parts of a screen whose widgets are replaced together, such as its scrollable columns."""

from collections.abc import Sequence

from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.layout import Layout
from textual.widget import Widget

from tui.widgets.layouts import YIELDING


class Parts(Widget):
    """First base of a container whose widgets are replaced together."""

    async def replace(self, parts: Sequence[Widget]) -> None:
        """Replace all widgets and keep the scroll position."""
        if self.is_attached:
            async with self.batch():
                await self.remove_children()
                await self.mount_all(parts)  # unlike mount, does nothing once the program is ending


class Section(Parts, Vertical):
    """A part of a page that is replaced by itself."""


class Page(Parts, VerticalScroll, can_focus=False, inherit_bindings=False):
    """A column of widgets replaced together. The screen handles arrows, which would only scroll here."""

    BINDINGS = [Binding("home", "scroll_home", show=False), Binding("end", "scroll_end", show=False)]

    @property
    def layout(self) -> Layout:
        return YIELDING
