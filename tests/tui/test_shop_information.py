"""Shop information: the effect of a rename is shown before it is saved."""

from collections.abc import Callable

from tests.tui.support import INFORMATION, press, text_of
from tui.app import ShoplinkApp

Make = Callable[..., ShoplinkApp]
SHOP = "USLCDEMO01"


async def test_a_rename_shows_its_effect_before_it_is_saved(app_on: Make) -> None:
    app = app_on("linked")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *INFORMATION, "r", "type: Studio")
        assert "@lumen.candles is renamed to “Lumen Candle Co. Studio”" in text_of(pilot)
        assert app.workspace.shops.get(SHOP).name == "Lumen Candle Co."
        await press(pilot, "enter", "enter")
        assert app.workspace.shops.get(SHOP).name == "Lumen Candle Co. Studio"
        assert app.workspace.accounts.get("lumen.candles").nickname == "Lumen Candle Co. Studio"


async def test_a_name_longer_than_a_nickname_is_saved_with_a_notice(app_on: Make) -> None:
    app = app_on("linked")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *INFORMATION, "r", "type: and everything that burns in it")
        assert not app.screen.query_one("#rename").disabled
        assert "nicknames of at most 30" in " ".join(text_of(pilot).replace("│", " ").split())
        await press(pilot, "enter", "enter")
        assert app.workspace.shops.get(SHOP).name.endswith("everything that burns in it")
