"""The palette: places, shops, accounts, rules and actions by a few letters."""

import re
from collections.abc import Callable

import pytest
from textual.command import CommandPalette
from textual.pilot import Pilot
from textual.screen import Screen

from tests.tui.support import burst, finished, press, text_of, until
from tui.app import ShoplinkApp
from tui.dialogs.confirm import Confirm
from tui.messages import OpenPlace
from tui.place import Place
from tui.screens.linked_accounts.official import OfficialAccount
from tui.screens.plan import PlanPlace
from tui.screens.shop_information import RenameShop
from tui.screens.shops import Shops
from tui.widgets.rows import Rows

Make = Callable[..., ShoplinkApp]


async def shown_for(pilot: Pilot[None], typed: str) -> str:
    """Return what the open palette shows for this, typed in the place of what was."""
    await press(pilot, "ctrl+u", f"type:{typed}")
    await finished(pilot, CommandPalette._GATHER_COMMANDS_GROUP)
    return text_of(pilot)


async def test_the_palette_finds_shops_and_rules(app_on: Make) -> None:
    app = app_on("organization")
    code = app.workspace.shops.page(limit=1).shops[0].shop.code
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "ctrl+p")
        assert "Shop: " in await shown_for(pilot, code)
        assert "Rule: Marketing accounts during" in await shown_for(pilot, "probation")


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
async def test_titles_come_before_descriptions(app_on: Make, keys: tuple[str, ...]) -> None:
    async with app_on("linked").run_test(size=(80, 24)) as pilot:
        await press(pilot, *keys, "colon")
        for typed, first in {"import": "Import a file", "this workspace": "Go to This workspace", "shops": "Go to Shops"}.items():
            shown = await shown_for(pilot, typed)
            assert re.findall(r"(?:Go to|Import|Add|Rule|Shop)\b.*", shown)[0].startswith(first), typed


@pytest.mark.parametrize(
    ("typed", "role"), [("what it takes", "official"), ("plan", "official"), ("takes marketing", "marketing")]
)
async def test_what_a_link_takes_is_found_for_each_role(app_on: Make, typed: str, role: str) -> None:
    app = app_on("linked")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "ctrl+p")
        assert f"What it takes: {role} account" in await shown_for(pilot, typed)
        await press(pilot, "enter")
        assert isinstance(app.screen, PlanPlace)
        assert app.screen.role == role


@pytest.mark.parametrize("keys", [("escape",), ("enter",)], ids=["shops", "shop"])
async def test_what_is_done_is_found_at_a_shop_and_in_the_list_of_shops(app_on: Make, keys: tuple[str, ...]) -> None:
    done = {
        "shops": ("Go to Shops",),
        "add a shop": ("Add a shop",),
        "import": ("Import a file",),
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
    app = app_on("organization")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "escape", "down")
        shop = app.workspace.shops.get(app.screen.query_one("#rows").marked)
        await press(pilot, "colon")
        assert f"Go to Official Account · {shop.name}" in await shown_for(pilot, "go to official")
        await press(pilot, "enter")
        await press(pilot)
        assert isinstance(app.screen, OfficialAccount)
        assert app.screen.the_shop() == shop
        await press(pilot, "escape", "escape")
        assert isinstance(app.screen, Shops)


@pytest.mark.parametrize("entry", ["rename the shop", "go to shop information"])
async def test_an_entry_opens_the_shop_that_it_names_whatever_the_list_shows_by_then(app_on: Make, entry: str) -> None:
    app = app_on("agency")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "escape")
        shops = app.screen
        assert isinstance(shops, Shops)
        named = shops.shop_in_hand
        await press(pilot, "ctrl+p")
        await shown_for(pilot, entry)
        shops.query_one(Rows).clear_options()
        await press(pilot, "enter")
        assert isinstance(app.screen, Place)
        assert app.screen.shop_id == named


async def test_a_place_and_a_rule_are_described_in_whole_sentences(app_on: Make) -> None:
    described = {
        "history": "What happened, when, and who did it, newest first",
        "go to shop inf": "the legal entity behind it, and its probation period",  # wrapped
        "official.unlink-wait": "You can unlink an official account 24 hours after you linked it",
    }
    async with app_on("linked").run_test(size=(80, 24)) as pilot:
        await press(pilot, "colon")
        for typed, said in described.items():
            shown = await shown_for(pilot, typed)
            assert said in " ".join(shown.split())
        assert shown.count("official.unlink-wait") == 1  # only what was typed


async def test_the_palette_opens_an_account_with_what_stops_it(app_on: Make) -> None:
    app = app_on("linked")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "ctrl+p")
        assert "Account: @wax.and.wick" in await shown_for(pilot, "wax")
        await press(pilot, "enter")
        assert "@wax.and.wick" in text_of(pilot)
        assert "As the official account" in text_of(pilot)
        assert "Accounts › @wax.and.wick" in text_of(pilot)


async def test_the_palette_finds_and_runs_an_action_of_another_place(app_on: Make) -> None:
    app = app_on("linked")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "ctrl+p")
        await shown_for(pilot, "rename")
        await press(pilot, "enter")
        await until(pilot, lambda: isinstance(app.screen, RenameShop))


async def test_quit_is_found_but_not_offered(app_on: Make) -> None:
    app = app_on("linked")
    async with app.run_test(size=(80, 100)) as pilot:
        await press(pilot, "ctrl+p")
        assert "Change the current theme" in await shown_for(pilot, "")
        assert "Leave shoplink" not in text_of(pilot)
        assert "Leave shoplink" in await shown_for(pilot, "quit")


@pytest.mark.parametrize(("typed", "opened"), [("rename", RenameShop), ("zzzz", CommandPalette)])
async def test_enter_runs_only_what_was_found_for_all_that_is_typed(app_on: Make, typed: str, opened: type[Screen[None]]) -> None:
    app = app_on("linked")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "ctrl+p")
        await shown_for(pilot, "")
        burst(pilot, *typed, "enter")
        await press(pilot)
        await finished(pilot, CommandPalette._GATHER_COMMANDS_GROUP)
        await press(pilot)
        assert isinstance(app.screen, opened)


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


UNLINK = ("official account", "Official Account: Unlink")
INVITE = ("team access", "Team access: Invite")
LINK = ("marketing accounts", "Marketing Accounts: Link account")
COMPARE = ("compare", "Compare: ")  # a place without keys of its own


@pytest.mark.parametrize(
    ("scenario", "offered"),
    [
        ("new-shop", {UNLINK: False}),
        ("linked", {UNLINK: True, INVITE: False, LINK: True, COMPARE: False}),
        ("organization", {INVITE: True}),
        ("marketing-full", {LINK: False}),
    ],
)
async def test_an_action_is_offered_where_it_is_possible(
    app_on: Make, scenario: str, offered: dict[tuple[str, str], bool]
) -> None:
    app = app_on(scenario)
    async with app.run_test(size=(80, 60)) as pilot:
        await press(pilot, "ctrl+p")
        for (typed, action), is_possible in offered.items():
            shown = await shown_for(pilot, typed)
            assert (action in shown) == is_possible, shown
