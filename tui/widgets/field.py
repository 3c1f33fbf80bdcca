"""A form field that shows validation errors while typing."""

from collections.abc import Iterable

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Label, Static


class Field(Vertical):
    """A text input with a label above and help or an error below.

    The input's id is the field's name.
    """

    def __init__(self, name: str, label: str, *, value: str = "", help: str = "", placeholder: str = "") -> None:
        super().__init__(id=f"field-{name}")
        self.field = name
        self.label = label
        self.value = value
        self.help = help
        self.placeholder = placeholder

    @on(events.DescendantFocus)
    def show_whole(self) -> None:
        """Scroll so that the label and the note are seen with what is focused."""
        self.call_after_refresh(self.scroll_visible, animate=False)

    def compose(self) -> ComposeResult:
        yield Label(Content(self.label))
        entry = Input(value=self.value, placeholder=self.placeholder, id=self.field, select_on_focus=False)
        entry.cursor_blink = False
        yield entry
        yield Static(Content.styled(self.help, "$muted"), classes="field-note")

    def report(self, mistake: str | None, help: str | None = None, notes: Iterable[str] = ()) -> None:
        """Show an error below the field or, without one, help and notes."""
        if mistake:
            note = Content.styled(f"✗ {mistake}", "$error")
        else:
            warnings = ((f"  ! {text}", "$warning") for text in notes)
            note = Content.assemble((self.help if help is None else help, "$muted"), *warnings)
        self.query_one(".field-note", Static).update(note)
