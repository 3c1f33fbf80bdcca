"""A form: fields in order, every error beside its field, buttons at the end."""

from collections.abc import Iterable
from itertools import takewhile
from typing import Any

from textual import getters, on
from textual.containers import Vertical, VerticalScroll
from textual.layout import Layout
from textual.widget import Widget
from textual.widgets import Button, Input, Static

from core.errors import InvalidInput, ShoplinkError
from tui.shell import Shell
from tui.textual_fixes import SafeHandlers
from tui.widgets.buttons import Buttons
from tui.widgets.card import Card
from tui.widgets.field import BRIEF, Field
from tui.widgets.layouts import YIELDING, YIELDS
from tui.widgets.lines import Hanging, marked


class Fields(VerticalScroll, can_focus=False):
    """The fields of a form, which scroll where they do not fit, so that the buttons stay in view."""

    def resume(self, before: "Fields") -> None:
        """Scroll to where those were in whose place these are."""
        self.call_after_refresh(self.scroll_to, y=before.scroll_y, animate=False, immediate=True)


def buttons_in_view(parts: Iterable[Widget]) -> Iterable[Widget]:
    """Let what is read first scroll where it does not fit, so that what is decided below it stays in view."""
    rest = list(parts)
    reading = list(takewhile(_is_read, rest))
    if len(reading) < len(rest):
        yield Fields(*reading, classes=YIELDS)
        yield from rest[len(reading) :]
    else:
        yield from rest


def _is_read(part: Widget) -> bool:
    if isinstance(part, Card):
        return not any(isinstance(inner, Form) for inner in part.parts)
    return isinstance(part, Static | Hanging)


class Form(SafeHandlers, Vertical):
    """Enter goes to the next field and, in the last one, submits.

    Whoever shows the form keeps `typed`, by field, so that repainting loses nothing.
    """

    app = getters.app(Shell)

    def __init__(
        self,
        *parts: Widget,
        typed: dict[str, str],
        buttons: Iterable[Button],
        submit: str,
        at_once: bool = False,
    ) -> None:
        """`submit`: the action of enter in the last field; with `at_once`, in every field."""
        self.typed, self.submit, self.at_once = typed, submit, at_once
        self.mistake = ""
        """The error about none of the fields, above the buttons."""
        for field in _fields(parts):
            field.start(typed.get(field.field, field.value))
            field.kept = typed
            field.keep()
        super().__init__(Fields(*parts, classes=YIELDS), Hanging(classes="form-note"), Buttons(*buttons), classes=YIELDS)
        self.set_class(all(field.label_width <= BRIEF for field in _fields(parts)), "-brief")

    @property
    def layout(self) -> Layout:
        return YIELDING

    def field(self, name: str) -> Field:
        return self.query_one(f"#field-{name}", Field)

    @on(Input.Changed)
    def keep_typed(self, event: Input.Changed) -> None:
        if self.mistake and self.typed.get(event.input.id or "") != event.value:
            self._note("")
        self.typed[event.input.id or ""] = event.value

    @on(Input.Submitted)
    async def go_on(self, event: Input.Submitted) -> None:
        """Focus the next field; after the last one, submit."""
        event.stop()
        if after := self._after(event.input):
            after.focus()
        else:
            await self.run_action(self.submit)

    def enter_words(self, entry: Input) -> str:
        """Return what enter does in a field: the name of the button that submits; empty if it goes to the next field."""
        submit = next((button for button in self.query(Button) if button.action == self.submit), None)
        return str(submit.label) if submit and not self._after(entry) else ""

    def _after(self, entry: Input) -> Widget | None:
        """Return the field after this one; None if enter submits here."""
        stops = [stop for stop in self.query("Input, Checkbox") if stop.focusable]
        after = stops[stops.index(entry) + 1 :] if entry in stops else []
        return after[0] if after and not self.at_once else None

    def read(self) -> dict[str, Any] | None:
        """Return the value of each field. None if there are errors, each shown beside its field."""
        values: dict[str, Any] = {}
        mistakes: list[tuple[Field, InvalidInput]] = []
        for field in self.query(Field):
            field.keep()
            try:
                values[field.field] = field.read()
            except InvalidInput as error:
                mistakes.append((field, error))
        self._show(mistakes)
        return None if mistakes else values

    def show(self, error: ShoplinkError) -> None:
        """Show the core's errors, each beside its field, or above the buttons if about none."""
        if not isinstance(error, InvalidInput):
            self._note(self.app.error_message(error))
            return
        fields = list(self.query(Field))
        mistakes = []
        for one in (error, *error.others):
            if found := next((field for field in fields if one.field in field.names), None):
                mistakes.append((found, one))
            else:
                self._note(self.app.error_message(one))
        self._show(mistakes)

    def resume(self, before: "Form") -> None:
        """Show the error of the form in whose place this one is."""
        if before.typed is self.typed:
            self._note(before.mistake)

    def _note(self, mistake: str) -> None:
        self.mistake = mistake
        note = self.query_one(".form-note", Hanging)
        note.update(marked("✗", mistake, "$error"))
        note.set_class(bool(mistake), "-shown")

    def _show(self, mistakes: list[tuple[Field, InvalidInput]]) -> None:
        for field, error in mistakes:
            field.report(self.app.error_message(error))
        if mistakes:
            mistakes[0][0].query_one(Input).focus()


def _fields(parts: Iterable[Widget]) -> Iterable[Field]:
    """Find the fields among these widgets and inside their cards."""
    for part in parts:
        if isinstance(part, Field):
            yield part
        elif isinstance(part, Card):
            yield from _fields(part.parts)
