"""The keys in the footer: they appear at once, and they work."""

from collections.abc import Callable
from unittest.mock import Mock

import pytest

from tests.tui.support import HISTORY, TEAM, press, text_of
from tui.app import ShoplinkApp
from tui.screens.settings import Settings
from tui.widgets.keys import Keys


async def test_a_change_of_focus_shows_other_keys_without_a_layout(
    app_on: Callable[..., ShoplinkApp], monkeypatch: pytest.MonkeyPatch
) -> None:
    app = app_on("linked")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter", "tab")
        before = text_of(pilot).splitlines()[-1]
        layouts = Mock(wraps=app.screen._refresh_layout)
        monkeypatch.setattr(app.screen, "_refresh_layout", layouts)
        await press(pilot, "tab")
        assert text_of(pilot).splitlines()[-1] != before
        layouts.assert_not_called()


async def test_keys_that_stay_the_same_are_not_painted_again(
    app_on: Callable[..., ShoplinkApp], monkeypatch: pytest.MonkeyPatch
) -> None:
    app = app_on("linked")
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, *HISTORY)
        keys = app.screen.query_one(Keys)
        paints = Mock()
        monkeypatch.setattr(keys, "update", paints)
        keys.show(app.screen)
        paints.assert_not_called()
        await pilot.resize_terminal(60, 24)
        await press(pilot)
        paints.assert_called()


async def test_a_key_in_the_footer_can_be_clicked(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("linked")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *HISTORY)
        column = text_of(pilot).splitlines()[-1].index("esc")
        await pilot.click(offset=(column, 23))
        await press(pilot)
        assert isinstance(app.screen, Settings)


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
        assert "esc Back" in text_of(pilot).splitlines()[-1]
        await pilot.resize_terminal(120, 40)
        await press(pilot)
        assert text_of(pilot).splitlines()[-1] == wide


async def test_the_footer_says_what_enter_does_to_the_row_under_the_cursor(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("organization")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *TEAM)
        assert "enter Role" in text_of(pilot).splitlines()[-1]
        await press(pilot, "down", "x", "tab", "enter", "end")
        assert "enter Also removed" in text_of(pilot).splitlines()[-1]
        await press(pilot, "s", "tab", "enter", "end")
        assert "enter" not in text_of(pilot).splitlines()[-1]


async def test_the_footer_says_uncheck_under_a_checked_box(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("new-shop")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter", "tab", "enter", "enter", "type:lumen.candles", "tab")
        assert "space Check" in text_of(pilot).splitlines()[-1]
        await press(pilot, "space")
        assert "space Uncheck" in text_of(pilot).splitlines()[-1]
        await press(pilot, "space")
        assert "space Check" in text_of(pilot).splitlines()[-1]


@pytest.mark.parametrize(
    ("scenario", "keys", "shown"),
    [
        pytest.param("in-review", ("enter", "x"), ["enter Keep the request", "tab Next", "esc Keep the request"], id="question"),
        pytest.param("in-review", ("enter", "d"), ["esc Close the Desk", "y Approve", "r Reject…"], id="desk"),
        pytest.param("in-review", ("enter", "d", "r"), ["enter Reject", "esc Cancel"], id="desk-asks"),
        pytest.param("in-review", ("enter", "d", "r", "up"), ["enter Type it", "esc Cancel"], id="desk-asks-other"),
        pytest.param("in-review", ("enter", "question_mark"), ["esc Close"], id="help"),
        pytest.param("in-review", ("enter", "f9"), ["enter Start", "esc Close"], id="chooser"),
        pytest.param("in-review", ("enter", "f9", "end"), ["enter Play", "esc Close"], id="chooser-tour"),
        pytest.param("in-review", ("enter", "f4"), ["enter Save", "tab Next", "esc Cancel"], id="form"),
        pytest.param("in-review", ("enter", "colon"), ["enter Open", "esc Close"], id="palette"),
    ],
)
async def test_under_a_dialog_the_footer_shows_the_keys_that_work_there(
    app_on: Callable[..., ShoplinkApp], scenario: str, keys: tuple[str, ...], shown: list[str]
) -> None:
    app = app_on(scenario)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *keys)
        footer = text_of(pilot).splitlines()[-1]
        assert all(words in footer for words in shown), footer
        assert "esc Back" not in footer
        assert "x Cancel" not in footer
        await press(pilot, "escape", "escape")
        assert "esc Back" in text_of(pilot).splitlines()[-1]
