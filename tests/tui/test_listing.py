"""A long list: read on as it is scrolled, kept where it is, with the focus in it."""

from collections.abc import Callable, Sequence

import pytest
from textual.events import MouseScrollDown
from textual.widget import Widget

from core.shop_status import ShopCounts
from core.workspace import Workspace
from tests.support import add_shop
from tests.tui.support import press
from tui.app import ShoplinkApp
from tui.listing import PAGE
from tui.screens.shops import Shops
from tui.widgets.shop_bar import ShopBar


async def test_more_pages_are_loaded_as_the_cursor_nears_the_end(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("agency")
    number = app.workspace.shops.count()
    last_but_one = app.workspace.shops.page(limit=number).shops[-2].shop
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "escape")
        assert app.screen.query_one("#rows").option_count == 24
        await press(pilot, *["down"] * 18)
        assert app.screen.query_one("#rows").option_count == 24 + PAGE
        await press(pilot, "end")
        assert app.screen.query_one("#rows").option_count == number
        assert app.screen.query_one("#rows").highlighted == number - 1
        await press(pilot, "up")
        add_shop(app.workspace, "Zzz")
        app.repaint()
        await press(pilot)
        rows = app.screen.query_one("#rows")
        assert rows.option_count == number + 1
        assert rows.highlighted == number - 2  # where the cursor was, beyond the first page
        await press(pilot, "enter")
        assert app.screen.shop.id == last_but_one.id


async def test_more_pages_are_loaded_by_the_wheel_and_for_a_higher_window(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("agency")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "escape")
        rows = app.screen.query_one("#rows")
        for _ in range(8):
            await pilot._post_mouse_events([MouseScrollDown], rows)
            await press(pilot)
        assert rows.option_count == 24 + PAGE
        assert rows.highlighted == 0
        await pilot.resize_terminal(80, 140)
        await press(pilot)
        assert app.screen.query_one("#rows").option_count == 140


@pytest.mark.parametrize(("before", "after"), [(30, 44), (20, 29), (30, 60)])
async def test_rows_that_all_fit_are_followed_by_more(app_on: Callable[..., ShoplinkApp], before: int, after: int) -> None:
    app = app_on("agency")
    async with app.run_test(size=(80, before)) as pilot:
        await press(pilot, "escape")
        assert app.screen.query_one("#rows").option_count == before
        await pilot.resize_terminal(80, after)
        await press(pilot)
        assert app.screen.query_one("#rows").option_count == before + PAGE


async def test_every_row_of_a_narrowed_list_is_reached_in_the_highest_window(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("agency")
    async with app.run_test(size=(120, 200)) as pilot:
        await press(pilot, "escape", "slash", "type:e", "enter", "end")
        assert app.screen.position() == "134 of 134"


async def test_a_list_that_was_scrolled_begins_with_its_first_row_when_it_changes(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("agency")
    ids = [summary.shop.id for summary in app.workspace.shops.page(limit=140).shops]
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "escape")
        for _ in app.workspace.shops.regions():
            await press(pilot, "r", "end")
        await press(pilot, "r", "end", "end")
        assert [option.id for option in app.screen.query_one("#rows").options] == ids


async def test_what_the_old_list_reads_while_the_page_is_made_again_is_not_missing_in_the_new_one(
    app_on: Callable[..., ShoplinkApp], monkeypatch: pytest.MonkeyPatch
) -> None:
    app = app_on("agency")
    async with app.run_test(size=(80, 40)) as pilot:
        await press(pilot, "escape")
        old, replace = app.screen.query_one("#rows"), app.screen.left_column.replace

        async def scrolled_meanwhile(parts: Sequence[Widget]) -> None:
            old.action_last()
            await replace(parts)

        monkeypatch.setattr(app.screen.left_column, "replace", scrolled_meanwhile)
        app.repaint()
        await press(pilot, "end", "end")
        assert app.screen.query_one("#rows") is not old
        assert app.screen.query_one("#rows").option_count == 140


async def test_a_shop_that_another_program_moves_down_the_list_is_listed_once(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("agency")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "escape")
        with Workspace.open(app.path, actor="jo", clock=app.clock) as other:
            moved = next(one.shop for one in other.shops.page().shops if one.official is None)
            other.shops.rename(moved.id, "Zzz")
        app.screen.query_one("#rows").action_last()
        assert [option.id for option in app.screen.query_one("#rows").options].count(moved.id) == 1


async def test_the_keys_of_filters_work_once_the_list_is_painted(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("linked")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "escape")
        app.push_screen(shops := Shops())
        for name in ("state", "region", "order"):
            await app.run_action(f"facet('{name}')", shops)  # a key in the same moment
        assert shops.facets == ()
        await press(pilot, "s")
        assert shops.facet("state") != ""


async def test_a_list_that_was_scrolled_past_its_cursor_stays_there(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("agency")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "escape")
        before = app.screen.query_one("#rows")
        for line in (8, 20):  # first to the end of what is read
            before.scroll_to(y=line, animate=False, immediate=True)
            await press(pilot)
        for _ in range(2):
            app.repaint()
            await press(pilot)
            assert app.screen.query_one("#rows") is not before
            assert (app.screen.query_one("#rows").scroll_y, app.screen.query_one("#rows").highlighted) == (20, 0)


async def test_the_focus_goes_to_what_takes_the_place_of_the_rows_and_back(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("agency")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "escape", "slash", "type:zzz", "enter")
        assert app.focused.id == "begin"
        await press(pilot, "escape", "end")
        assert (app.focused.id, app.focused.highlighted) == ("rows", 123)


async def test_many_shops_are_numbered_with_separators(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("agency")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "escape")
        app.screen.query_one(ShopBar).show(ShopCounts(60_000, 20_000, 20_000, 1))
        assert app.screen.position() == "1 of 100,000"
