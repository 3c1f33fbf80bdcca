"""The palette: places, shops, accounts, rules and actions by a few letters."""

from collections.abc import Callable

import pytest

from tests.tui.support import press, text_of
from tui.app import ShoplinkApp
from tui.screens.shop_information import RenameShop

Make = Callable[..., ShoplinkApp]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("history", "Go to History"),
        ("US2", "Shop: "),
        ("wax", "Account: @wax.and.wick"),
        ("probation", "Rule: Marketing accounts during"),
    ],
)
async def test_the_palette_finds_places_shops_accounts_and_rules(app_on: Make, typed: str, found: str) -> None:
    app = app_on("linked" if found != "Shop: " else "organization")
    if found == "Shop: ":
        typed = app.workspace.shops.page(limit=1).shops[0].shop.code
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "ctrl+p", f"type:{typed}")
        await pilot.pause(0.2)
        assert found in text_of(pilot)


async def test_a_place_without_keys_of_its_own_has_one_entry(app_on: Make) -> None:
    async with app_on("linked").run_test(size=(80, 24)) as pilot:
        await press(pilot, "ctrl+p", "type:compare")
        await pilot.pause(0.2)
        shown = text_of(pilot)
        assert "Go to Compare" in shown
        assert "Compare: " not in shown


async def test_the_palette_opens_an_account_with_what_stops_it(app_on: Make) -> None:
    app = app_on("linked")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "ctrl+p", "type:wax")
        await pilot.pause(0.2)
        await press(pilot, "enter")
        await press(pilot)
        assert "@wax.and.wick" in text_of(pilot)
        assert "As official account of this shop" in text_of(pilot)


async def test_the_palette_finds_and_runs_an_action_of_another_place(app_on: Make) -> None:
    app = app_on("linked")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "ctrl+p", "type:rename")
        await pilot.pause(0.2)
        await press(pilot, "enter")
        await pilot.pause(0.2)
        await press(pilot)
        assert isinstance(app.screen, RenameShop)
