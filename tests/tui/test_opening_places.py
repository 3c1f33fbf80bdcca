"""Opening a place: it starts at its top, and enter opens what a card is about."""

from collections.abc import Callable

from tests.tui.support import press, text_of
from tui.app import ShoplinkApp
from tui.messages import OpenAccount
from tui.place import Place
from tui.routes import PLACES, place
from tui.screens.account import AccountDetail
from tui.wizards.unlink import Unlink

Make = Callable[..., ShoplinkApp]


async def test_enter_on_a_linked_marketing_account_opens_the_account(app_on: Make) -> None:
    app = app_on("linked")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter", "2", "enter")
        assert isinstance(app.screen, AccountDetail)
        await press(pilot, "escape", "u")
        assert isinstance(app.screen, Unlink)


async def test_a_place_starts_at_its_top(app_on: Make) -> None:
    app = app_on("new-shop")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot)
        shop = app.workspace.shops.page(limit=1).shops[0].shop
        accounts = [account.id for account in app.workspace.accounts.find("", limit=3)]
        for key in (key for key in PLACES if key not in {"shops", "welcome"}):
            app.push_screen(place(key, shop.id))
            await press(pilot)
            assert at_top(app), f"{key}\n{text_of(pilot)}"
            app.pop_screen()
        for account in accounts:
            app.post_message(OpenAccount(shop.id, account))
            await press(pilot)
            assert isinstance(app.screen, AccountDetail)
            assert at_top(app), text_of(pilot)
            app.pop_screen()


def at_top(app: ShoplinkApp) -> bool:
    assert isinstance(app.screen, Place)
    return app.screen.page_column.scroll_y == 0
