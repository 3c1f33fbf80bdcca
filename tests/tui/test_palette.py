"""The palette: places, shops, accounts, rules and actions by a few letters."""

from collections.abc import Callable

import pytest
from textual.pilot import Pilot

from tests.tui.support import press, text_of
from tui.app import ShoplinkApp
from tui.dialogs.confirm import Confirm
from tui.messages import OpenPlace
from tui.screens.linked_accounts.official import OfficialAccount
from tui.screens.shop_information import RenameShop
from tui.screens.shops import Shops

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


async def shown_for(pilot: Pilot[None], typed: str) -> str:
    """Return what the open palette shows for this, typed in the place of what was."""
    await press(pilot, "ctrl+u", f"type:{typed}")
    await pilot.pause(0.2)
    return text_of(pilot)


async def test_a_place_is_found_by_what_a_person_would_call_it(app_on: Make) -> None:
    called = {
        "unlink": "Official Account",
        "products": "Shop Page",
        "members": "Team access",
        "deadlines": "Reminders",
        "log": "History",
        "legal name": "Shop information",
        "policy": "Rules",
        "affiliate": "Compare",
        "slots": "Marketing Accounts",
        "candidates": "Accounts",
        "database": "This workspace",
    }
    async with app_on("linked").run_test(size=(80, 24)) as pilot:
        await press(pilot, "colon")
        for typed, place in called.items():
            assert f"Go to {place}" in await shown_for(pilot, typed), typed


@pytest.mark.parametrize("keys", [("escape",), ("enter",)], ids=["shops", "shop"])
async def test_what_is_done_is_found_at_a_shop_and_in_the_list_of_shops(app_on: Make, keys: tuple[str, ...]) -> None:
    done = {
        "check": ("Go to Official Account", "Go to Marketing Accounts", "Go to Accounts"),
        "unlink": ("Go to Official Account", "Unlink"),
        "export": ("Go to History", "History: Export", "Reminders: Export"),
    }
    async with app_on("linked").run_test(size=(80, 50)) as pilot:
        await press(pilot, *keys, "colon")
        for typed, found in done.items():
            shown = await shown_for(pilot, typed)
            assert all(words in shown for words in found), shown


async def test_in_the_list_of_shops_the_palette_is_about_the_shop_under_the_cursor(app_on: Make) -> None:
    app = app_on("agency")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "escape", "down", "colon", "type:go to official")
        await pilot.pause(0.2)
        assert "Go to Official Account · Amber Ceramics" in text_of(pilot)
        await press(pilot, "enter")
        await press(pilot)
        assert isinstance(app.screen, OfficialAccount)
        assert app.screen.the_shop().name == "Amber Ceramics"
        await press(pilot, "escape", "escape")
        assert isinstance(app.screen, Shops)


async def test_a_place_and_a_rule_are_described_in_sentences(app_on: Make) -> None:
    async with app_on("linked").run_test(size=(120, 40)) as pilot:
        await press(pilot, "colon", "type:history")
        await pilot.pause(0.2)
        assert "What happened, when, and who did it, newest first" in text_of(pilot)
        await press(pilot, *["backspace"] * 7, "type:official.unlink-wait")
        await pilot.pause(0.2)
        shown = text_of(pilot)
        assert "You can unlink an official account 24 hours after you linked it" in shown
        assert "official.unlink-wait" not in shown.replace("official.unlink-wait", "", 1)  # only what was typed


async def test_a_place_without_keys_of_its_own_has_one_entry(app_on: Make) -> None:
    async with app_on("linked").run_test(size=(80, 24)) as pilot:
        await press(pilot, "ctrl+p", "type:compare")
        await pilot.pause(0.2)
        shown = text_of(pilot)
        assert "Go to Compare" in shown
        assert "Compare: " not in shown


async def test_a_long_description_is_wrapped_and_not_cut_off(app_on: Make) -> None:
    async with app_on("linked").run_test(size=(80, 24)) as pilot:
        await press(pilot, "ctrl+p", "type:go to shop inf")
        await pilot.pause(0.2)
        assert "the legal entity behind it, and its probation period" in " ".join(text_of(pilot).split())
        assert "…" not in text_of(pilot)


async def test_the_palette_opens_an_account_with_what_stops_it(app_on: Make) -> None:
    app = app_on("linked")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "ctrl+p", "type:wax")
        await pilot.pause(0.2)
        await press(pilot, "enter")
        await press(pilot)
        assert "@wax.and.wick" in text_of(pilot)
        assert "As the official account" in text_of(pilot)
        assert "Accounts › @wax.and.wick" in text_of(pilot)


async def test_the_palette_finds_and_runs_an_action_of_another_place(app_on: Make) -> None:
    app = app_on("linked")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "ctrl+p", "type:rename")
        await pilot.pause(0.2)
        await press(pilot, "enter")
        await pilot.pause(0.2)
        await press(pilot)
        assert isinstance(app.screen, RenameShop)


@pytest.mark.parametrize("keys", [(), ("escape",), ("enter",)])
async def test_what_needs_no_shop_is_found_from_everywhere(app_on: Make, keys: tuple[str, ...]) -> None:
    app = app_on("linked")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *keys, "ctrl+p")
        for typed, found in {"shops": "Go to Shops", "add a shop": "Add a shop", "import": "Import a file"}.items():
            assert found in await shown_for(pilot, typed)


async def test_going_to_shops_leaves_what_is_over_it_and_asks_where_something_is_typed(app_on: Make) -> None:
    app = app_on("linked")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "up", "enter", "r", "type:x")
        for keys in (("enter",), ("right", "enter")):
            app.post_message(OpenPlace("shops"))
            await press(pilot)
            assert isinstance(app.screen, Confirm)
            await press(pilot, *keys)
        assert isinstance(app.screen, Shops)
        assert app.is_first(app.screen)


@pytest.mark.parametrize(
    ("scenario", "typed", "action", "offered"),
    [
        ("new-shop", "official account", "Official Account: Unlink", False),
        ("linked", "official account", "Official Account: Unlink", True),
        ("linked", "team access", "Team access: Invite", False),
        ("organization", "team access", "Team access: Invite", True),
        ("marketing-full", "marketing accounts", "Marketing Accounts: Link an account", False),
        ("linked", "marketing accounts", "Marketing Accounts: Link an account", True),
    ],
)
async def test_an_action_is_offered_where_it_is_possible(
    app_on: Make, scenario: str, typed: str, action: str, offered: bool
) -> None:
    app = app_on(scenario)
    async with app.run_test(size=(80, 60)) as pilot:
        await press(pilot, "ctrl+p", f"type:{typed}")
        await pilot.pause(0.3)
        assert (action in text_of(pilot)) == offered, text_of(pilot)
