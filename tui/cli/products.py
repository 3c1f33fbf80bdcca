"""Commands about products and the Shop Page."""

import click

from core.models import Product, ProductStatus
from core.workspace import Workspace
from tui.cli.context import Answer, on_workspace
from tui.cli.params import PRODUCT, SHOP, Choice
from tui.cli.text import table, when
from tui.formats.json import moment_json, product_json

HEADINGS = ("PRODUCT", "TITLE", "PRICE", "STATUS")


def _row(product: Product) -> tuple[object, ...]:
    return product.id, product.title, f"{product.price} {product.currency}", product.status


@click.command("products")
@click.argument("shop", type=SHOP)
@on_workspace
def products_command(workspace: Workspace, answer: Answer, shop: str) -> None:
    """A shop's products.

    \b
    shoplink products USLCDEMO01
    """
    found = workspace.products.of_shop(shop)
    answer(
        [product_json(workspace, product) for product in found],
        table(HEADINGS, map(_row, found), nothing="The shop has no product."),
    )


@click.command("add-product")
@click.argument("shop", type=SHOP)
@click.option("--title", required=True)
@click.option("--price", required=True, help="Digits with a point, such as 12.50.")
@click.option("--currency", help="The market's currency when left out.")
@on_workspace
def add_product_command(workspace: Workspace, answer: Answer, shop: str, title: str, price: str, currency: str | None) -> None:
    """Add a product; the Shop Page follows while an official account is linked.

    \b
    shoplink add-product USLCDEMO01 --title "Cedar soy candle" --price 24.00
    """
    product = workspace.products.add(shop, title, price, currency)
    answer(product_json(workspace, product), table(HEADINGS, [_row(product)], nothing=""))


@click.command("set-product")
@click.argument("product", type=PRODUCT)
@click.option("--status", required=True, type=Choice([status.value for status in ProductStatus]))
@on_workspace
def set_product_command(workspace: Workspace, answer: Answer, product: str, status: str) -> None:
    """Switch a product on or off, or delete it.

    \b
    shoplink set-product prd-7qk2m9xa --status inactive
    """
    changed = workspace.products.change(product, status=ProductStatus(status))
    answer(product_json(workspace, changed), table(HEADINGS, [_row(changed)], nothing=""))


@click.command("shop-page")
@click.argument("shop", type=SHOP)
@on_workspace
def shop_page_command(workspace: Workspace, answer: Answer, shop: str) -> None:
    """The Shop Page as the official account's profile shows it now.

    \b
    shoplink shop-page USLCDEMO01
    """
    page = workspace.products.shop_page(shop)
    shown = [product_json(workspace, product) for product in page.products]
    state = f"Synced {when(page.synced_at, workspace.now())}" if page.synced else "Not synced: no official account is linked."
    answer(
        {"synced": page.synced, "synced_at": moment_json(page.synced_at), "products": shown},
        [state, *table(HEADINGS, map(_row, page.products), nothing="Nothing is shown.")],
    )
