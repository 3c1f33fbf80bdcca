"""What an official account brings, before and after linking, beside what the account types may."""

from collections.abc import Callable

import pytest

from core.policy import benefits
from tests.tui.support import COMPARE, press, text_of
from tui.app import ShoplinkApp


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_every_benefit_is_shown_once(app_on: Callable[..., ShoplinkApp], size: tuple[int, int]) -> None:
    app = app_on("linked")
    async with app.run_test(size=size) as pilot:
        await press(pilot, *COMPARE)
        texts = app.screen.query("Card > Static")
        shown = [str(text.render()) for text in texts if all(widget.display for widget in text.ancestors_with_self)]
        for benefit in benefits():
            assert shown.count(f"{benefit.benefit}\n{benefit.text}") == 1


async def test_before_linking_every_benefit_of_an_official_account_is_named(app_on: Callable[..., ShoplinkApp]) -> None:
    async with app_on("new-shop").run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter")
        assert all(f"◆ {benefit.benefit}" in text_of(pilot) for benefit in benefits("official"))


@pytest.mark.parametrize("columns", [60, 80, 120])
async def test_no_word_of_a_head_is_broken(app_on: Callable[..., ShoplinkApp], columns: int) -> None:
    async with app_on("linked").run_test(size=(columns, 24)) as pilot:
        await press(pilot, *COMPARE)
        assert all(word in text_of(pilot) for word in ("Official", "Marketing", "Affiliate", "creator"))
