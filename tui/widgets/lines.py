"""Base widgets for text that depends on the width, such as facts and timelines."""

import re
from collections.abc import Sequence
from contextlib import suppress
from itertools import chain

from textual import getters
from textual.app import RenderResult
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from core.errors import ShoplinkError
from tui.shell import Shell
from tui.textual_fixes import SafeHandlers

LEAST = 20
"""Minimum width in cells, since aligned columns need some space."""
LEAST_TEXT = 8
"""Minimum width in cells of a text beside its head."""
DATE = re.compile(r"(?:[A-Z][a-z]{2} )?[A-Z][a-z]{2} \d{1,2}(?:, \d{4})?, \d{1,2}:\d{2}(?: [AP]M)?")
"""A date with a time, as `moments` formats them."""
BOUND = "\ue000"
"""Stands for a space where no line ends: Textual's wrapping breaks lines at non-breaking spaces too."""


def are_same(lines: Sequence[Content], others: Sequence[Content]) -> bool:
    """Return whether both lists of lines look the same."""
    return len(lines) == len(others) and all(map(Content.is_same, lines, others))


def wrapped(text: Content, width: int) -> list[Content]:
    """Wrap a text; a date with its time stays in one line where one is wide enough, else the time does."""

    def bind(date: re.Match[str]) -> str:
        return BOUND.join(date[0].split(" ") if len(date[0]) <= width else date[0].rsplit(" ", 1))

    bound = DATE.sub(bind, text.plain)
    if bound == text.plain:
        return text.wrap(width)
    return [Content(line.plain.replace(BOUND, " "), list(line.spans)) for line in Content(bound, list(text.spans)).wrap(width)]


def hanging(head: Content, text: Content, width: int) -> list[Content]:
    """Wrap a text beside its head: the lines after the first begin under the text, not under the head.

    A head without a text wraps as any text.
    """
    if not text.plain:
        return wrapped(head, width)
    first, *rest = wrapped(text, max(width - head.cell_length, LEAST_TEXT)) or [Content()]
    return [head + first, *(Content(" " * head.cell_length) + line for line in rest)]


class Lines(SafeHandlers, Widget):
    """Text built for the available width; its height is the number of lines."""

    app = getters.app(Shell)
    DEFAULT_CSS = "Lines { height: auto; width: 1fr; }"

    def lines(self, width: int) -> list[Content]:
        """Return the lines of text for this width in cells."""
        raise NotImplementedError

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(self.lines(max(width, LEAST)))

    def render(self) -> RenderResult:
        return Content("\n").join(self.lines(max(self.content_size.width, LEAST)))


class Hanging(Lines):
    """Texts, each wrapped beside its head: a bullet, a number or a glyph."""

    def __init__(self, *texts: tuple[Content, Content], id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.texts = texts

    def update(self, *texts: tuple[Content, Content]) -> None:
        """Replace the texts. The page is laid out again only if they look different."""
        before, self.texts = self.texts, texts
        if not are_same(list(chain(*before)), list(chain(*texts))):
            self.refresh(layout=True)

    def lines(self, width: int) -> list[Content]:
        return [line for head, text in self.texts for line in hanging(head, text, width)]


def marked(glyph: str, words: str, style: str) -> tuple[Content, Content]:
    """Return a glyph and words in one style, for Hanging."""
    return Content.styled(f"{glyph} ", style), Content.styled(words, style)


class Live(Lines):
    """Lines read from the workspace at each paint, or the last ones if that fails."""

    _last: tuple[Content, ...] = ()

    def lines(self, width: int) -> list[Content]:
        workspace = self.app.workspace
        if not workspace:
            return self.live(width)
        with suppress(ShoplinkError), workspace.store.waiting(0):
            self._last = tuple(self.live(width))
        return list(self._last)

    def look(self) -> None:
        """Repaint if the lines changed, so that an idle screen writes no output."""
        painted, now = self._last, self.lines(max(self.content_size.width, 1))
        if not are_same(painted, now):
            self.refresh()

    def live(self, width: int) -> list[Content]:
        """Return the lines for the current state of the workspace."""
        raise NotImplementedError
