"""The footer of every screen: the keys that work there."""

from collections.abc import Iterator
from dataclasses import dataclass

from textual import getters
from textual.content import Content
from textual.screen import Screen
from textual.style import Style
from textual.widgets import Button, Checkbox, Input, Static

from tui.commands import BACK, DESK, HELP, QUIT, WHERE
from tui.shell import Shell
from tui.widgets.choice import Choice

GENERAL = tuple(command.action for command in (HELP, QUIT, DESK, WHERE))
"""The actions that work nearly everywhere: after the screen's own, and dropped from the end if there is no room."""

OWN = 3
"""The rank of the screen's own actions."""


@dataclass
class Key:
    """A key of the footer, with what it does."""

    key: str
    shown: str
    words: str
    action: str = ""
    enabled: bool = True

    @property
    def rank(self) -> int:
        """Return its rank in the footer."""
        if self.key in ("enter", "tab"):
            return ("enter", "tab").index(self.key)
        if self.key == BACK.key:
            return 2
        return OWN + 1 + GENERAL.index(self.action) if self.action in GENERAL else OWN

    def content(self) -> Content:
        style = "" if self.enabled else " dim"
        both = Content.styled(self.shown, f"bold $footer-key-foreground{style}")
        both += Content.styled(f" {self.words}", f"$footer-description-foreground{style}")
        return both.stylize(Style.from_meta({"@click": f"app.simulate_key({self.key!r})"})) if self.enabled else both


class Keys(Static):
    """The keys in one line: enter, the way back, the screen's own, and those that work everywhere.

    One widget: with one for each key, as in Textual's footer, each change of focus would cost a layout.
    """

    ALLOW_SELECT = False
    app = getters.app(Shell)

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[Key] = []

    def on_mount(self) -> None:
        self.auto_links = False  # its colors stay what they are
        self.screen.bindings_updated_signal.subscribe(self, self.show)

    def on_resize(self) -> None:
        self.show(self.screen)

    def show(self, screen: Screen[object]) -> None:
        """Show the keys that work now. If there is no room, whole keys go; never enter, the way back, or help.

        First those that repeat the focused button, then from the end, quit last.
        """
        if self.app.app_focus and screen is self.screen:
            gap = "  " if self.app.is_wide else " "
            keys = sorted(self._keys(), key=lambda key: key.rank)
            again = {key.words.removesuffix("…") for key in keys if key.key == "enter"}
            spare = [key for key in keys if key.rank >= OWN and key.action != HELP.action]
            spare.sort(key=lambda key: (key.action != QUIT.action, key.words.removesuffix("…") in again))
            while (line := Content(gap).join(key.content() for key in keys)).cell_length > self.content_size.width and spare:
                keys.remove(spare.pop())
            self.shown = keys
            if not isinstance(self.content, Content) or not line.is_same(self.content):
                self.update(line, layout=False)

    def _keys(self) -> Iterator[Key]:
        focused = self.screen.focused
        if isinstance(focused, Button):
            yield Key("enter", "enter", str(focused.label))
        elif isinstance(focused, Input):
            yield Key("enter", "enter", self._enter(focused))
        if (focused is None or isinstance(focused, Input | Button | Checkbox | Choice)) and self._is_elsewhere_to_go():
            yield Key("tab", "tab", "Next")
        seen = set()
        for node, binding, enabled, _ in self.screen.active_bindings.values():
            words = getattr(node, "key_words", {}).get(binding.action, binding.description)
            if binding.show and words and binding.action not in seen:
                seen.add(binding.action)
                yield Key(binding.key, self.app.get_key_display(binding), words, binding.action, enabled)

    def _enter(self, entry: Input) -> str:
        """Say what enter does in a field."""
        from tui.widgets.form import Form

        form = next((node for node in entry.ancestors if isinstance(node, Form)), None)
        here = form.enter_words(entry) if form else ""
        return here or str(self.screen.ENTER)  # type: ignore[attr-defined]  # a SafeScreen's

    def _is_elsewhere_to_go(self) -> bool:
        """Whether tab focuses another widget."""
        return any(widget is not self.screen.focused for widget in self.screen.focus_chain)
