"""A field for one of a list's values, found by typing."""

from collections.abc import Iterable
from typing import Any

from textual import events, on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static
from textual.widgets.input import Selection

from tui.widgets.choices import Choice, PickList
from tui.widgets.suggest_field import SuggestField


class Pick(SuggestField):
    """A pick list for typing a name, a code or part of one. Text typed in full is accepted as it is."""

    marks_first = True

    def __init__(self, name: str, label: str, choices: PickList, **given: Any) -> None:
        super().__init__(name, label, suggest=choices.find, read=self._read, **given)
        self.choices = choices
        self.start(self.value)
        if self.optional:
            self.placeholder = "not entered"

    @property
    def how(self) -> str:
        return self.choices.how

    def start(self, value: str) -> None:
        """Set the field's first text from a choice's value or typed text."""
        super().start(self.choices.text(value))

    def beside(self) -> Iterable[Widget]:
        yield Static(Content("▾ "), classes="field-arrow")

    def offered(self, typed: str) -> list[Choice]:
        """Return all choices if the field already has one, so that another can be picked."""
        return list(self.choices.find("" if self.choices.exact(typed) else typed))

    def open(self) -> None:
        super().open()
        if here := self.choices.exact(self.typed):
            self.choice_list.highlighted = self.found.index(here)

    def known(self, typed: str) -> Choice | None:
        return self.choices.exact(typed)

    @on(events.Click)
    def open_clicked(self) -> None:
        """Open or close the list."""
        self.close() if self.is_open else self.open()
        self.query_one(Input).focus()

    def fill(self, text: str) -> None:
        """Replace the text by a choice, given its value or its text."""
        super().fill(self.choices.text(text))
        self.select()

    @on(events.DescendantFocus)
    def select(self) -> None:
        """Select the text, to be replaced by typing, from its end: a long one is then shown from its beginning."""
        entry = self.query_one(Input)
        entry.selection = Selection(len(entry.value), 0)

    @on(Input.Submitted)
    @on(Input.Blurred)
    def write_in_full(self) -> None:
        """Complete the text to the choice that was meant."""
        if self.is_attached and not self.picked and (choice := self.choices.meant(self.typed)) and choice.text != self.typed:
            self.take(choice)

    def _read(self, typed: str) -> str:
        return self.choices.read(self.label, typed)
