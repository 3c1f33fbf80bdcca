"""Save a text to a file that the person names, or as a download in a browser.

Never replaces a file.
"""

import io
import os
import re
from collections.abc import Callable
from itertools import count
from pathlib import Path

from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Button, Static

from core.errors import Exists, InvalidInput, ShoplinkError
from core.store.new_file import new_file
from core.text import show
from tui.dialogs.dialog import Dialog
from tui.typed_paths import typed_path
from tui.widgets.field import Field
from tui.widgets.form import Form


def save_as(app: App[None], title: str, name: str, text: Callable[[], str], about: str) -> None:
    """Save a text where the person is, which may not be at this computer."""
    if app.is_web:
        app.deliver_text(io.StringIO(text(), newline=""), save_filename=as_file_name(name))
        app.notify(f"Sent to your browser: {as_file_name(name)}", markup=False)
        return

    def write(path: Path) -> None:
        with new_file(path) as made:
            made.write_text(text(), encoding="utf-8", newline="")
        app.notify(f"Written to {path}", markup=False)

    app.push_screen(SaveAs(title, name, about, write))


class SaveAs(Dialog[Path | None]):
    """A field for the name of a file or a folder; enter writes, escape cancels."""

    BINDINGS = [Binding("escape", "dismiss(None)", "Cancel")]
    AUTO_FOCUS = "Input"

    def __init__(self, title: str, name: str, about: str, write: Callable[[Path], None], *, what: str = "File") -> None:
        """`write`: writes to a path, or raises ShoplinkError; Exists if something is there. `what`: File or Folder."""
        super().__init__()
        self.heading, self.suggested, self.about, self.save, self.what = title, _free(as_file_name(name)), about, write, what

    def compose(self) -> ComposeResult:
        with Vertical(id="dialog") as dialog:
            dialog.border_title = Content(self.heading)
            yield Static(Content(self.about))
            help = "Without a path, it is saved in the folder where you started shoplink"
            yield Form(
                Field("file", self.what, value=self.suggested, help=help, names=[self.what.lower()]),
                typed={},
                submit="screen.write",
                buttons=[
                    Button("Save", id="save", variant="primary", action="screen.write"),
                    Button("Cancel", id="keep", action="screen.dismiss(None)"),
                ],
            )

    def action_write(self) -> None:
        """Write the file or folder, or show why it cannot be written."""
        form = self.query_one(Form)
        if found := form.read():
            try:
                self.save(path := typed_path(found["file"]))
            except Exists:
                form.show(InvalidInput(self.what.lower(), "exists already", remedy="Choose another name."))
            except ShoplinkError as error:
                form.field("file").report(show(f"{error.message} {error.remedy}"))
            except (ValueError, RuntimeError):
                form.show(InvalidInput(self.what.lower(), "can't have that name", remedy="Choose another name."))
            else:
                self.dismiss(path)


def as_file_name(name: str) -> str:
    """Replace path separators, since shop codes may come from imported files."""
    return re.sub(r"[^\w.-]+", "-", name)


def _free(name: str) -> str:
    """Return the first of NAME, NAME-2, NAME-3, … that is free."""
    path = Path(name)
    names = (name if number == 1 else f"{path.stem}-{number}{path.suffix}" for number in count(1))
    return next(name for name in names if not os.path.lexists(name))
