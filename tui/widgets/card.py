"""A card: a rounded border with a title in it."""

from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget


class Card(Vertical):
    """A titled box around related widgets."""

    def __init__(self, title: str | Content, *children: Widget, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(*children, id=id, classes=classes)
        self.parts = children
        for last in children[-1:]:
            last.add_class("-last", update=False)  # :last-child would make Textual style every widget twice
        self.title = title if isinstance(title, Content) else Content(title)
        self.border_title = self.title
