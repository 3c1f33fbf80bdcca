"""Tabs of a page: the current one is marked, a click chooses another."""

from collections.abc import Mapping

from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static


class Tab(Static):
    """One tab."""

    async def on_click(self) -> None:
        await self.run_action(f"screen.tab('{self.id}')")


def tabs(words: Mapping[str, str], here: str) -> Horizontal:
    """Build the tabs, by their ids; `here` is the current one."""
    shown = [Tab(Content(text), id=name, classes="-here" if name == here else "") for name, text in words.items()]
    return Horizontal(*shown, id="tabs")
