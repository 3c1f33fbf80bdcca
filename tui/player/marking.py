"""Ask an author for two lines about what was recorded."""

from collections.abc import Callable, Sequence
from typing import Literal

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Button, Input

from core.text import LIMITS, problem, show
from tui.dialogs.confirm import Confirm, leaving
from tui.dialogs.dialog import Dialog
from tui.widgets.buttons import Buttons
from tui.widgets.field import Field


class Discarding(Confirm):
    """Ask whether to discard what was typed or recorded. To quit here keeps it, too."""

    BINDINGS = [Binding("ctrl+q", "dismiss(False)", show=False)]


class Marking(Dialog[tuple[str, str] | Literal["discard"] | None]):
    """Two required fields; up and down choose a text for the second. To quit here returns to the recording, too."""

    BINDINGS = [
        Binding("escape", "leave", "Keep recording"),
        Binding("ctrl+q", "leave", show=False),
        Binding("down", "offer(1)", "Next", show=False),
        Binding("up", "offer(-1)", "Previous", show=False),
    ]
    AUTO_FOCUS = "#first"

    def __init__(
        self,
        title: str,
        first: tuple[str, str],
        second: tuple[str, str],
        *,
        offered: Sequence[str] = (),
        check: Callable[[str], str] = lambda _: "",
        discard: str = "",
    ) -> None:
        """`first`, `second`: their labels and helps. `offered`: texts for the second. `check`: finds what is wrong with it.

        `discard`: the label of a button that discards what was recorded, if it may be.
        """
        super().__init__()
        self.heading, self.first, self.second = title, first, second
        self.offered, self.check, self.discard = offered, check, discard

    def compose(self) -> ComposeResult:
        with Vertical(id="dialog") as dialog:
            dialog.border_title = Content(show(self.heading, 60))
            dialog.border_subtitle = Content("enter continues, esc returns to the recording")
            yield Field("first", self.first[0], help=self.first[1])
            yield Field("second", self.second[0], help=self.second[1], value=self.offered[0] if self.offered else "")
            with Buttons():
                yield Button("Save", id="save", variant="primary", action="screen.save")
                if self.discard:
                    yield Button(self.discard, id="discard", variant="error", action="screen.dismiss('discard')")

    def action_leave(self) -> None:
        """Return to the recording; ask first if a text was typed."""
        first, second = (self.query_one(f"#{name}", Input).value.strip() for name in ("first", "second"))
        if not first and (not second or second in self.offered):
            self.dismiss(None)
            return

        def answered(leaves: bool | None) -> None:
            if leaves:
                self.dismiss(None)

        self.app.push_screen(leaving(Discarding), answered)

    def action_offer(self, step: int) -> None:
        entry = self.query_one("#second", Input)
        if self.offered:
            before = self.offered.index(entry.value) if entry.value in self.offered else -step
            entry.value = self.offered[(before + step) % len(self.offered)]
            entry.focus()

    @on(Input.Submitted, "#first")
    def go_to_second(self) -> None:
        self.query_one("#second").focus()

    @on(Input.Submitted, "#second")
    def action_save(self) -> None:
        typed = [self.query_one(f"#{name}", Input).value.strip() for name in ("first", "second")]
        for name, text in zip(("second", "first"), reversed(typed), strict=True):
            if not text:
                said = "Enter a text."
            elif found := problem(text, LIMITS["reason"]):
                said = f"This {found}."
            else:
                said = self.check(text) if name == "second" else ""
            self.query_one(f"#field-{name}", Field).report(said or None)
            if said:
                self.query_one(f"#{name}").focus()
                typed = []
        if typed:
            self.dismiss((typed[0], typed[1]))
