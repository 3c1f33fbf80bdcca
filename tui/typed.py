"""What a screen or a widget of this program knows more than Textual's do: which application it is in, and whom to tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.textual_fixes import SafeHandlers

if TYPE_CHECKING:
    from tui.app import ShoplinkApp


class InShoplink(SafeHandlers):
    """First base of screens and widgets that ask the application for workspace and zone."""

    if TYPE_CHECKING:

        @property
        def app(self) -> ShoplinkApp: ...
