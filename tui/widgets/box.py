"""A checkbox that shows its state with a symbol, not only a color."""

from textual.binding import Binding
from textual.content import Content
from textual.geometry import Size
from textual.widgets import Checkbox


class Box(Checkbox):
    """A checkbox that is empty until checked. Its label wraps; Textual's is cut off."""

    BINDINGS = [
        Binding("space", "toggle_button", "Check", key_display="space"),
        Binding("enter", "go_on", "Continue", key_display="enter"),
    ]
    DEFAULT_CSS = "Box { width: 1fr; text-wrap: wrap; }"

    def __init__(self, label: str, *, value: bool, id: str) -> None:
        self.BUTTON_INNER = "✓" if value else " "
        super().__init__(Content(label), value=value, id=id)

    def watch_value(self) -> None:
        self.BUTTON_INNER = "✓" if self.value else " "
        super().watch_value()

    def action_go_on(self) -> None:
        """Go to the next widget, as enter does in a field."""
        self.screen.focus_next()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return self.render().get_height(self.styles.get_rules(), width)
