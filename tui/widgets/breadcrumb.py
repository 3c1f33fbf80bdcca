"""The path from the start to the current screen, and where the cursor is among its rows."""

from collections.abc import Callable

from textual.content import Content

from tui.widgets.lines import Live
from tui.widgets.states import safe


class Breadcrumb(Live):
    """Show the path to this screen in one line, shortened from the left; at its right the cursor's position."""

    def __init__(self, trail: Callable[[], list[str]], position: Callable[[], str], *, id: str) -> None:
        super().__init__(id=id)
        self.trail = trail
        self.position = position

    def live(self, width: int) -> list[Content]:
        *before, here = self.trail()
        position = self.position()
        room = width - len(position) - 2 if position else width
        parts = [*[safe(word, "$muted") for word in before], safe(here, "bold")]
        between = Content.styled(" › ", "$muted")
        line = between.join(parts)
        while len(parts) > 1 and line.cell_length > room:
            parts = parts[1:]
            line = between.join([Content.styled("…", "$muted"), *parts])
        line = line.truncate(room, ellipsis=True)
        return [line.extend_right(width - line.cell_length - len(position)) + Content.styled(position, "$muted")]
