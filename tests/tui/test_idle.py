"""Screens that do not change, or are covered, cost nothing."""

from collections.abc import Callable
from datetime import timedelta
from functools import partialmethod
from unittest.mock import Mock

import pytest
from textual.widgets import OptionList

from tests.support import StoppedClock, add_shop
from tests.tui.support import press
from tui.app import ShoplinkApp
from tui.listing import Listing
from tui.place import Place
from tui.screens.history import HistoryPlace
from tui.screens.linked_accounts.official import OfficialAccount
from tui.screens.shops import Shops
from tui.widgets.lines import Live
from tui.widgets.rows import Rows

AppOn = Callable[..., ShoplinkApp]


def painted(app: ShoplinkApp, monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Collect what is written to the terminal from now on."""
    written: list[object] = []
    monkeypatch.setattr(app, "_display", lambda screen, renderable: written.append(renderable))
    return written


async def test_an_idle_screen_writes_only_the_clock_once_a_minute(
    app_on: AppOn, clock: StoppedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = app_on("just-linked")
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "enter")
        written = painted(app, monkeypatch)
        for at, times in ((timedelta(), 0), (timedelta(minutes=1), 1)):
            clock.move(at)
            written.clear()
            for screen in app.screen_stack:
                for live in screen.query(Live):
                    live.look()
            app.poll()
            await press(pilot)
            assert len(written) == times


async def test_moving_the_focus_paints_two_widgets_and_not_the_screen(app_on: AppOn, monkeypatch: pytest.MonkeyPatch) -> None:
    app = app_on("new-shop")
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "enter")
        before = app.focused
        written = painted(app, monkeypatch)
        await press(pilot, "tab")
        assert app.focused is not before
        assert written
        assert not [one for one in written if type(one).__name__ == "LayoutUpdate"]  # that would be the whole screen


@pytest.mark.parametrize("place", [Shops, HistoryPlace])
async def test_a_step_in_a_list_paints_the_row_and_its_detail_once(
    app_on: AppOn, place: type[Listing], monkeypatch: pytest.MonkeyPatch
) -> None:
    app = app_on("linked")
    for number in range(40):
        add_shop(app.workspace, f"Shop {number}", "US" if number % 2 else "GB")
    app.attach(app.workspace)  # as it is now, or polling would repaint the page
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot)
        app.push_screen(place(app.screen.shop_id))
        await press(pilot, "v", *["down"] * 3)
        written, heights = painted(app, monkeypatch), set()
        for _ in range(2):
            for _ in range(7):
                written.clear()
                await press(pilot, "down")
                heights.add(tuple(card.size.height for card in app.screen.query("#side Card")))
                assert len(written) == 1
            await press(pilot, "pagedown")  # past the last visible row, where the scroll bar moves too
        assert len(heights) > 1 or place is Shops  # a card of another height is laid out again


@pytest.mark.parametrize("place", [OfficialAccount, HistoryPlace])
async def test_opening_a_place_lays_it_out_at_most_twice(
    app_on: AppOn, place: type[Place], monkeypatch: pytest.MonkeyPatch
) -> None:
    app = app_on("linked")
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot)
        opened = place(app.screen.shop_id)
        laid_out = Mock(wraps=opened._compositor.reflow)
        monkeypatch.setattr(opened._compositor, "reflow", laid_out)
        app.push_screen(opened)
        await press(pilot)
        assert laid_out.call_count <= 2


@pytest.mark.parametrize("scenario", ["agency", "record"])
async def test_each_page_is_painted_once_when_it_opens(app_on: AppOn, scenario: str, monkeypatch: pytest.MonkeyPatch) -> None:
    app = app_on(scenario)
    for number in range(120):  # more than fit: Textual paints their scroll bar once more
        add_shop(app.workspace, f"Shop {number}")
    written: list[object] = []
    display = app._display
    monkeypatch.setattr(app, "_display", lambda screen, renderable: (written.append(renderable), display(screen, renderable)))
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot)
        assert [type(one).__name__ for one in written if one is not None] == ["LayoutUpdate"] * len(app.screen_stack)


async def test_a_list_looks_for_new_rows_once_a_paint(app_on: AppOn, monkeypatch: pytest.MonkeyPatch) -> None:
    app = app_on("new-shop")
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot)
        rows = app.screen.query_one(Rows)
        looked = Mock(wraps=OptionList._update_lines)
        monkeypatch.setattr(OptionList, "_update_lines", partialmethod(looked))
        rows.render_lines(rows.size.region)
        assert looked.call_count == 1


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
