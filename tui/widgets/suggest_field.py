"""A field with a list under it that narrows while typing."""

from typing import Any

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from core.errors import InvalidInput
from core.text import show
from tui.widgets.choices import Choice, Suggest
from tui.widgets.field import Field
from tui.widgets.rows import Rows

LISTED = 50
"""Choices in the list at one time."""


class ChoiceList(Rows, can_focus=False):
    """The list under a field; the field's keys move in it."""

    def on_click(self, event: events.Click) -> None:
        super().on_click(event)
        event.stop()


class SuggestField(Field):
    """A field that suggests known values but accepts anything.

    ↓ opens the list and moves in it, enter takes the marked choice, escape closes it.
    """

    BINDINGS = [
        Binding("down", "mark(1)", "Next choice", show=False),
        Binding("up", "mark(-1)", "Previous choice", show=False),
        Binding("escape", "close", "Close the list", show=False),
    ]
    marks_first = False
    """Whether the first choice is marked while typing; enter then takes it and goes on to the next field."""

    class Taken(Message):
        """Posted when a choice was taken from the list or typed in full."""

        def __init__(self, field: "SuggestField", choice: Choice, *, typed: bool = False) -> None:
            super().__init__()
            self.field, self.choice, self.typed = field, choice, typed

        @property
        def control(self) -> "SuggestField":
            return self.field

    def __init__(self, name: str, label: str, *, suggest: Suggest, **given: Any) -> None:
        super().__init__(name, label, **given)
        self.suggest = suggest
        self.found: list[Choice] = []
        self._settled = ""
        """The text that was taken or there at first; nothing is suggested for it."""
        self._moved = False
        """Whether a key moved the mark; then leaving the field takes the choice."""

    def compose(self) -> ComposeResult:
        self._settled = self.value
        parts = list(super().compose())
        yield parts[0]
        yield ChoiceList(id=f"{self.field}-choices")
        yield from parts[1:]

    @property
    def choice_list(self) -> ChoiceList:
        return self.query_one(ChoiceList)

    @property
    def is_open(self) -> bool:
        return bool(self.found)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "close":
            return self.is_open
        if action == "mark":
            return self.is_open or parameters == (1,)
        return True

    def action_mark(self, step: int) -> None:
        """Open the list or mark the next choice. With nothing to suggest, go to the next field."""
        if not self.is_open:
            self.open()
            if not self.is_open:
                self.screen.focus_next()
            return
        self._moved = True
        if step > 0:
            self.choice_list.action_cursor_down()
        else:
            self.choice_list.action_cursor_up()

    def action_close(self) -> None:
        self.close()

    def offered(self, typed: str) -> list[Choice]:
        """Return the suggestions for the text; none for one that can't be stored, which is reported when the field is left."""
        try:
            return list(self.suggest(typed))[:LISTED]
        except InvalidInput:
            return []

    def open(self) -> None:
        """Show the choices for the text, if there are any."""
        self.found, self._moved = self.offered(self.typed), False
        rows = self.choice_list
        rows.clear_options()
        rows.add_options(Option(_row(choice)) for choice in self.found)
        rows.highlighted = 0 if self.found and (self.marks_first or not self.typed.strip()) else None
        self.set_class(self.is_open, "-open")

    def close(self) -> None:
        self.found = []
        self.set_class(False, "-open")

    def fill(self, text: str) -> None:
        self._settled = text
        super().fill(text)
        entry = self.query_one(Input)
        entry.cursor_position = len(text)
        self.close()

    def take(self, choice: Choice) -> None:
        """Put a choice into the field."""
        self.fill(choice.text)
        self.post_message(self.Taken(self, choice))

    @on(Input.Changed)
    def suggest_more(self, event: Input.Changed) -> None:
        """Narrow the list to the text; close it if the text is a full choice."""
        if event.value == self._settled or event.value != self.typed:
            return
        self._settled = ""
        known = self.known(event.value)
        if known or not event.value.strip() or not event.input.has_focus:
            self.close()
            if known:
                self.post_message(self.Taken(self, known, typed=True))
        else:
            self.open()

    def known(self, typed: str) -> Choice | None:
        """Return the choice that is typed in full."""
        plain = typed.strip().casefold()
        return next((one for one in self.offered(typed) if plain in {one.text.casefold(), one.value.casefold()}), None)

    @property
    def marked(self) -> Choice | None:
        """Return the marked choice in the open list."""
        at = self.choice_list.highlighted if self.is_open else None
        return self.found[at] if at is not None else None

    @property
    def picked(self) -> Choice | None:
        """Return the marked choice if a key moved the mark there."""
        return self.marked if self._moved else None

    @on(Input.Submitted)
    def take_marked(self, event: Input.Submitted) -> None:
        """Take the marked choice; without one, and in a pick list, enter goes on as in every field."""
        if (marked := self.marked) and marked.text != self.typed:
            if not self.marks_first:
                event.stop()
            self.take(marked)
        self.close()

    @on(OptionList.OptionSelected)
    def take_clicked(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if event.option_index < len(self.found):
            self.take(self.found[event.option_index])

    @on(OptionList.OptionHighlighted)
    def keep_to_itself(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()

    @on(Input.Blurred)
    def close_left(self) -> None:
        if self.picked:
            self.take(self.picked)
        self.close()


def _row(choice: Choice) -> Content:
    note = Content.styled(f"  {show(choice.note, 60)}", "$muted") if choice.note else Content("")
    return Content(show(choice.text, 60)) + note
