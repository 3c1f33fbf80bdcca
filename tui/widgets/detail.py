"""The details of the highlighted row, next to a list."""

from collections.abc import Iterable, Sequence

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from tui.breakpoints import TALL
from tui.widgets.card import Card
from tui.widgets.lines import LEAST, Lines

FRAME = 4
"""Columns used by a card's border and padding."""


class Detail(Lines):
    """Cards drawn as text, so that replacing them repaints without a layout.

    As widgets they would be laid out on every cursor move, twice when their heights differ.
    """

    DEFAULT_CSS = "Detail { min-height: 100%; }"

    def __init__(self, cards: Iterable[Card]) -> None:
        super().__init__()
        self.cards = tuple(cards)

    def update(self, cards: Iterable[Card]) -> None:
        """Replace the cards; lay out again only when the height changes."""
        self.cards = tuple(cards)
        column = self.parent
        assert isinstance(column, Widget)
        height = max(len(self.lines(max(self.content_size.width, LEAST))), column.size.height)
        self.refresh(layout=height != self.size.height)

    def lines(self, width: int) -> list[Content]:
        tall = self.app.size.height >= TALL
        lines: list[Content] = []
        for card in self.cards:
            lines += _draw_card(card, width, spaced=tall)
            if tall:
                lines.append(Content())
        return lines


def _draw_card(card: Card, width: int, *, spaced: bool) -> list[Content]:
    """Draw a card in the style of app.tcss, except that a title too long for the border stands below it.

    `spaced` adds a blank line between texts.
    """
    color = "$accent" if card.has_class("-accent") else "$line"
    title_color = "$accent" if card.has_class("-accent") else "$muted"
    title = card.title.stylize_before(f"bold {title_color}")
    rest = width - 5 - title.cell_length
    edge = Content.styled("│", color)
    inner = width - FRAME
    if rest < 0:
        first, head = Content.styled("╭" + "─" * (width - 2) + "╮", color), title.wrap(inner)
    else:
        first, head = Content.assemble(("╭─", color), " ", title, " ", ("─" * rest + "╮", color)), []
    body = [
        edge + Content(" ") + line.extend_right(max(0, inner - line.cell_length)) + Content(" ") + edge
        for line in [*head, *_card_lines(card.parts, inner, spaced=spaced)]
    ]
    return [first, *body, Content.styled("╰" + "─" * (width - 2) + "╯", color)]


def _card_lines(parts: Sequence[Widget], width: int, *, spaced: bool) -> list[Content]:
    """Return the lines of a card's texts, facts and other lines."""
    lines: list[Content] = []
    for number, part in enumerate(parts, start=1):
        match part:
            case Lines():
                lines += part.lines(width)
            case Static(content=Content() as text):
                lines += text.wrap(width)
                if spaced and number < len(parts):
                    lines.append(Content())
    return lines
