"""The Shop Page, with and without an official account."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from core.models import Product, ProductStatus
from tests.tui.record import now_linked
from tests.tui.support import SHOP_PAGE, press, text_of
from tui.app import ShoplinkApp
from tui.screens.linked_accounts.official import OfficialAccount
from tui.screens.shop_page import ShopPage
from tui.widgets.product_tile import ProductTile

Make = Callable[..., ShoplinkApp]
SHOP = "USLCDEMO01"


async def test_the_shop_page_follows_changes_to_products(app_on: Make) -> None:
    app = app_on("organization")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *SHOP_PAGE)
        assert "12 products" in text_of(pilot)
        await press(pilot, "d", "p", "escape")
        assert "13 products" in text_of(pilot)
        await press(pilot, "d", "o", "escape")
        assert "12 products" in text_of(pilot)
        assert app.workspace.products.of_shop(SHOP)[-1].status == ProductStatus.INACTIVE


async def test_without_an_official_account_the_shop_page_shows_how_to_get_one(app_on: Make) -> None:
    app = app_on("new-shop")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *SHOP_PAGE)
        assert isinstance(app.screen, ShopPage)
        assert "There is no Shop Page" in text_of(pilot)
        await press(pilot, "enter")
        assert isinstance(app.screen, OfficialAccount)


async def test_a_linked_account_leads_to_its_shop_page_first(app_on: Make) -> None:
    app = app_on("linked")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter", "enter")
        assert isinstance(app.screen, ShopPage)


async def test_the_content_view_says_what_may_be_sold_there_and_by_which_accounts(app_on: Make) -> None:
    app = app_on("linked")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *SHOP_PAGE)
        assert "f Switch view" in text_of(pilot)
        await press(pilot, "f")
        shown = " ".join(text_of(pilot).replace("│", " ").split())
        assert "Content view" in shown
        assert "May be sold" in shown
        assert "use a marketing or creator account for these" in shown
        await press(pilot, "f")
        assert "24 products" in text_of(pilot)


async def test_where_shows_the_way_to_the_shop_page_in_the_app(app_on: Make) -> None:
    async with app_on("linked").run_test(size=(80, 24)) as pilot:
        await press(pilot, *SHOP_PAGE, "w")
        shown = " ".join(text_of(pilot).split())
        assert "In the app TikTok app › The official account's profile" in shown
        assert "Only in shoplink" not in shown


async def test_products_stand_in_a_grid_with_price_and_state(app_on: Make) -> None:
    app = app_on("linked")
    async with app.run_test(size=(60, 40)) as pilot:
        await press(pilot, *SHOP_PAGE)
        for width, columns in ((60, 2), (80, 2), (92, 3)):
            await pilot.resize_terminal(width, 40)
            await press(pilot)
            assert len({tile.region.x for tile in app.screen.query(ProductTile)}) == columns, width
            assert "$24.00" in text_of(pilot)
            assert "● Live" in text_of(pilot)


async def test_a_product_that_is_switched_off_stands_apart(app_on: Make) -> None:
    app = app_on("organization")
    async with app.run_test(size=(80, 24)) as pilot:
        newest = app.workspace.products.of_shop(SHOP)[-1]
        app.workspace.products.change(newest.id, status=ProductStatus.INACTIVE)
        await press(pilot, *SHOP_PAGE)
        assert [tile.product.id for tile in app.screen.query("#off ProductTile").results(ProductTile)] == [newest.id]
        await press(pilot, *["pagedown"] * 20)
        assert "○ Not for sale" in text_of(pilot)


async def test_practice_says_that_this_is_a_picture_of_tiktoks_page(app_on: Make) -> None:
    async with app_on("linked").run_test(size=(80, 24)) as pilot:
        await press(pilot, *SHOP_PAGE)
        assert "this is a picture of TikTok's page" in text_of(pilot)


async def test_a_record_without_products_never_says_that_there_are_none(app_on: Make) -> None:
    app = app_on("record")
    now_linked(app.workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        assert "products not tracked" in text_of(pilot)  # in the shop's Settings
        assert "synced" not in text_of(pilot)
        await press(pilot, *SHOP_PAGE)
        assert "Products are not tracked here" in text_of(pilot)
        assert "0 product" not in text_of(pilot)


def test_a_long_title_is_cut_to_two_lines() -> None:
    product = Product(id="prd-1", shop="shp-1", title="Candle " * 20, price=Decimal("24"), currency="USD", entry="evt-1")
    lines = ProductTile(product).lines(25)
    assert all(line.cell_length <= 25 for line in lines)
    assert lines[4].plain.endswith("…")
    assert len(lines) == len(ProductTile(replace(product, title="Candle")).lines(25)) + 1


async def test_the_view_is_switched_only_where_there_is_a_shop_page(app_on: Make) -> None:
    app = app_on("in-review")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *SHOP_PAGE)
        assert "f Switch view" not in text_of(pilot)
        await press(pilot, "f")
        assert "Content view" not in text_of(pilot)
