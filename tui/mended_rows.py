"""What Textual 8.2.8's lists of rows do wrong, or more often than they need to."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from textual import events
from textual.geometry import Region, Size
from textual.strip import Strip

if TYPE_CHECKING:
    from textual.cache import LRUCache
    from textual.css.styles import RenderStyles


class RowsInReach:
    """First base of a list of rows: rows that are gone, and rows that were not laid out yet, are none."""

    if TYPE_CHECKING:
        option_count: int
        styles: RenderStyles
        scrollable_content_region: Region
        _size: Size
        _container_size: Size
        _option_render_cache: LRUCache[Any, Any]
        _line_cache: Any

    _wrapped = 0
    """The width for which the rows are wrapped."""
    _painting = False

    def action_page_up(self) -> None:
        with suppress(KeyError):  # a page key before new rows were laid out
            super().action_page_up()  # type: ignore[misc]  # Textual's, of every list

    def action_page_down(self) -> None:
        with suppress(KeyError):
            super().action_page_down()  # type: ignore[misc]

    def _size_updated(self, size: Size, *other: Any, **how: Any) -> bool:
        """Take over the size that it was laid out in, when it is another.

        Textual compares the size of all rows with that of those in sight, and paints the scroll bar anew with every layout.
        """
        if (size, size - self.styles.gutter.totals) == (self._size, self._container_size):
            return False
        updated: bool = super()._size_updated(size, *other, **how)  # type: ignore[misc]
        self._update_lines()  # before they are painted, so that the scroll bar is painted right at once
        return updated

    def render_lines(self, crop: Region) -> list[Strip]:
        """Paint the rows. Textual asks before each line of them whether there are new ones."""
        self._update_lines()
        self._painting = True
        try:
            painted: list[Strip] = super().render_lines(crop)  # type: ignore[misc]
        finally:
            self._painting = False
        return painted

    def _update_lines(self) -> None:
        """Have the rows wrapped for the width that there is."""
        if self._painting:
            return
        width = self.scrollable_content_region.width
        if width != self._wrapped:
            self._option_render_cache.clear()
            self._line_cache.clear()
            if self._wrapped:
                self.refresh()  # type: ignore[attr-defined]  # a widget's
            self._wrapped = width
        super()._update_lines()  # type: ignore[misc]

    def on_resize(self, event: events.Resize) -> None:
        event.prevent_default()  # Textual wraps and paints all rows anew with each size, the first one too

    def on_click(self, event: events.Click) -> None:
        clicked = event.style.meta.get("option")
        if clicked is not None and clicked >= self.option_count:
            event.prevent_default()  # it was there when the button was pressed
