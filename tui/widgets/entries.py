"""Entries in a narrow column: a moment on a line of its own, what it is about indented below."""

from collections.abc import Sequence

from textual.content import Content

from tui.widgets.lines import Lines


class Entries(Lines):
    """Pairs of a head and a text; shows `nothing` when there are none."""

    def __init__(self, pairs: Sequence[tuple[Content, Content]], *, nothing: str) -> None:
        super().__init__()
        self.pairs = pairs
        self.nothing = nothing

    def lines(self, width: int) -> list[Content]:
        if not self.pairs:
            return Content.styled(self.nothing, "$muted").wrap(width)
        lines = []
        for head, text in self.pairs:
            lines += [head, *(Content("  ") + line for line in text.wrap(max(width - 2, 8)))]
        return lines
