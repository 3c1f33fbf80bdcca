"""Ask for one line of text."""

from collections.abc import Callable

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Button, Input

from core.text import LIMITS, problem, show
from tui.dialogs.dialog import Dialog
from tui.widgets.field import Field


class Ask(Dialog[str | None]):
    """A field that must not stay empty; enter goes on, escape cancels."""

    BINDINGS = [Binding("escape", "dismiss(None)", "Cancel")]
    AUTO_FOCUS = "Input"

    def __init__(self, title: str, label: str, help: str = "", check: Callable[[str], str | None] = lambda _: None) -> None:
        """`check` says what is wrong with a text, if anything is."""
        super().__init__()
        self.heading, self.label, self.help, self.check = title, label, help, check

    def compose(self) -> ComposeResult:
        with Vertical(id="dialog") as dialog:
            dialog.border_title = Content(show(self.heading, 60))
            dialog.border_subtitle = Content("enter goes on, esc cancels")
            yield Field("asked", self.label, help=self.help)
            with Horizontal(classes="buttons"):
                yield Button("Continue", id="do", variant="primary", action="screen.go_on")
                yield Button("Cancel", id="keep", action="screen.dismiss(None)")

    @on(Input.Changed)
    def clear_mistake(self) -> None:
        self.query_one(Field).report(None)

    @on(Input.Submitted)
    def action_go_on(self) -> None:
        typed = self.query_one(Input).value.strip()
        found = problem(typed, LIMITS["reason"]) if typed else "is empty"
        if mistake := f"This {found}." if found else self.check(typed):
            self.query_one(Field).report(mistake)
            self.query_one(Input).focus()
        else:
            self.dismiss(typed)
