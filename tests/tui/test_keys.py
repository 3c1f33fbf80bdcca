"""The keys in the footer: they appear at once, and they work."""

from collections.abc import Callable

from tests.tui.support import HISTORY, press, text_of
from tui.app import ShoplinkApp
from tui.widgets.keys import Keys


async def test_the_footer_is_rebuilt_only_when_other_keys_work(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("unlinks-used-up")
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "escape")
        assert "esc Back" not in text_of(pilot)
        made = list(app.screen.query_one(Keys).children)
        await press(pilot, "down")
        app.screen.refresh_bindings()
        await press(pilot)
        assert list(app.screen.query_one(Keys).children) == made
        await press(pilot, "slash")
        assert "esc Back" in text_of(pilot)


async def test_the_footer_of_a_place_that_was_left_is_not_rebuilt(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on()
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot)
        keys = app.screen.query_one(Keys)
        await press(pilot, "escape")
        await keys.recompose()
        assert not keys.is_attached


async def test_tabs_change_as_fast_as_keys_come(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("unlinks-used-up")
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "enter")
        for _ in range(3):
            await pilot.press("2", "1")
        await press(pilot)
        assert "Settings › Linked TikTok Accounts › Official Account" in text_of(pilot)


async def test_the_footer_shows_the_keys_that_fit_after_a_resize(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("linked")
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, *HISTORY)
        wide = text_of(pilot).splitlines()[-1]
        assert wide.endswith("w Where")
        await pilot.resize_terminal(60, 24)
        await press(pilot)
        assert "Where" not in text_of(pilot).splitlines()[-1]
        shown = [key for key in app.screen.query("FooterKey") if key.region]
        assert all(key.region.right <= 60 for key in shown)
        await pilot.resize_terminal(120, 40)
        await press(pilot)
        assert text_of(pilot).splitlines()[-1] == wide
