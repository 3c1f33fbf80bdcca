"""Shop information: the effect of a rename is shown before it is saved."""

from collections.abc import Callable

from textual.widgets import Button, Input

from tests.support import add_shop
from tests.tui.support import INFORMATION, press, text_of, words_of
from tui.app import ShoplinkApp

Make = Callable[..., ShoplinkApp]
SHOP = "USLCDEMO01"


async def test_a_rename_shows_its_effect_before_it_is_saved(app_on: Make) -> None:
    app = app_on("linked")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *INFORMATION, "r", "type: Studio")
        assert "@lumen.candles becomes “Lumen Candle Co. Studio”" in text_of(pilot)
        assert app.workspace.shops.get(SHOP).name == "Lumen Candle Co."
        await press(pilot, "enter", "enter")
        assert app.workspace.shops.get(SHOP).name == "Lumen Candle Co. Studio"
        assert app.workspace.accounts.get("lumen.candles").nickname == "Lumen Candle Co. Studio"


async def test_a_name_longer_than_a_nickname_is_saved_with_a_notice(app_on: Make) -> None:
    app = app_on("linked")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *INFORMATION, "r", "type: and everything that burns in it")
        assert not app.screen.query_one("#rename").disabled
        shown = words_of(pilot, "#field-name")
        assert "! The name has 48 characters; TikTok nicknames have at most 30." in shown
        assert "! A shop's name has at most 40 characters." in shown
        assert shown.count("48 characters") == 1
        await press(pilot, "enter", "enter")
        assert app.workspace.shops.get(SHOP).name.endswith("everything that burns in it")


async def test_what_was_entered_of_a_shop_is_corrected_on_a_form(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("record")
    shop = add_shop(app.workspace)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, *INFORMATION)
        assert "made up by shoplink: enter TikTok's" in words_of(pilot, "#page")
        app.screen.query_one("#correct", Button).press()
        await press(pilot)
        app.screen.query_one("#code", Input).value = "USLCMAPLE1"
        app.screen.query_one("#before", Input).value = "many"
        await press(pilot)
        app.screen.query_one("#save", Button).press()
        await press(pilot)
        assert "Earlier unlinks are not a number" in words_of(pilot, "#page")
        app.screen.query_one("#before", Input).value = "1"
        app.screen.query_one("#legal", Input).value = "Maple LLC"
        app.screen.query_one("#probation", Input).value = "over"
        await press(pilot)
        app.screen.query_one("#save", Button).press()
        await press(pilot, "enter")
        found = app.workspace.shops.get(shop.id)
        assert (found.code, found.code_is_made_up, found.unlinks_before, found.probation) == ("USLCMAPLE1", False, 1, "over")
        assert app.workspace.shops.seller(found).entity.legal_name == "Maple LLC"
        assert app.screen.key == "shop_information"
