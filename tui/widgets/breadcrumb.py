"""The path from the start to the current screen."""

from collections.abc import Callable

from textual.content import Content

from tui.widgets.lines import Live
from tui.widgets.states import safe


class Breadcrumb(Live):
    """Show the path to this screen in one line, shortened from the left."""

    def __init__(self, trail: Callable[[], list[str]], *, id: str) -> None:
        super().__init__(id=id)
        self.trail = trail

    def live(self, width: int) -> list[Content]:
        *before, here = self.trail()
        parts = [*[safe(word, "$muted") for word in before], safe(here, "bold")]
        between = Content.styled(" › ", "$muted")
        line = between.join(parts)
        while len(parts) > 1 and line.cell_length > width:
            parts = parts[1:]
            line = between.join([Content.styled("…", "$muted"), *parts])
        return [line.truncate(width, ellipsis=True)]
