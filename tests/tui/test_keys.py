"""The keys in the footer: they appear at once, and they work."""

from collections.abc import Callable
from unittest.mock import Mock

import pytest
from textual.screen import ModalScreen

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


async def test_after_a_resize_the_footer_shows_the_keys_that_fit_and_the_same_keys_are_not_painted_again(
    app_on: Callable[..., ShoplinkApp], monkeypatch: pytest.MonkeyPatch
) -> None:
    app = app_on("linked")
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, *HISTORY)
        wide = text_of(pilot).splitlines()[-1]
        assert wide.endswith("w Where")
        keys = app.screen.query_one(Keys)
        paints = Mock(wraps=keys.update)
        monkeypatch.setattr(keys, "update", paints)
        keys.show(app.screen)
        paints.assert_not_called()
        await pilot.resize_terminal(60, 24)
        await press(pilot)
        paints.assert_called()
        assert "Where" not in text_of(pilot).splitlines()[-1]
        assert "esc Back" in text_of(pilot).splitlines()[-1]
        await pilot.resize_terminal(120, 40)
        await press(pilot)
        assert text_of(pilot).splitlines()[-1] == wide


async def test_a_key_in_the_footer_can_be_clicked(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("linked")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter")
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


async def test_the_footer_says_what_enter_does_to_the_row_under_the_cursor(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("organization")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *TEAM)
        assert "enter Role" in text_of(pilot).splitlines()[-1]
        await press(pilot, "down", "x", "tab", "enter", "end")
        assert "enter Also removed" in text_of(pilot).splitlines()[-1]
        await press(pilot, "s", "tab", "enter", "end")
        assert "enter" not in text_of(pilot).splitlines()[-1]


async def test_under_a_dialog_the_footer_shows_the_keys_that_work_there(app_on: Callable[..., ShoplinkApp]) -> None:
    dialogs: list[list[tuple[str, list[str]]]] = [  # the key that opens each, those that lead on in it, and what is shown then
        [("x", ["enter Keep the request", "tab Next", "esc Keep the request"])],
        [
            ("d", ["esc Close the Desk", "y Approve", "r Reject…"]),
            ("r", ["enter Reject", "esc Cancel"]),
            ("up", ["enter Type it", "esc Cancel"]),
        ],
        [("question_mark", ["esc Close"])],
        [("f9", ["enter Start", "esc Close"]), ("end", ["enter Play", "esc Close"])],
        [("f4", ["enter Save", "tab Next", "esc Cancel"])],
        [("colon", ["enter Open", "esc Close"])],
    ]
    app = app_on("in-review")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter")
        for way in dialogs:
            for key, shown in way:
                await press(pilot, key)
                footer = text_of(pilot).splitlines()[-1]
                assert all(words in footer for words in shown), footer
                assert "esc Back" not in footer
                assert "x Cancel" not in footer
            while isinstance(app.screen, ModalScreen):
                await press(pilot, "escape")
            assert "esc Back" in text_of(pilot).splitlines()[-1]
