"""What a list shows if it has no rows."""

from typing import NamedTuple

from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Button, Static

from tui.widgets.buttons import Buttons


class Empty(NamedTuple):
    """Why there are no rows, and the button that does something about it."""

    words: str
    label: str
    action: str


class EmptyList(Vertical):
    """Says why there are no rows, and offers the one thing to do next."""

    def __init__(self) -> None:
        self.words = Static(classes="heading-text")
        self.begin = Button(id="begin", variant="primary")
        super().__init__(self.words, Buttons(self.begin), id="empty")

    def say(self, said: Empty) -> None:
        """Show these words and this button."""
        self.words.update(Content.styled(said.words, "$muted"))
        self.begin.label, self.begin.action = Content(said.label), said.action
