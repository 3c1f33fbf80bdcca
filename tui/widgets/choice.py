"""A card to choose with enter or a click."""

from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.widgets import Static


class Choice(Static, can_focus=True):
    """A focusable card with a name and an explanation."""

    BINDINGS = [Binding("enter", "choose", "Choose", key_display="enter"), Binding("space", "choose", "Choose", show=False)]

    class Chosen(Message):
        """Sent when the card is chosen."""

        def __init__(self, choice: "Choice") -> None:
            super().__init__()
            self.choice = choice

        @property
        def control(self) -> "Choice":
            return self.choice

    def __init__(self, name: str | Content, meaning: str | Content, *, id: str) -> None:
        text = meaning if isinstance(meaning, Content) else Content.styled(meaning, "$muted")
        title = name if isinstance(name, Content) else Content(name)
        super().__init__(title.stylize_before("bold") + Content("\n") + text, id=id)

    def on_click(self) -> None:
        self.action_choose()

    def action_choose(self) -> None:
        self.post_message(self.Chosen(self))
