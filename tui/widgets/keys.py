"""The footer of every screen: the keys that work there."""

from textual.app import ComposeResult
from textual.binding import Binding
from textual.widget import Widget
from textual.widgets import Button, Footer, Input

from tui.commands import BACK, DESK, HELP, QUIT, WHERE
from tui.textual_fixes import FooterKey
from tui.widgets.choice import Choice

GENERAL = tuple(command.action for command in (HELP, QUIT, DESK, WHERE))
"""The actions that work nearly everywhere: after the screen's own, and dropped from the end if there is no room."""

OWN = 3
"""The rank of the screen's own actions."""
GAPS = 2
"""Cells between a key, its words and the next key."""


class Keys(Footer):
    """Textual's footer, recomposed only if its keys or its width change, to save a layout.

    The order: enter, the way back, the screen's own keys, and those that work everywhere.
    """

    def __init__(self) -> None:
        super().__init__(compact=True, show_command_palette=False)
        self._working: list[tuple[Binding, bool]] = []
        self._enter = ""
        self._width = 0

    def compose(self) -> ComposeResult:
        width = self._width - 2
        for key in sorted((*self._of_focused(), *super().compose()), key=_rank):
            if isinstance(key, FooterKey):
                width -= len(key.key_display) + len(key.description) + GAPS
                if width < 0 and _rank(key) > OWN:
                    return
            yield key

    async def recompose(self) -> None:
        """Recompose if the active keys or the width changed and the screen is still open."""
        if not self.is_attached:
            return
        active = self.screen.active_bindings.values()
        working = [(key.binding, key.enabled) for key in active if key.binding.show]
        found = working, self._what_enter_does(), self.app.size.width
        if found != (self._working, self._enter, self._width):
            self._working, self._enter, self._width = found
            await super().recompose()

    async def on_resize(self) -> None:
        """Show the keys that fit, once the screen's bindings are known."""
        if self._width:
            await self.recompose()

    def _what_enter_does(self) -> str:
        match self.screen.focused:
            case Button(label=label):
                return str(label)
            case Input():
                return "Go on"
        return ""

    def _of_focused(self) -> list[Widget]:
        """Return the focused widget's keys that have no binding in the footer."""
        keys = [FooterKey("enter", "enter", self._enter, "")] if self._enter else []
        if isinstance(self.screen.focused, Input | Button | Choice):
            keys.append(FooterKey("tab", "tab", "Next", ""))
        return [key.data_bind(compact=Footer.compact) for key in keys]


def _rank(key: Widget) -> int:
    """Order the footer's keys. `key`: a FooterKey, or a group's label."""
    action = getattr(key, "action", "")
    first = ("enter", "tab")
    if (name := getattr(key, "key", "")) in first:
        return first.index(name)
    if action == BACK.action:
        return 2
    return 4 + GENERAL.index(action) if action in GENERAL else OWN
