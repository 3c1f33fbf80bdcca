"""A countdown: a progress bar, the time left and the end time."""

from datetime import datetime

from textual.content import Content

from core.clock import in_words
from tui.widgets.lines import Live, hanging
from tui.widgets.moments import short


class Countdown(Live):
    """Show the time left from `begin` to `end`; repaint the screens at `end`."""

    def __init__(
        self, words: str, begin: datetime, end: datetime, *, bar: bool = True, left: bool = True, over: str = ""
    ) -> None:
        """`left`: whether to show the time left. `over`: what to say from `end` on, until the page is repainted."""
        super().__init__()
        self.words = words
        self.begin = begin
        self.end = end
        self.bar = bar
        self.left = left
        self.over = over

    def on_mount(self) -> None:
        self.set_interval(1, self._tick)

    def _tick(self) -> None:
        if self.app.painted_at < self.end <= self.app.workspace.now():
            self.app.repaint()
        self.look()

    def live(self, width: int) -> list[Content]:
        now = self.app.workspace.now()
        left = in_words(self.end - now) if self.end > now else "no time left"  # a read-only file keeps expired requests
        end = (short(self.end, self.app.zone), "$muted")
        if self.over and now >= self.end:
            words = Content.styled(self.over, "$success")
        elif self.left:
            words = Content.assemble((f"{self.words} {left}", "$warning"), "   ", end)
        else:
            words = Content.assemble((f"{self.words} ", "$warning"), end)
        lines = hanging(Content.styled("◔ ", "$warning"), words, width)
        if not self.bar:
            return lines
        cells = min(width, 45)
        done = min(cells, max(0, round(cells * ((now - self.begin) / (self.end - self.begin)))))
        return [*lines, Content.assemble(("━" * done, "$warning"), ("━" * (cells - done), "$line"))]
