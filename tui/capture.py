"""Capture the screen as an SVG picture or as plain text."""

import io
import re
from typing import TYPE_CHECKING

from rich.color import ColorSystem
from rich.console import Console
from rich.segment import Segment
from textual.color import TRANSPARENT
from textual.renderables.background_screen import BackgroundScreen

from tui.textual_fixes import painted

if TYPE_CHECKING:
    from textual.app import App

_FONTS = re.compile(r"\s*@font-face\s*\{[^}]*\}")


async def remove_toasts(app: "App[None]") -> None:
    """Remove every toast, so that a picture shows what it covers."""
    app.clear_notifications()
    for screen in app.screen_stack:
        if toasts := screen.query("ToastHolder"):
            await toasts.remove()
            await screen.wait_for_refresh()


def picture(app: "App[None]") -> str:
    """Return the screen as an SVG without Textual's links to web fonts."""
    return _FONTS.sub("", app.export_screenshot(simplify=True))


def rows(app: "App[None]") -> list[str]:
    """Return the screen's rows with their escape sequences, as a full-color terminal draws them."""
    return ["".join(_ansi(segment) for strip in row for segment in strip) for row in painted(app)]


def _ansi(segment: Segment) -> str:
    if segment.style is None:
        return segment.text
    return segment.style.clear_meta_and_links().render(segment.text, color_system=ColorSystem.TRUECOLOR)


def text(app: "App[None]") -> str:
    """Return the screen as text, including the screen behind a dialog."""
    console = Console(width=app.size.width, height=app.size.height, file=io.StringIO(), record=True, legacy_windows=False)
    console.print(BackgroundScreen(app.screen, TRANSPARENT))
    return "\n".join(line.rstrip() for line in console.export_text().splitlines()).rstrip() + "\n"
