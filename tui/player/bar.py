"""A bar in its own rows at the bottom of every screen, below pages and dialogs."""

from collections.abc import Iterable

from textual import events
from textual.app import App
from textual.content import Content
from textual.widgets import Static

from tui.breakpoints import NORMAL

TOASTS = "ToastRack"
"""The container of a screen's toasts; below them is an empty row for the footer."""

BARRED = "-barred"
"""A screen with a bar."""


class TourBar(Static):
    """A title, a few lines of text, and a line of keys; as high as its longest text, so that no page jumps."""

    text = Content("")
    """Its current contents."""

    def texts(self) -> Iterable[Content]:
        """Return every text that it may have to show, except for the keys."""
        raise NotImplementedError

    def get_content_height(self, *sizes: object) -> int:
        width = max(int(sizes[-1]), 1)  # type: ignore[call-overload]  # of the container, of the viewport, and this
        return max(text.get_height({}, width) for text in (self.text, *self.texts())) + 1

    def on_resize(self, event: events.Resize) -> None:
        """Move the screen's toasts above the bar and the footer."""
        self.screen.query(TOASTS).set_styles(f"margin: 0 0 {self.outer_size.height + 1} 0;")
        self.show()

    def on_mount(self) -> None:
        self.screen.add_class(BARRED)
        self.show()

    def show(self) -> None:
        """Update what it shows."""
        raise NotImplementedError

    def show_lines(self, title: Content, text: Content, keys: Iterable[tuple[str, str]]) -> None:
        """Show the title in the border, the text, and the keys with their effects in the last line."""
        self.border_title, self.text = title, text
        width = self.size.width or 1
        apart = Content(" " * (2 if width < NORMAL else 3))
        shown = [Content.assemble((f"{key} ", "$accent"), (does, "$muted")) for key, does in keys]
        while (foot := apart.join(shown)).cell_length > width and shown:
            shown.pop()
        free = self.size.height - 1 - text.get_height({}, width)
        self.update(Content("\n").join([text, *[Content("")] * free, foot]))


def show_bars(app: App[None]) -> None:
    """Update the bar of every screen."""
    for screen in app.screen_stack:
        for bar in screen.query(TourBar):
            bar.show()


def remove_bars(app: App[None]) -> None:
    """Give the bar's rows back to every screen."""
    for screen in app.screen_stack:
        if bars := screen.query(TourBar):
            bars.remove()
            screen.remove_class(BARRED)
            screen.query(TOASTS).set_styles("margin: 0 0 1 0;")
