"""A scrollable column of a screen."""

from collections.abc import Sequence

from textual.containers import VerticalScroll
from textual.widget import Widget


class Page(VerticalScroll, can_focus=False):
    """A column of widgets that are replaced together."""

    async def replace(self, parts: Sequence[Widget]) -> None:
        """Replace all widgets and keep the scroll position."""
        if self.is_attached:
            async with self.batch():
                await self.remove_children()
                await self.mount_all(parts)
