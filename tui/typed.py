"""What a screen or a widget of this program knows more than Textual's do: which application it is in, and whom to tell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.css.query import NoMatches

from core.errors import ShoplinkError

if TYPE_CHECKING:
    from tui.app import ShoplinkApp


class InShoplink:
    """First base of screens and widgets that ask the application for workspace and zone."""

    if TYPE_CHECKING:

        @property
        def app(self) -> ShoplinkApp: ...

    async def _dispatch_message(self, message: Any) -> None:
        """Take a message. An error that a person is meant to read is told, where Textual would end the program.

        What a screen that was left meanwhile cannot do any more is nobody's concern; and what a widget has told whose page was
        painted anew since, may find none of the widgets that stood beside it.
        """
        try:
            await super()._dispatch_message(message)  # type: ignore[misc]  # Textual's, of every screen and widget
        except ShoplinkError as error:
            if self.app.is_there(self):  # type: ignore[arg-type]  # it is a screen or a widget
                self.app.tell(error)
        except NoMatches:
            if message.control is None or message.control.is_attached:
                raise
