"""A dialog to start a scenario or a tour."""

from collections.abc import Iterator

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from core import scenarios
from core.plurals import count_of
from tui import tours
from tui.dialogs.dialog import Dialog
from tui.widgets.rows import Rows
from tui.widgets.states import safe

LETTERS = "abcdefghilmnopqrstuvwxyz"
"""Shortcut letters; j and k move the cursor."""


class Chooser(Dialog[str | None]):
    """Dismiss with `scenario ID` or `tour ID`; the current scenario is highlighted."""

    BINDINGS = [Binding("escape,f9", "dismiss(None)", "Close")]
    AUTO_FOCUS = "#rows"

    def __init__(self, present: str) -> None:
        super().__init__()
        self.present = present
        """The workspace's scenario: its id, or its file's path."""
        self.notes: dict[str, Content] = {}

    def compose(self) -> ComposeResult:
        with Vertical(id="dialog", classes="chooser") as dialog:
            dialog.border_title = Content("Start a scenario or play a tour")
            dialog.border_subtitle = Content("enter or a letter starts it, esc closes")
            options = list(self._options())
            yield Rows(*options, enter="Start", enters={id: "Play" for id in self.notes if id.startswith("tour ")})
            yield Static(id="row-note")

    def on_mount(self) -> None:
        self.query_one(Rows).mark(f"scenario {self.present}")

    @on(OptionList.OptionHighlighted)
    def show_note(self, event: OptionList.OptionHighlighted) -> None:
        self.query_one("#row-note", Static).update(self.notes.get(event.option_id or "", Content("")))

    @on(OptionList.OptionSelected)
    def choose(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option_id)

    def on_key(self, event: events.Key) -> None:
        started = [id for letter, id in zip(LETTERS, self.notes, strict=False) if letter == event.key]
        if started:
            event.stop()
            self.dismiss(started[0])

    def _options(self) -> Iterator[Option | None]:
        """List the person's own scenario file, the built-in scenarios and the tours."""
        builtin = scenarios.catalog()
        present = self.present
        warning = Content.styled("You will lose everything you did so far.", "$warning")
        if present not in {info.id for info in builtin}:
            self.notes[f"scenario {present}"] = Content.assemble(safe(present, "$muted"), "\n", warning)
            yield self._option(f"scenario {present}", "Your own scenario, from its start")
        for info in builtin:
            words = [safe(info.shows), safe(info.first, "$muted"), warning]
            self.notes[f"scenario {info.id}"] = Content("\n").join(part for part in words if part)
            yield self._option(f"scenario {info.id}", info.title)
        yield None
        titles = {info.id: info.title for info in builtin}
        for known in tours.catalog():
            steps = count_of(len(known.steps), "step")
            about = Content.styled(f"{steps} on the scenario “{titles[known.scenario]}”", "$muted")
            self.notes[f"tour {known.id}"] = Content("\n").join([safe(known.shows), about, warning])
            yield self._option(f"tour {known.id}", f"▶ Tour: {known.title}")

    def _option(self, id: str, title: str) -> Option:
        letter = LETTERS[len(self.notes) - 1] if len(self.notes) <= len(LETTERS) else " "
        return Option(Content.assemble((letter, "$accent bold"), "  ", safe(title)), id=id)
