"""Import a file: choose it, preview the result, then import.

From the welcome screen, this creates the record workspace.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Button, Input, OptionList, ProgressBar, Static
from textual.widgets.option_list import Option
from textual.worker import get_current_worker

from core.errors import InvalidInput, ShoplinkError
from core.exchange import ImportResult, counted, import_file
from core.plurals import count_of
from core.text import LIMITS, LONGEST_MESSAGE, problem, show
from core.workspace import Workspace
from tui.dialogs.dialog import Dialog
from tui.formats.clock import localized
from tui.messages import OpenWorkspace
from tui.place import Place
from tui.shell import Shell
from tui.typed_paths import typed_path
from tui.widgets.buttons import Buttons
from tui.widgets.field import Field
from tui.widgets.rows import Rows
from tui.widgets.states import safe

LISTED = 50
"""Maximum number of files, and of problems, shown."""


class ImportFile(Place):
    """Choose a file by its path or from the current folder."""

    key = "import"
    ENTER = "Preview"
    AUTO_FOCUS = "#file"

    def __init__(self, shop_id: str | None = None) -> None:
        super().__init__(shop_id)
        self.typed = ""

    def page(self) -> Iterable[Widget]:
        yield Field("file", "File", value=self.typed, help="A file that shoplink exported, or a CSV sheet; enter previews it")
        if here := _importable_files():
            yield Static(Content.styled("In this folder", "$muted"), classes="heading-text")
            yield Rows(*(Option(safe(name), id=name) for name in here), enter="Preview")

    @on(Input.Changed)
    def keep_typed(self, event: Input.Changed) -> None:
        self.typed = event.value

    @on(OptionList.OptionSelected)
    def choose(self, event: OptionList.OptionSelected) -> None:
        chosen = str(event.option_id)
        self.query_one("#file", Input).value = chosen
        self._import(chosen)

    @on(Input.Submitted)
    def import_typed(self, event: Input.Submitted) -> None:
        self._import(event.value)

    @work
    async def _import(self, typed: str) -> None:
        """Import the file and show its shops, or show why it cannot be read."""
        app, file = self.app, typed_path(typed)
        if not typed.strip():
            self.query_one(Field).report("Enter a file name.")
            return
        self.query_one(Field).note()
        result = await self.ask(TakeIn(file))
        if isinstance(result, InvalidInput):
            self.query_one(Field).report(app.error_message(result))
        elif result is not None:
            done = f"Added {counted(result.created)}; changed {counted(result.updated)}."
            if app.workspace:
                app.leave(self)
                app.repaint()
            else:
                self.open_workspace(OpenWorkspace(Workspace.open(app.path, actor=app.actor, clock=app.clock)))
            app.notify(done, title="Imported", markup=False)


def _importable_files() -> list[str]:
    """List importable files in the current folder, without control characters."""
    try:
        found = [path.name for path in Path().iterdir() if path.suffix.lower() in {".json", ".csv"} and path.is_file()]
    except OSError:
        return []  # the folder was deleted or is not readable
    return sorted(name for name in found if not problem(name, LIMITS["line"]))[:LISTED]


class TakeIn(Dialog[InvalidInput | ImportResult | None]):
    """Preview an import, then import the file when confirmed."""

    app = getters.app(Shell)
    BINDINGS = [Binding("escape", "stop", "Back")]
    AUTO_FOCUS = ""

    class Read(Message):
        """The part of the file read so far, from 0 to 1."""

        def __init__(self, done: float) -> None:
            super().__init__()
            self.done = done

    class Ended(Message):
        """Sent when the import or its preview has finished."""

        def __init__(self, result: ImportResult, trial: bool) -> None:
            super().__init__()
            self.result, self.trial = result, trial

    class Failed(Message):
        def __init__(self, error: ShoplinkError) -> None:
            super().__init__()
            self.error = error

    def __init__(self, file: Path) -> None:
        super().__init__()
        self.file = file

    @property
    def key_words(self) -> dict[str, str]:
        return {"stop": "Stop"} if any(bar.display for bar in self.query(ProgressBar)) else {}

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="dialog", can_focus=False) as dialog:
            dialog.border_title = Content("Import ") + safe(self.file.name)
            dialog.border_subtitle = Content("esc stops; nothing is imported")
            yield Static(Content("Reading…"), id="message")
            yield ProgressBar(total=1, show_eta=False)
            with Buttons():
                yield Button("Import", id="take", variant="primary", action="screen.take")
                yield Button("Back", id="back", action="screen.stop")

    def on_mount(self) -> None:
        self._show(buttons=False)
        self._read(trial=True)

    @work(thread=True, exclusive=True, group="import")
    def _read(self, *, trial: bool) -> None:
        """Read the file in a worker thread with its own connection."""
        worker = get_current_worker()

        def progress(done: float) -> None:
            if worker.is_cancelled:
                raise _Stopped
            self.post_message(self.Read(done))

        try:
            with self._workspace(trial=trial) as workspace:
                result = import_file(workspace, self.file, dry_run=trial, progress=progress, zone=self.app.zone)
                if result.problems:  # the file may have changed after the preview
                    self.post_message(self.Ended(result, trial))
                    raise _Stopped
        except _Stopped:
            return
        except ShoplinkError as error:
            self.post_message(self.Failed(error))
        else:
            self.post_message(self.Ended(result, trial))

    @contextmanager
    def _workspace(self, *, trial: bool) -> Iterator[Workspace]:
        """Open the workspace on a second connection, or create a new one.

        A new workspace is removed if the import fails.
        """
        app = self.app
        if app.workspace:
            with Workspace.open(app.path, actor=app.workspace.actor, clock=app.clock) as workspace:
                yield workspace
        elif trial:
            with Workspace.in_memory(actor=app.actor, clock=app.clock) as workspace:
                yield workspace
        else:
            made = Workspace.create(app.path, actor=app.actor, clock=app.clock)
            try:
                with made:
                    yield made
            except BaseException:
                app.path.unlink(missing_ok=True)
                raise

    @on(Read)
    def show_progress(self, event: Read) -> None:
        self.query_one(ProgressBar).update(progress=event.done)

    @on(Failed)
    def give_up(self, event: Failed) -> None:
        error = event.error
        self.dismiss(error if isinstance(error, InvalidInput) else InvalidInput("file", error.message, remedy=error.remedy))

    @on(Ended)
    def show_result(self, event: Ended) -> None:
        result = event.result
        notes = [Content.styled(f"! {show(note)}", "$warning") for note in result.notes]
        if result.problems:
            count = count_of(len(result.problems), "problem")
            lines = [Content.styled(f"{count}. Fix the file, then try again.", "$error"), Content("")]
            for one in result.problems[:LISTED]:
                where = f"line {one.line}" + (f", {one.field}" if one.field else "")
                lines.append(
                    Content.assemble(
                        (f"{show(where)}: ", "bold"), safe(localized(one.message, self.app.zone), limit=LONGEST_MESSAGE)
                    )
                )
            if len(result.problems) > LISTED:
                more = f"… and {len(result.problems) - LISTED} more. Fix these first."
                lines.append(Content.styled(more, "$muted"))
            if any(one.anyway for one in result.problems):
                apart = "If TikTok did what a rule forbids, record that link by itself, and leave it out of the file."
                lines.append(Content.styled(apart, "$muted"))
            self._show(Content("\n").join([*lines, *notes]), buttons=True, can_take=False)
        elif not event.trial:
            self.dismiss(result)
        else:
            new, changed = counted(result.created), counted(result.updated)
            anything = any([*result.created.values(), *result.updated.values()])
            effect = f"Adds: {new}\nChanges: {changed}" if anything else "Everything in this file is already here."
            self._show(Content("\n").join([Content(effect), *notes]), buttons=True, can_take=anything)

    def action_take(self) -> None:
        self._show(Content("Importing…"), buttons=False)
        self._read(trial=False)

    def action_stop(self) -> None:
        self.workers.cancel_group(self, "import")
        self.dismiss(None)

    def _show(self, message: Content | None = None, *, buttons: bool, can_take: bool = True) -> None:
        """Show a message with either the progress bar or the buttons."""
        if message is not None:
            self.query_one("#message", Static).update(message)
        self.query_one("#dialog").border_subtitle = "esc goes back" if buttons else "esc stops; nothing is imported"
        bar = self.query_one(ProgressBar)
        bar.display = not buttons
        bar.update(progress=0)
        self.refresh_bindings()
        self.query_one(Buttons).display = buttons
        take = self.query_one("#take", Button)
        take.display = can_take
        if buttons:
            (take if can_take else self.query_one("#back", Button)).focus()


class _Stopped(Exception):
    """Raised when the person cancels the import."""
