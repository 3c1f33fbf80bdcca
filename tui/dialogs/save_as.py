"""Save a text: to a file whose name is asked for, or as a download where the screens are in a browser.

Never replaces a file.
"""

import io
import os
import re
from collections.abc import Callable
from itertools import count
from pathlib import Path

from textual import on
from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from core.errors import Exists, ShoplinkError
from core.store.new_file import new_file
from core.text import show
from tui.dialogs.dialog import Dialog
from tui.typed_paths import typed_path
from tui.widgets.field import Field


def save_as(app: App[None], title: str, name: str, text: Callable[[], str], about: str) -> None:
    """Have a text saved: where the person is who asks for it, which need not be at this computer."""
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

    BINDINGS = [Binding("escape", "dismiss(None)", "Do not write")]
    AUTO_FOCUS = "Input"

    def __init__(self, title: str, name: str, about: str, write: Callable[[Path], None], *, what: str = "File") -> None:
        """`write`: writes to a path, or raises ShoplinkError; Exists if something is there. `what`: File or Folder."""
        super().__init__()
        self.heading, self.suggested, self.about, self.save, self.what = title, _free(as_file_name(name)), about, write, what

    def compose(self) -> ComposeResult:
        with Vertical(id="dialog") as dialog:
            dialog.border_title = Content(self.heading)
            dialog.border_subtitle = Content("enter writes, esc does not")
            yield Static(Content(self.about))
            help = "In the folder where shoplink was started, unless a path is given"
            yield Field("file", self.what, value=self.suggested, help=help)

    @on(Input.Submitted)
    def write(self, event: Input.Submitted) -> None:
        typed = event.value.strip()
        mistake = "" if typed else f"Name a {self.what.lower()}."
        path = Path(typed)
        try:
            path = typed_path(typed)
            if typed:
                self.save(path)
        except Exists:
            mistake = f"That {self.what.lower()} exists already. Name another one."
        except ShoplinkError as error:
            mistake = show(f"{error.message} {error.remedy}")
        except (ValueError, RuntimeError):
            mistake = f"That is no {self.what.lower()}'s name. Name another one."
        if mistake:
            self.query_one(Field).report(mistake)
        else:
            self.dismiss(path)


def as_file_name(name: str) -> str:
    """Replace path separators, since shop codes may come from imported files."""
    return re.sub(r"[^\w.-]+", "-", name)


def _free(name: str) -> str:
    """Give the first of NAME, NAME-2, NAME-3, … that no file has yet."""
    path = Path(name)
    names = (name if number == 1 else f"{path.stem}-{number}{path.suffix}" for number in count(1))
    return next(name for name in names if not os.path.lexists(name))
