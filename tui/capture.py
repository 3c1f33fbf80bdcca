"""The screen as a picture (SVG) and as plain text."""

import io
import re
from typing import TYPE_CHECKING

from rich.console import Console

if TYPE_CHECKING:
    from textual.app import App

_FONTS = re.compile(r"\s*@font-face\s*\{[^}]*\}")


def picture(app: "App[None]") -> str:
    """Give the screen as an SVG that loads nothing.

    Textual's own names fonts on another computer.
    """
    return _FONTS.sub("", app.export_screenshot(simplify=True))


def text(app: "App[None]") -> str:
    """Give the screen as lines of text, a place behind a dialog included."""
    console = Console(width=app.size.width, height=app.size.height, file=io.StringIO(), record=True, legacy_windows=False)
    console.print(app.screen._compositor.render_update(full=True, screen_stack=app._background_screens))
    return "\n".join(line.rstrip() for line in console.export_text().splitlines()).rstrip() + "\n"
