"""What costs nothing: a screen on which nothing changes, and one that is covered."""

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
    """What is written to the terminal from now on."""
    written: list[object] = []
    monkeypatch.setattr(app, "_display", lambda screen, renderable: written.append(renderable))
    return written


async def test_an_idle_screen_writes_nothing_and_a_minute_later_the_clock(
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


async def test_a_step_of_the_focus_paints_two_widgets_and_not_the_screen(app_on: AppOn, monkeypatch: pytest.MonkeyPatch) -> None:
    app = app_on("new-shop")
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "enter")
        before = app.focused
        written = painted(app, monkeypatch)
        await press(pilot, "tab")
        assert app.focused is not before
        assert written
        assert not [one for one in written if type(one).__name__ == "LayoutUpdate"]  # that is the whole screen


@pytest.mark.parametrize("place", [Shops, HistoryPlace])
async def test_a_step_in_a_list_paints_once_the_row_and_what_stands_beside_it(
    app_on: AppOn, place: type[Listing], monkeypatch: pytest.MonkeyPatch
) -> None:
    app = app_on("linked")
    for number in range(40):
        add_shop(app.workspace, f"Shop {number}", "US" if number % 2 else "GB")
    app.attach(app.workspace)  # as it is now: a look that finds it changed would paint the page anew
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot)
        app.push_screen(place(app.screen.shop_id))
        await press(pilot, "v", *["down"] * 3)
        written, heights = painted(app, monkeypatch), set()
        for _ in range(40):  # beyond the last row in sight: the scroll bar moves too
            written.clear()
            await press(pilot, "down")
            heights.add(tuple(card.size.height for card in app.screen.query("#side Card")))
            assert len(written) == 1
        assert len(heights) > 1 or place is Shops  # with cards of another height all is laid out anew


@pytest.mark.parametrize("place", [OfficialAccount, HistoryPlace])
async def test_a_place_that_opens_is_laid_out_once_and_once_more_when_it_is_whole(
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
async def test_each_page_is_painted_once_at_the_start(app_on: AppOn, scenario: str, monkeypatch: pytest.MonkeyPatch) -> None:
    app = app_on(scenario)
    for number in range(120):  # more than there is room for: Textual paints their scroll bar once more
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


async def test_rows_are_wrapped_for_the_width_that_there_is(app_on: AppOn) -> None:
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
