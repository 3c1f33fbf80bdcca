"""A list of screens or records: arrows and j/k move, enter opens."""

from collections.abc import Callable, Mapping

from rich.segment import Segment
from rich.style import Style
from textual import events, on
from textual.binding import Binding
from textual.color import Color
from textual.strip import Strip
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tui.textual_fixes import SafeOptionList

BAR = "▌"
NEAR = 10
"""Rows below the visible ones before which the next are read."""


class Rows(SafeOptionList, OptionList):
    """The rows of a screen: Content, never markup; None draws a separator."""

    BINDINGS = [
        Binding("enter", "select", "Open", key_display="enter"),
        Binding("j", "cursor_down", "Down", show=False),
        Binding("k", "cursor_up", "Up", show=False),
    ]

    def __init__(self, *options: Option | None, id: str = "rows", enter: str = "Open", enters: Mapping[str, str] = {}) -> None:
        """`enter`: what enter does, for the footer. `enters`: for the rows with these ids; empty for nothing."""
        self.enter, self.enters = enter, enters
        self._shown_at: float | None = None
        """The line at which to show the highlighted row once it is laid out."""
        self._was_in_view: bool | None = None
        """Whether the row was in view in the list in whose place this one is; None if it is in no list's place."""
        self._height = 0
        """How many lines it has: a removed list has none."""
        super().__init__(*options, id=id, markup=False)

    @property
    def key_words(self) -> dict[str, str]:
        """The footer's words for what keys do now, by action."""
        return {"select": self.enters.get(self.marked or "", self.enter)}

    def watch_highlighted(self, highlighted: int | None) -> None:
        super().watch_highlighted(highlighted)
        if self.enters:
            self.refresh_bindings()

    @property
    def marked(self) -> str | None:
        """The id of the highlighted row."""
        return self.get_option_at_index(self.highlighted).id if self.highlighted is not None else None

    def render_line(self, y: int) -> Strip:
        """Render a line. The highlighted row has a bar at its left, visible even without colors."""
        strip = super().render_line(y)
        first = next(iter(strip), None)
        if first is None or first.style is None or first.style.meta.get("option", -1) != self.highlighted:
            return strip
        color = Color.parse(self.app.theme_variables["accent" if self.has_focus else "muted"])
        bar = first.style + Style(color=color.rich_color)
        return Strip([Segment(BAR, bar), *strip.crop(1)], strip.cell_length)

    def resume(self, before: "Rows") -> None:
        """Highlight and show what was highlighted and shown in the list in whose place this one is.

        If that row is gone, highlight the one that took its place.
        """
        if not self.mark(before.marked) and before.highlighted is not None:
            rows = [index for index, option in enumerate(self.options) if not option.disabled]
            self.highlighted = next((index for index in rows if index >= before.highlighted), rows[-1] if rows else None)
        shown_at = before.highlighted_line
        self._shown_at = before._shown_at if shown_at is None else shown_at
        self._was_in_view = before._was_in_view is not False if shown_at is None else 0 <= shown_at < before._height
        self.call_after_refresh(self._scroll_back)

    @on(events.Show)
    def stay(self, event: events.Show) -> None:
        """Leave it where it was in the list in whose place this one is."""
        if self._was_in_view is not None:
            event.prevent_default()  # Textual would scroll to the highlighted row

    def on_resize(self, event: events.Resize) -> None:
        self._height = event.size.height

    def _scroll_back(self) -> None:
        """Show the highlighted row where it was: still in view if it was, however low the list is now."""
        line, shown_at = self.highlighted_line, self._shown_at
        if line is not None and shown_at is not None:
            self.scroll_relative(y=line - shown_at, animate=False, immediate=True)
        self._shown_at = None
        if self._was_in_view:
            self.scroll_to_highlight()

    def mark(self, id: str | None) -> bool:
        """Highlight the row with this id; return whether it exists."""
        exists = id is not None and any(option.id == id for option in self.options)
        if id is not None and exists:
            self.highlighted = self.get_option_index(id)
        return exists


class PagedRows(Rows):
    """Rows read on where the last ones are near; the cursor does not wrap from first to last."""

    def __init__(self, *options: Option | None, more: Callable[[], list[Option]]) -> None:
        """`more`: reads the rows that follow, if there are any."""
        self._more = more
        super().__init__(*options)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        if self.options and self.max_scroll_y - new_value < NEAR:
            self._add_more()

    def watch_highlighted(self, highlighted: int | None) -> None:
        super().watch_highlighted(highlighted)
        if highlighted is not None and highlighted >= self.option_count - NEAR:
            self._add_more()

    @on(events.Resize)
    def fill(self) -> None:
        """Read on if the rows do not fill the list: it has nothing to scroll then."""
        if not self.max_scroll_y:
            self._add_more()

    def action_last(self) -> None:
        self._add_more()
        super().action_last()

    def _add_more(self) -> None:
        here = {option.id for option in self.options if option.id}
        self.add_options(option for option in self._more() if option.id not in here)  # another program may have moved one

    def action_cursor_up(self) -> None:
        if self.highlighted != 0:
            super().action_cursor_up()
