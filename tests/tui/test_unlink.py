"""Unlink: what ends, as the rules answer."""

from collections.abc import Callable

import pytest

from tests.tui.support import press, text_of
from tui.app import ShoplinkApp

OFFICIAL = ("The account keeps its name, but no longer follows the shop's", "The Shop Page ends")
CODES = "Seller Center gives no codes to log in until it is linked again"


@pytest.mark.parametrize(("scenario", "codes"), [("organization", True), ("linked", False)])
async def test_what_ends_is_shown(app_on: Callable[..., ShoplinkApp], scenario: str, codes: bool) -> None:
    async with app_on(scenario).run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter", "u")
        shown = " ".join(text_of(pilot).replace("│", " ").split())
        assert all(text in shown for text in OFFICIAL)
        assert (CODES in shown) == codes


async def test_an_unlinked_marketing_account_frees_its_slot(app_on: Callable[..., ShoplinkApp]) -> None:
    async with app_on("linked").run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter", "2", "u")
        shown = " ".join(text_of(pilot).replace("│", " ").split())
        assert "no longer sells for this shop, and its slot is free" in shown
        assert not any(text in shown for text in OFFICIAL)
