"""A card: a rounded border with a title in it."""

from textual.containers import Vertical
from textual.content import Content
from textual.geometry import NULL_SIZE
from textual.reactive import Reactive
from textual.widget import Widget


class Card(Vertical):
    """A titled box around what belongs together."""

    virtual_size = Reactive(NULL_SIZE, repaint=False)
    """As Textual's, which has the screen laid out and painted twice when the size of a widget is another."""

    def __init__(self, title: str | Content, *children: Widget, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(*children, id=id, classes=classes)
        self.parts = children
        for last in children[-1:]:
            last.add_class("-last", update=False)  # :last-child in a style would have every widget styled twice
        self.border_title = title if isinstance(title, Content) else Content(title)
