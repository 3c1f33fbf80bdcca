"""A field of a form: its label, what is typed, and beside it what is wrong with it, as it is typed."""

from collections.abc import Iterable

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Label, Static


class Field(Vertical):
    """One text input with a label above and a help or a mistake below. The input's id is the field's name."""

    def __init__(self, name: str, label: str, *, value: str = "", help: str = "", placeholder: str = "") -> None:
        super().__init__(id=f"field-{name}")
        self.field = name
        self.label = label
        self.value = value
        self.help = help
        self.placeholder = placeholder

    def compose(self) -> ComposeResult:
        yield Label(Content(self.label))
        entry = Input(value=self.value, placeholder=self.placeholder, id=self.field, select_on_focus=False)
        entry.cursor_blink = False
        yield entry
        yield Static(Content.styled(self.help, "$muted"), classes="field-note")

    def tell(self, mistake: str | None, help: str | None = None, notes: Iterable[str] = ()) -> None:
        """Show a mistake beside the field or, when there is none, its help and what a person should look at."""
        if mistake:
            told = Content.styled(f"✗ {mistake}", "$error")
        else:
            looked_at = ((f"  ! {note}", "$warning") for note in notes)
            told = Content.assemble((self.help if help is None else help, "$muted"), *looked_at)
        self.query_one(".field-note", Static).update(told)
