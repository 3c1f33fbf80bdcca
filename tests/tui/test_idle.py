"""Screens that do not change, or are covered, cost nothing."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.support import StoppedClock, add_shop
from tests.tui.support import press
from tui.app import ShoplinkApp
from tui.listing import Listing
from tui.screens.history import HistoryPlace
from tui.screens.shops import Shops
from tui.widgets.detail import Detail
from tui.widgets.lines import Live
from tui.widgets.rows import Rows

AppOn = Callable[..., ShoplinkApp]


def painted(app: ShoplinkApp, monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Collect what is written to the terminal from now on."""
    written: list[object] = []
    monkeypatch.setattr(app, "_display", lambda screen, renderable: written.append(renderable))
    return written


async def test_an_idle_screen_is_painted_once_a_minute(
    app_on: AppOn, clock: StoppedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = app_on("just-linked")
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "enter")
        written = painted(app, monkeypatch)
        for at, paints in ((timedelta(), False), (timedelta(minutes=1), True)):
            clock.move(at)
            written.clear()
            for screen in app.screen_stack:
                for live in screen.query(Live):
                    live.look()
            app.poll()
            await press(pilot)
            assert bool(written) == paints


@pytest.mark.parametrize("place", [Shops, HistoryPlace])
async def test_a_step_in_a_list_paints_the_row_and_its_detail_once(
    app_on: AppOn, place: type[Listing], monkeypatch: pytest.MonkeyPatch
) -> None:
    app = app_on("linked")
    for number in range(40):
        add_shop(app.workspace, f"Shop {number}", "US" if number % 2 else "GB")
    app.attach(app.workspace)  # as it is now, or polling would repaint the page
    async with app.run_test(size=(120, 50)) as pilot:
        await press(pilot)
        app.push_screen(place(app.screen.shop_id))
        await press(pilot, "v", *["down"] * 3)
        written, heights = painted(app, monkeypatch), set()
        for _ in range(2):
            for _ in range(7):
                written.clear()
                await press(pilot, "down")
                heights.add(len(app.screen.query_one(Detail).lines(40)))
                assert len(written) == 1
            await press(pilot, "pagedown")  # past the last visible row, where the scroll bar moves too
        assert len(heights) > 1 or place is Shops  # cards of another height are laid out no more than others


async def test_rows_are_wrapped_to_the_available_width(app_on: AppOn) -> None:
    app = app_on("linked")
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot)
        app.push_screen(HistoryPlace(app.screen.shop_id))
        await press(pilot)
        for columns in (70, 120, 61):
            await pilot.resize_terminal(columns, 40)
            await press(pilot)
            rows = app.screen.query_one(Rows)
            width = rows.scrollable_content_region.width
            fresh = [rows._get_visual(option).get_height(rows.styles, width - 2) for option in rows.options]
            assert list(rows._heights.values()) == fresh
