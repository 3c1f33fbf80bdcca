"""A bar of how many shops are linked, pending, and without an official account."""

from textual.content import Content

from core.shop_status import MOST_DUE, ShopCounts
from tui.widgets.lines import Lines

PARTS = (("linked", "█", "$success"), ("pending", "▓", "$warning"), ("without", "░", "$muted"))
"""The counts, each with its own pattern, so that they differ even without colors."""


class ShopBar(Lines):
    """All shops in one bar, with the numbers and how many have something due below; empty until they are counted."""

    def __init__(self, counts: ShopCounts | None) -> None:
        super().__init__()
        self.counts = counts

    def show(self, counts: ShopCounts) -> None:
        """Show these counts."""
        self.counts = counts
        self.refresh()

    def lines(self, width: int) -> list[Content]:
        if self.counts is None:
            return [Content("")] * 3
        numbers = [getattr(self.counts, part) for part, _, _ in PARTS]
        total = max(sum(numbers), 1)
        cells = [min(max(round(width * number / total), 1), width) if number else 0 for number in numbers]
        cells[cells.index(max(cells))] += width - sum(cells)
        bar = Content.assemble(*[(glyph * count, style) for count, (_, glyph, style) in zip(cells, PARTS, strict=True)])
        words = [f"{number:,} {part}" for number, (part, _, _) in zip(numbers, PARTS, strict=True)]
        legend = Content("   ").join(
            Content.assemble((f"{glyph} ", style), text) for text, (_, glyph, style) in zip(words, PARTS, strict=True)
        )
        due = self.counts.due
        more = f"{MOST_DUE - 1}+" if due == MOST_DUE else ""
        state = Content.styled(f"◔ {more or due} due" if due else "Nothing is due", "$warning" if due else "$muted")
        beside = legend + Content("   ") + state
        return [bar, beside, Content("")] if beside.cell_length <= width else [bar, legend, state]
