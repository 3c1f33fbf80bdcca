"""The keys in the last line: there at once, and true."""

from collections.abc import Callable

from tests.tui.support import press, text_of
from tui.app import ShoplinkApp
from tui.widgets.keys import Keys


async def test_the_keys_are_made_anew_when_others_work_and_only_then(app_on: Callable[..., ShoplinkApp]) -> None:
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


async def test_keys_whose_place_was_left_meanwhile_are_not_made_anew(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on()
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot)
        keys = app.screen.query_one(Keys)
        await press(pilot, "escape")
        await keys.recompose()
        assert not keys.is_attached


async def test_a_tab_can_be_changed_as_fast_as_keys_come(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("unlinks-used-up")
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "enter")
        for _ in range(3):
            await pilot.press("2", "1")
        await press(pilot)
        assert "Settings › Linked TikTok Accounts › Official Account" in text_of(pilot)
