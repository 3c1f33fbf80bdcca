"""A widget whose text depends on its width: the base of facts, countdowns and timelines."""

from textual.app import RenderResult
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from tui.typed import InShoplink


class Lines(InShoplink, Widget):  # type: ignore[misc]  # narrows Textual's app
    """Text made anew for the width it gets. It is as high as that text."""

    DEFAULT_CSS = "Lines { height: auto; width: 1fr; }"

    def lines(self, width: int) -> list[Content]:
        """The lines of text for this width in cells."""
        raise NotImplementedError

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(self.lines(max(width, 1)))

    def render(self) -> RenderResult:
        return Content("\n").join(self.lines(max(self.content_size.width, 1)))
