"""A product as customers see it: a picture's place, the title, the price, whether it is for sale."""

from textual.content import Content

from core.models import Product, ProductStatus
from core.text import show
from tui.formats.price import price_words
from tui.widgets.avatar import color, initials
from tui.widgets.lines import Lines

STATES = {
    ProductStatus.ACTIVE: ("● Live", "$success"),
    ProductStatus.INACTIVE: ("○ Not for sale", "$muted"),
    ProductStatus.DELETED: ("○ Deleted", "$muted"),
}
PICTURE, TITLE = 3, 2
"""Rows of the block that replaces a picture, and of the title."""


class ProductTile(Lines):
    """A product, with its initials in place of its picture."""

    def __init__(self, product: Product) -> None:
        super().__init__()
        self.product = product

    def lines(self, width: int) -> list[Content]:
        product = self.product
        is_live = product.status == ProductStatus.ACTIVE
        tint = color(product.id)
        ground = f"bold {tint} on {tint} 20%" if is_live else "$muted on $panel"
        block = [
            Content.styled(initials(product.title).center(width) if row == 1 else " " * width, ground) for row in range(PICTURE)
        ]
        title = Content.styled(show(product.title), "" if is_live else "$muted").wrap(width)
        if len(title) > TITLE:
            title[TITLE - 1] = (title[TITLE - 1] + Content(" …")).truncate(width, ellipsis=True)
        price = Content.styled(price_words(product.price, product.currency), "bold" if is_live else "$muted")
        state = Content.styled(*STATES[product.status])
        gap = Content(" " * max(2, width - price.cell_length - state.cell_length))
        return [*block, *title[:TITLE], price + gap + state]
