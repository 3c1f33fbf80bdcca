"""A form field: its label, the input, and help or an error below."""

from collections.abc import Callable, Iterable
from typing import Any

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Label

from core.errors import InvalidInput
from core.text import show
from tui.textual_fixes import SafeHandlers
from tui.widgets.lines import Hanging, marked

LABEL_WIDTH = 26
"""Columns of a label beside its field; a longer one goes above it."""
BRIEF = 12
"""Columns of the labels of a form with only short labels."""


class Field(SafeHandlers, Vertical):
    """A text input with its label beside or above it, and help or an error below.

    The input's id is the field's name. A definite mistake is shown when the field is left, and goes away
    when the text is changed.
    """

    def __init__(
        self,
        name: str,
        label: str,
        *,
        optional: bool = False,
        says_optional: bool = True,
        value: str = "",
        help: str = "",
        placeholder: str = "",
        read: Callable[[str], Any] = str.strip,
        names: Iterable[str] = (),
        thing: str = "",
    ) -> None:
        """`read` makes a value from the text, or raises InvalidInput. `names`: its names in the core's errors.

        `thing`: what to enter, in a sentence, where the label doesn't say so.
        """
        super().__init__(id=f"field-{name}")
        self.field = name
        self.label = label
        self.optional = optional
        self.says_optional = optional and says_optional
        self.value = value
        self.help = help
        self.placeholder = placeholder
        self.reader = read
        self.names = {name, *names}
        self.mistake: str | None = None
        """The error that is shown."""
        self.thing = thing
        self.kept: dict[str, str] = {}
        """Where its form keeps what is typed, by field."""
        self.stays = False
        """Whether it is about to be focused where it is, as after a repaint."""
        self._wrong: str | None = None
        """The text for which it was reported."""
        self.label_width = len(f"{label} (optional)" if self.says_optional else label)
        self.set_class(self.label_width > LABEL_WIDTH, "-above")
        self.set_class(bool(help), "-helped")

    @property
    def how(self) -> str:
        """How to fill it in, if the label does not say so."""
        return ""

    def start(self, value: str) -> None:
        """Set the field's first text."""
        self.value = value

    def fill(self, text: str) -> None:
        """Replace the text."""
        self.query_one(Input).value = text

    @property
    def typed(self) -> str:
        """Return the text, even before the field is on the screen."""
        entries = self.query(Input)
        return entries.first().value if entries else self.value

    def keep(self) -> None:
        """Keep the text, so that repainting doesn't lose it."""
        self.kept[self.field] = self.typed

    def compose(self) -> ComposeResult:
        label = Content.assemble(self.label, (" (optional)", "$muted")) if self.says_optional else Content(self.label)
        entry = Input(value=self.value, placeholder=self.placeholder, id=self.field, select_on_focus=False)
        entry.cursor_blink = False
        yield Horizontal(Label(label), entry, *self.beside(), classes="field-row")
        yield Hanging((Content(), Content.styled(self.help, "$muted")), classes="field-note")

    def beside(self) -> Iterable[Widget]:
        """Return the widgets to the right of the input."""
        return ()

    @on(events.DescendantFocus)
    def show_whole(self) -> None:
        """Scroll so that the label and the note are visible with the focused input, unless that was there before."""
        if not self.stays:
            self.call_after_refresh(self.scroll_visible, animate=False)
        self.stays = False

    @on(Input.Changed)
    def forget_mistake(self, event: Input.Changed) -> None:
        """Show the help again once the text changes."""
        if event.value != self._wrong:
            self.note()

    @on(Input.Blurred)
    def check_left(self) -> None:
        """Show a definite mistake; an empty field may still be filled in."""
        if self.is_attached and self.typed.strip() and self._wrong is None:
            try:
                self.read()
            except InvalidInput as error:
                self.report(f"{error.message} {error.remedy}")

    def resume(self, before: "Field") -> None:
        """Show the error of the field in whose place this one is, if text and help are the same.

        Another help says that the text is now checked against something else.
        """
        if before.mistake and (before._wrong, before.help) == (self.typed, self.help):
            self.report(before.mistake)

    def note(self) -> None:
        """Show the help, or how the field reads the text."""
        self.report(None)

    def read(self) -> Any:
        """Return the value of the text; None for an empty one. Raises InvalidInput."""
        if self.typed.strip():
            return self.reader(self.typed)
        if self.optional:
            return None
        raise InvalidInput.empty(self.label[:1].lower() + self.label[1:], self.thing, remedy=self.how)

    def report(self, mistake: str | None, help: str | None = None, notes: Iterable[str] = ()) -> None:
        """Show an error below the field or, without one, help and notes."""
        self.mistake, self._wrong = mistake, self.typed if mistake else None
        warnings = [marked("!", text, "$warning") for text in notes]
        texts = [(Content(), Content.styled(text, "$muted")) for text in [self.help if help is None else help] if text]
        shown = [marked("✗", show(mistake), "$error")] if mistake else [*texts, *warnings]
        for below in self.query(".field-note").results(Hanging):
            below.update(*shown)
            helps = not mistake and help is None and not warnings
            self.set_class(helps and bool(shown), "-helped")
            self.set_class(not helps and bool(shown), "-noted")
