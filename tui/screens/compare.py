"""Compare: the three roles side by side, and which this shop has."""

from collections.abc import Iterable, Sequence

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from core.models import LinkState
from core.policy import benefits, compare, comparison_note
from tui.place import Place
from tui.widgets.card import Card
from tui.widgets.lines import Lines

HEAD = 11
"""Columns that the longest word of a head needs, with the gap after it."""
GLYPHS = {"yes": ("✓ yes", "$success"), "no": ("✗ no", "$muted")}


class Compare(Place):
    """A read-only table that compares the roles."""

    key = "compare"
    AUTO_FOCUS = ""

    def trail(self) -> list[str]:
        return ["Settings", self.texts["title"]]

    def side(self) -> Iterable[Widget]:
        return ()

    def page(self) -> Iterable[Widget]:
        shop = self.the_shop()
        status = self.workspace.shops.status(shop.id)
        official = int(status.official is not None and status.official.state == LinkState.LINKED)
        marketing = f"{status.marketing_linked} of {status.marketing_limit}"
        head = ("", "Official", "Marketing", "Affiliate creator")
        here = ("This shop has now", f"{official} of 1", marketing, "not linked, not counted")
        rows = [
            (row.aspect, row.official, row.marketing, row.affiliate)
            for row in compare(self.workspace.policy, shop.region, self.workspace.now())
        ]
        yield Card("The three roles", Table(head, here, rows))
        both = "Can one account do both? Not at one shop: for affiliate products, apply with a marketing or creator account."
        yield Static(Content.styled(both, "$muted"), classes="heading-text")
        yield Static(Content.styled(comparison_note(), "$muted"), classes="heading-text")
        for account in ("official", "organization"):
            yield Card(f"Benefits of an {account} account", *map(Static, _benefit_texts(account)))


def _benefit_texts(account: str) -> Iterable[Content]:
    for entry in benefits(account):
        yield Content.assemble((entry.benefit, "bold"), f"\n{entry.text}")


class Table(Lines):
    """A table with columns of equal width; long cells wrap."""

    def __init__(self, head: Sequence[str], here: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        super().__init__()
        self.head, self.here, self.rows = head, here, rows

    def lines(self, width: int) -> list[Content]:
        first = min(29, width * 2 // 5, width - 3 * HEAD)
        rest = (width - first) // 3
        widths = (first, rest, rest, width - first - 2 * rest)
        lines = self._row(self.head, widths, "bold")
        lines.append(Content.styled("─" * width, "$line"))
        lines += self._row(self.here, widths, "$accent")
        lines.append(Content.styled("─" * width, "$line"))
        for row in self.rows:
            lines += self._row(row, widths)
        return lines

    def _row(self, cells: Sequence[str], widths: Sequence[int], style: str = "") -> list[Content]:
        wrapped = []
        for column, (cell, width) in enumerate(zip(cells, widths, strict=True)):
            text, own = GLYPHS.get(cell, (cell, style or ("$muted" if column == 0 else "")))
            wrapped.append(Content.styled(text, own).wrap(width - 2))
        lines = []
        for line in range(max(map(len, wrapped))):
            parts = [cell[line] if line < len(cell) else Content("") for cell in wrapped]
            lines.append(
                Content("").join(part.extend_right(width - part.cell_length) for part, width in zip(parts, widths, strict=True))
            )
        return lines
