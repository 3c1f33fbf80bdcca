"""The Shop Page, with and without an official account."""

from collections.abc import Callable

from core.models import ProductStatus
from tests.tui.support import SHOP_PAGE, press, text_of
from tui.app import ShoplinkApp
from tui.screens.linked_accounts.official import OfficialAccount
from tui.screens.shop_page import ShopPage

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
        newest = app.workspace.products.of_shop(SHOP)[-1]
        assert newest.status == ProductStatus.INACTIVE
        await press(pilot, "d", "x", "escape")
        assert app.workspace.products.get(newest.id).status == ProductStatus.DELETED


async def test_without_an_official_account_the_shop_page_shows_how_to_get_one(app_on: Make) -> None:
    app = app_on("new-shop")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *SHOP_PAGE)
        assert isinstance(app.screen, ShopPage)
        assert "There is no Shop Page" in text_of(pilot)
        await press(pilot, "enter")
        assert isinstance(app.screen, OfficialAccount)


async def test_the_content_view_says_what_may_be_sold_there(app_on: Make) -> None:
    app = app_on("linked")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *SHOP_PAGE, "f")
        assert "May be sold" in text_of(pilot)
        await press(pilot, "f")
        assert "24 products" in text_of(pilot)


async def test_where_shows_the_way_to_the_shop_page_in_the_app(app_on: Make) -> None:
    async with app_on("linked").run_test(size=(80, 24)) as pilot:
        await press(pilot, *SHOP_PAGE, "w")
        shown = " ".join(text_of(pilot).split())
        assert "In the app TikTok app › The official account's profile" in shown
        assert "Only in shoplink" not in shown


async def test_affiliate_products_point_to_marketing_and_creator_accounts(app_on: Make) -> None:
    async with app_on("linked").run_test(size=(80, 24)) as pilot:
        await press(pilot, *SHOP_PAGE, "f")
        shown = " ".join(text_of(pilot).replace("│", " ").split())
        assert "apply for these with a marketing or creator account" in shown
