"""The buttons of a page, a form or a dialog."""

from textual.layout import Layout
from textual.widget import Widget

from tui.widgets.layouts import WRAPPING


class Buttons(Widget):
    """Buttons side by side, in as many rows as they need; all of one height."""

    DEFAULT_CSS = "Buttons { height: auto; width: 1fr; }"

    @property
    def layout(self) -> Layout:
        return WRAPPING
