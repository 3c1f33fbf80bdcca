"""Places used with the keys and with the mouse."""

from collections.abc import Callable

import pytest

from core.models import Role
from tests.support import add_account
from tests.tui.record import requested
from tests.tui.support import COMPARE, RULES, SHOP_PAGE, press, text_of
from tui.app import ShoplinkApp
from tui.screens.rules import RuleDetail

Make = Callable[..., ShoplinkApp]


@pytest.mark.parametrize("size", [(60, 40), (80, 24), (120, 40)])
async def test_the_marketing_page_counts_links_in_one_line(app_on: Make, size: tuple[int, int]) -> None:
    async with app_on("marketing-full").run_test(size=size) as pilot:
        await press(pilot, "enter", "2")
        assert "Linked 1 of 10 times in 180 days." in text_of(pilot)


@pytest.mark.parametrize("acts", [[], ["authorize"], ["authorize", "submit"], ["cancel"]])
async def test_the_settings_say_whole_what_is_linked_and_invited(app_on: Make, acts: list[str]) -> None:
    app = app_on("record")
    links, link = app.workspace.links, requested(app.workspace)
    for act in acts:
        getattr(links, act)(link.id)
    add_account(app.workspace, "maplewick")
    links.request("maplewick", link.shop, Role.MARKETING, agreement=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot)
        assert "marketing 0 of 4, 1 invited" in text_of(pilot)


async def test_compare_fits_eighty_columns_and_counts_this_shop(app_on: Make) -> None:
    async with app_on("marketing-full").run_test(size=(80, 24)) as pilot:
        await press(pilot, *COMPARE)
        shown = text_of(pilot)
        assert all(len(line) <= 80 for line in shown.splitlines())
        assert "4 of 4" in shown
        assert "1 of 1" in shown


async def test_the_mouse_does_what_the_keys_do(app_on: Make) -> None:
    app = app_on("linked")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *RULES)
        await pilot.click(".facet")
        await press(pilot)
        assert {option.id.split(".")[0] for option in app.screen.query_one("#rows").options} == {"official"}
        await pilot.click("#rows", offset=(5, 0))
        await press(pilot)
        assert isinstance(app.screen, RuleDetail)


async def test_a_long_page_scrolls_with_the_keys(app_on: Make) -> None:
    app = app_on("linked")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *SHOP_PAGE)
        page = app.screen.query_one("#page")
        await press(pilot, "down", "down")
        assert page.scroll_offset.y == 2
        await press(pilot, "pagedown")
        assert page.scroll_offset.y > 2


async def test_full_slots_say_what_to_do_to_link_another(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("marketing-full")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter", "2")
        assert "All 4 slots are taken. Unlink one or cancel an invitation first." in text_of(pilot)
        assert app.screen.page_column.max_scroll_y == 0
