"""A widget whose text depends on its width: the base of facts, countdowns and timelines."""

from collections.abc import Sequence
from contextlib import suppress

from textual import getters
from textual.app import RenderResult
from textual.content import Content
from textual.geometry import Size
from textual.reactive import Reactive
from textual.widget import Widget

from core.errors import ShoplinkError
from tui.shell import ReportErrors, Shell

LEAST = 20
"""Columns that lines are made for at least: columns within a line need some, and where there are fewer nothing is seen of it."""


def are_same(lines: Sequence[Content], others: Sequence[Content]) -> bool:
    """Whether they look the same."""
    return len(lines) == len(others) and all(map(Content.is_same, lines, others))


class Lines(ReportErrors, Widget):
    """Text made anew for the width it gets. It is as high as that text."""

    app = getters.app(Shell)
    DEFAULT_CSS = "Lines { height: auto; width: 1fr; }"

    auto_links: Reactive[bool] = Reactive(False)
    """No text is a link: Textual looks for them in every line that it paints."""

    def lines(self, width: int) -> list[Content]:
        """The lines of text for this width in cells."""
        raise NotImplementedError

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(self.lines(max(width, LEAST)))

    def render(self) -> RenderResult:
        return Content("\n").join(self.lines(max(self.content_size.width, LEAST)))


class Live(Lines):
    """Lines that ask the workspace whenever they are drawn: the last ones again while it cannot be asked."""

    _last: tuple[Content, ...] = ()

    def lines(self, width: int) -> list[Content]:
        workspace = self.app.workspace
        if not workspace:
            return self.live(width)
        with suppress(ShoplinkError), workspace.store.no_wait():
            self._last = tuple(self.live(width))
        return list(self._last)

    def look(self) -> None:
        """Paint anew what has changed since it was painted: an idle screen writes nothing to the terminal."""
        painted, now = self._last, self.lines(max(self.content_size.width, 1))
        if not are_same(painted, now):
            self.refresh()

    def live(self, width: int) -> list[Content]:
        """The lines as the workspace is now."""
        raise NotImplementedError
