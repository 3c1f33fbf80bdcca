"""Tabs of a page: the current one is marked, a click chooses another."""

from collections.abc import Mapping

from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Static


class Tab(Static):
    """One tab."""

    class Clicked(Message):
        """Sent when a tab is clicked. `name`: its id."""

        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name

    def on_click(self) -> None:
        self.post_message(self.Clicked(self.id or ""))


def tabs(words: Mapping[str, str], here: str) -> Horizontal:
    """Build the tabs, by their ids; `here` is the current one."""
    shown = [Tab(Content(text), id=name, classes="-here" if name == here else "") for name, text in words.items()]
    return Horizontal(*shown, id="tabs")
