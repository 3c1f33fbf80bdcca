"""A checkbox that shows its state with a symbol, not only a color."""

from textual.binding import Binding
from textual.content import Content
from textual.geometry import Size
from textual.widgets import Checkbox

from tui.widgets.lines import hanging


class Box(Checkbox):
    """A checkbox: brackets, empty until checked, so that it is seen without colors too. Its label wraps; Textual's is cut off."""

    BINDINGS = [
        Binding("space", "toggle_button", "Check", key_display="space"),
        Binding("enter", "go_on", "Continue", key_display="enter"),
    ]
    DEFAULT_CSS = "Box { width: 1fr; }"

    def __init__(self, label: str, *, value: bool, id: str) -> None:
        super().__init__(Content(label), value=value, id=id)

    @property
    def key_words(self) -> dict[str, str]:
        """The footer's words for what keys do now, by action."""
        return {"toggle_button": "Uncheck"} if self.value else {}

    def watch_value(self) -> None:
        super().watch_value()
        self.refresh_bindings()

    def action_go_on(self) -> None:
        """Go to the next widget, as enter does in a field."""
        self.screen.focus_next()

    def lines(self, width: int) -> list[Content]:
        """Return the lines of text for this width in cells."""
        mark = Content.styled("[✓] " if self.value else "[ ] ", self.get_visual_style("toggle--button"))
        return hanging(mark, self.label.stylize_before(self.get_visual_style("toggle--label")), width)

    def render(self) -> Content:
        return Content("\n").join(self.lines(self.content_size.width))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(self.lines(width))
