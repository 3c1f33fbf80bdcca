"""Opening a place: it starts at its top, enter opens what a card is about, and a burst of keys opens it once."""

from collections.abc import Callable

import pytest

from tests.tui.support import burst, press, text_of
from tui.app import ShoplinkApp
from tui.messages import OpenAccount, OpenPlace
from tui.place import Place
from tui.routes import PLACES, place
from tui.screens.account import AccountDetail
from tui.screens.shop_information import RenameShop
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


@pytest.mark.parametrize(
    ("key", "place"),
    [
        ("d", "linked_accounts.official"),
        ("u", "linked_accounts.official"),
        ("f4", "linked_accounts.official"),
        ("ctrl+e", "linked_accounts.official"),
        ("enter", "history"),
        ("enter", "rules"),
        ("a", "accounts"),
    ],
)
async def test_a_key_that_comes_several_times_at_once_opens_one_screen(app_on: Make, key: str, place: str) -> None:
    app = app_on("linked")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot)
        app.post_message(OpenPlace(place, app.screen.shop_id))
        await press(pilot)
        before = len(app.screen_stack)
        burst(pilot, *[key] * 3)
        await press(pilot)
        assert len(app.screen_stack) == before + 1


async def test_enter_that_comes_several_times_at_once_asks_once_whether_to_leave(app_on: Make) -> None:
    app = app_on("linked")
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot)
        page = RenameShop(app.screen.shop_id)
        app.push_screen(page)
        await press(pilot, "type: more")
        page.set_focus(page.places)
        await press(pilot, "end")
        burst(pilot, *["enter"] * 3)
        await press(pilot)
        assert app.screen_stack[-2] is page


async def test_what_is_asked_for_after_the_last_screen_has_closed_opens_nothing(app_on: Make) -> None:
    app = app_on("linked")
    async with app.run_test() as pilot:
        await press(pilot)
    app.open(OpenPlace("add_shop"))
    assert app.screen_stack == []


def at_top(app: ShoplinkApp) -> bool:
    assert isinstance(app.screen, Place)
    return app.screen.page_column.scroll_y == 0
