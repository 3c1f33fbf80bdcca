"""Empty lists say the one thing to do next, and a button does it."""

from collections.abc import Callable

import pytest
from textual.widgets import Button

from tests.support import add_account, add_shop
from tests.tui.support import press, text_of
from tui.app import ShoplinkApp
from tui.messages import OpenPlace
from tui.screens.account_facts import AccountFactsForm
from tui.screens.add_shop import AddShop
from tui.screens.linked_accounts.official import OfficialAccount

Make = Callable[..., ShoplinkApp]


@pytest.mark.parametrize(
    ("place", "words", "opens"),
    [
        ("shops", "No shops yet", AddShop),
        ("accounts", "No accounts yet", AccountFactsForm),
        ("reminders", "Nothing is due", OfficialAccount),
    ],
)
async def test_an_empty_list_leads_on(app_on: Make, place: str, words: str, opens: type) -> None:
    app = app_on("record")
    shop = None if place == "shops" else add_shop(app.workspace).id
    async with app.run_test(size=(80, 24)) as pilot:
        if shop:
            app.screen.post_message(OpenPlace(place, shop))
            await press(pilot)
        assert words in text_of(pilot)
        assert app.focused.id == "begin"
        await press(pilot, "enter")
        assert isinstance(app.screen, opens)


async def test_where_nothing_matches_the_button_shows_all_again(app_on: Make) -> None:
    app = app_on("record")
    shop = add_shop(app.workspace)
    add_account(app.workspace, "lumen.candles")
    async with app.run_test(size=(80, 24)) as pilot:
        app.screen.post_message(OpenPlace("accounts", shop.id))
        await press(pilot, "slash", "type:nobody")
        assert "No matching accounts" in text_of(pilot)
        app.screen.query_one("#begin", Button).focus()
        await press(pilot, "enter")
        assert "@lumen.candles" in text_of(pilot)
        assert app.screen.query_one("#filter").value == ""
        assert app.focused.id == "rows"


async def test_a_row_that_comes_while_the_filter_is_typed_is_shown_at_the_new_size(app_on: Make) -> None:
    app = app_on("record")
    shop = add_shop(app.workspace)
    add_account(app.workspace, "lumen.candles")
    async with app.run_test(size=(80, 24)) as pilot:
        app.screen.post_message(OpenPlace("accounts", shop.id))
        await press(pilot, "slash", "type:nobody")
        added = add_account(app.workspace, "nobody.here")
        await pilot.resize_terminal(120, 40)
        await press(pilot)
        assert "No matching accounts" not in text_of(pilot)
        await press(pilot, "escape")
        assert app.focused.id == "rows"
        assert app.focused.marked == added.id
