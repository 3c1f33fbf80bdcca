"""Buttons wrap whole, a form's fields scroll above its buttons, and a long page closes its cards."""

from collections.abc import Callable

import pytest
from textual.app import App, ComposeResult
from textual.widgets import Button

from tests.tui.support import cut_off, press, text_of
from tui.app import ShoplinkApp
from tui.widgets.buttons import Buttons
from tui.widgets.form import Fields, Form

LABELS = ("Keep the account", "TikTok did this anyway…", "TikTok ended it…", "Earlier unlinks…")


class Row(App[None]):
    def compose(self) -> ComposeResult:
        yield Buttons(*map(Button, LABELS))


@pytest.mark.parametrize(("columns", "rows"), [(100, 1), (60, 2), (30, 4)])
async def test_buttons_without_room_go_to_the_next_row_whole(columns: int, rows: int) -> None:
    async with Row().run_test(size=(columns, 20)) as pilot:
        buttons = list(pilot.app.query(Button))
        assert len({button.region.y for button in buttons}) == rows
        assert all(button.region.right <= columns for button in buttons)
        assert [button.region for button in buttons] == sorted((button.region for button in buttons), key=lambda at: (at.y, at.x))
        assert not cut_off(pilot)


async def test_the_buttons_of_a_form_stay_in_view(app_on: Callable[..., ShoplinkApp]) -> None:
    async with app_on("linked").run_test(size=(80, 24)) as pilot:
        await press(pilot, "escape", "a", "type:The Best Lumen", "enter", "type:us")
        for size in ((60, 20), (80, 24), (120, 40)):
            await pilot.resize_terminal(*size)
            await press(pilot)
            assert (pilot.app.screen.query_one(Fields).max_scroll_y > 0) == (size[1] < 30)
            for _ in range(12):  # once around
                await press(pilot, "tab")
                assert not cut_off(pilot)
                focused = pilot.app.focused
                assert focused is not None
                assert pilot.app.screen.query_one(Form).region.contains_region(focused.region)


async def test_a_page_that_does_not_fit_a_tall_screen_closes_its_cards(app_on: Callable[..., ShoplinkApp]) -> None:
    async with app_on("linked").run_test(size=(120, 40)) as pilot:
        await press(pilot, "up", "enter")
        assert pilot.app.screen.query_one("#page").has_class("-dense")
        assert pilot.app.screen.query_one("#page").max_scroll_y == 0
        await pilot.resize_terminal(120, 60)
        await press(pilot)
        assert not pilot.app.screen.query_one("#page").has_class("-dense")
        assert pilot.app.screen.query_one("#page").max_scroll_y == 0


async def test_the_rows_above_its_parts_close_from_the_top_before_a_page_scrolls(app_on: Callable[..., ShoplinkApp]) -> None:
    async with app_on("just-linked").run_test(size=(80, 29)) as pilot:
        await press(pilot, "enter")
        screen = pilot.app.screen
        seen = []
        for rows in range(29, 19, -1):
            await pilot.resize_terminal(80, rows)
            await press(pilot)
            column = screen.query_one("#page")
            column.scroll_home(animate=False)
            await press(pilot)
            lines = text_of(pilot).splitlines()
            above = lines[min(screen.query_one("#page Buttons").region.y, rows) - 1]
            seen.append((lines[2].strip() == "", above.strip() == "", column.max_scroll_y > 0))
        assert list(dict.fromkeys(seen)) == [
            (True, True, False),
            (False, True, False),
            (False, False, False),
            (False, False, True),
        ]


async def test_a_page_that_fits_again_has_no_scroll_bar(app_on: Callable[..., ShoplinkApp]) -> None:
    async with app_on("linked").run_test(size=(60, 25)) as pilot:
        await press(pilot, "up", "enter")
        column = pilot.app.screen.query_one("#page")
        assert not column.show_vertical_scrollbar
        lines = text_of(pilot)
        await pilot.resize_terminal(60, 24)
        await press(pilot)
        assert column.show_vertical_scrollbar
        await pilot.resize_terminal(60, 25)
        await press(pilot)
        assert text_of(pilot) == lines


async def test_what_is_focused_stays_in_view_in_a_window_that_shrinks(app_on: Callable[..., ShoplinkApp]) -> None:
    async with app_on("linked").run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter")
        for rows in (22, 20):
            await pilot.resize_terminal(80, rows)
            await press(pilot)
            assert pilot.app.focused is not None
            assert pilot.app.screen.query_one("#page").region.contains_region(pilot.app.focused.region)


async def test_a_heading_stands_apart_from_a_button_above_it_where_there_is_room(app_on: Callable[..., ShoplinkApp]) -> None:
    async with app_on("rejected").run_test(size=(80, 26)) as pilot:
        await press(pilot, "enter")
        lines = text_of(pilot).splitlines()
        heading = next(row for row, line in enumerate(lines) if "Or choose another way" in line)
        assert not lines[heading - 1].strip()
        assert "Check again" in lines[heading - 2]
