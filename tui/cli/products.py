"""Commands about products and the Shop Page."""

import click

from core.models import Product, ProductStatus
from core.workspace import Workspace
from tui.cli.command import Filled
from tui.cli.context import Answer, on_workspace, recording, unchanged
from tui.cli.named import the_shop
from tui.cli.pages import page_of, paged
from tui.cli.params import PRODUCT, Choice, shop_argument
from tui.cli.text import table, when
from tui.formats.json import moment_json, product_json

HEADINGS = ("PRODUCT", "TITLE", "PRICE", "STATUS")
NOT_TRACKED = "Products are not tracked: you have not entered any for this shop."


def _row(product: Product) -> tuple[object, ...]:
    return product.id, product.title, f"{product.price} {product.currency}", product.status


@click.command("products", cls=Filled)
@shop_argument
@paged
@on_workspace
def products_command(workspace: Workspace, answer: Answer, shop: str | None, limit: int, after: str | None) -> None:
    """List a shop's products.

    \b
    shoplink products USLCDEMO01
    """
    found = workspace.products.of_shop(the_shop(workspace, shop).id)
    page, following = page_of(found, limit, after, lambda product: product.id)
    lines = table(HEADINGS, map(_row, page), nothing=NOT_TRACKED if workspace.is_record else "The shop has no products.")
    answer.page("products", [product_json(workspace, product) for product in page], following, lines)


@click.command("add-product", cls=Filled)
@shop_argument
@click.option("--title", required=True)
@click.option("--price", required=True, help="Digits with a decimal point, such as 12.50.")
@click.option("--currency", help="The market's currency if left out.")
@recording()
def add_product_command(
    workspace: Workspace, answer: Answer, shop: str | None, title: str, price: str, currency: str | None
) -> None:
    """Add a product. It appears on the Shop Page while an official account is linked.

    \b
    shoplink add-product USLCDEMO01 --title "Cedar soy candle" --price 24.00
    """
    product = workspace.products.add(the_shop(workspace, shop).id, title, price, currency)
    answer(product_json(workspace, product), table(HEADINGS, [_row(product)], nothing=""))


@click.command("set-product", cls=Filled)
@click.argument("product", type=PRODUCT)
@click.option("--status", required=True, type=Choice([status.value for status in ProductStatus]))
@recording()
def set_product_command(workspace: Workspace, answer: Answer, product: str, status: str) -> None:
    """Switch a product on or off, or delete it.

    \b
    shoplink set-product prd-7qk2m9xa --status inactive
    """
    changed = workspace.products.change(product, status=ProductStatus(status))
    said = unchanged(workspace, answer, f"“{changed.title}” is {changed.status} already")
    answer(product_json(workspace, changed), [*said, *table(HEADINGS, [_row(changed)], nothing="")])


@click.command("shop-page", cls=Filled)
@shop_argument
@on_workspace
def shop_page_command(workspace: Workspace, answer: Answer, shop: str | None) -> None:
    """Show the Shop Page as customers see it on the official account's profile.

    \b
    shoplink shop-page USLCDEMO01
    """
    found = the_shop(workspace, shop)
    page = workspace.products.shop_page(found.id)
    shown = [product_json(workspace, product) for product in page.products]
    state = f"Synced {when(page.synced_at, workspace.now())}" if page.synced else "Not synced: no official account is linked."
    answer(
        {"synced": page.synced, "synced_at": moment_json(page.synced_at), "products": shown},
        [state, *table(HEADINGS, map(_row, page.products), nothing="The Shop Page is empty." if page.tracked else NOT_TRACKED)],
    )
