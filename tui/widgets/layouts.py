"""Two layouts for what has too little room: buttons that wrap, and forms that scroll above their buttons."""

from textual.geometry import Offset, Size
from textual.layout import ArrangeResult
from textual.layouts.horizontal import HorizontalLayout
from textual.layouts.vertical import VerticalLayout
from textual.widget import Widget

YIELDS = "-yields"
"""The class of widgets that become lower where there is too little room."""
LEAST = 6
"""Rows that what scrolls keeps: with less room the page scrolls as a whole."""


class Wrapping(HorizontalLayout):
    """The horizontal layout, except that what has no room beside the others begins another row."""

    name = "wrapping"

    def arrange(self, parent: Widget, children: list[Widget], size: Size, greedy: bool = True) -> ArrangeResult:
        arranged = []
        begin, below = Offset(), 0
        for placed in super().arrange(parent, children, size, greedy):
            region = placed.region
            if region.x > begin.x and region.right - begin.x > size.width:
                begin = Offset(region.x, below)
            region = region.translate((-begin.x, begin.y))
            below = max(below, region.bottom + placed.margin.bottom)
            arranged.append(placed._replace(region=region))
        return arranged


class Yielding(VerticalLayout):
    """The vertical layout, except that it yields where there is too little room.

    The rows above widgets close first, from the top; then widgets of one class become lower, and scroll.
    """

    name = "yielding"

    def get_content_height(self, widget: Widget, container: Size, viewport: Size, width: int) -> int:
        """Return the height with all rows: whoever asks knows how much room there is."""
        return widget.arrange(Size(width, 0)).total_region.height

    def arrange(self, parent: Widget, children: list[Widget], size: Size, greedy: bool = True) -> ArrangeResult:
        placements = super().arrange(parent, children, size, greedy)
        below = [placed.region.bottom + placed.margin.bottom for placed in placements]
        over = max(below, default=0) - size.height
        if over <= 0 or not size.height:  # a height of 0 asks how high it would be
            return placements
        above = [placed.region.y - before for placed, before in zip(placements, [0, *below], strict=False)]
        closing = min(over, sum(above))
        lowering = over - closing
        arranged = []
        taken = 0
        for placed, rows in zip(placements, above, strict=True):
            closed = min(closing, rows)
            closing -= closed
            taken += closed
            margin = placed.margin._replace(top=placed.margin.top - closed)
            region = placed.region.translate((0, -taken))
            if placed.widget.has_class(YIELDS):
                lowered = max(min(lowering, region.height - _least(placed.widget, region.width)), 0)
                region = region.crop_size((region.width, region.height - lowered))
                lowering -= lowered
                taken += lowered
            arranged.append(placed._replace(region=region, margin=margin))
        return arranged


def _least(widget: Widget, width: int) -> int:
    """Return the rows that a widget keeps: a form keeps those of its buttons, too."""
    inner = isinstance(widget.layout, Yielding)
    return widget.arrange(Size(width, 1)).total_region.height if inner else LEAST


WRAPPING, YIELDING = Wrapping(), Yielding()
