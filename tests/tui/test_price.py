"""Prices as a customer sees them."""

from decimal import Decimal

import pytest

import data
from core import policy
from tui.formats.price import price_words


@pytest.mark.parametrize(
    ("price", "currency", "words"),
    [
        ("24", "USD", "$24.00"),
        ("1234.5", "USD", "$1,234.50"),
        ("12.505", "GBP", "£12.505"),
        ("24000", "VND", "₫24,000"),
        ("24000.00", "IDR", "Rp24,000"),
        ("99.5", "JPY", "¥99.5"),
        ("5", "XYZ", "5.00 XYZ"),
    ],
)
def test_a_price_is_written_as_is_usual_for_its_currency(price: str, currency: str, words: str) -> None:
    assert price_words(Decimal(price), currency) == words


def test_every_market_s_currency_has_its_sign() -> None:
    assert {market.currency for market in policy.load().markets.values()} <= data.load("currencies.toml").keys()
