"""A labeled pick list of a form."""

from collections.abc import Iterable

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Label, Select

NOT_ENTERED = "not entered"


class Pick(Vertical):
    """A labeled pick list; nothing picked is a fact that is not entered."""

    def __init__(self, name: str, label: str, values: Iterable[str], value: str) -> None:
        super().__init__(id=f"pick-{name}", classes="pick")
        self.field, self.label, self.values, self.value = name, label, values, value

    @on(events.DescendantFocus)
    def show_whole(self) -> None:
        """Scroll so that the label and the note are seen with what is focused."""
        self.call_after_refresh(self.scroll_visible, animate=False)

    def compose(self) -> ComposeResult:
        yield Label(Content(self.label))
        options = [(value, value) for value in self.values]
        yield Select(options, prompt=NOT_ENTERED, value=self.value or Select.NULL, id=self.field, compact=True)
