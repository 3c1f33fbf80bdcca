"""A checkbox whose state is a sign, not a color alone."""

from textual.content import Content
from textual.widgets import Checkbox


class Box(Checkbox):
    """A checkbox that is empty until it is ticked."""

    def __init__(self, label: str, *, value: bool, id: str) -> None:
        self.BUTTON_INNER = "✓" if value else " "
        super().__init__(Content(label), value=value, id=id)

    def watch_value(self) -> None:
        self.BUTTON_INNER = "✓" if self.value else " "
        super().watch_value()
