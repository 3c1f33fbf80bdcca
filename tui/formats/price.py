"""Prices as a customer sees them."""

from decimal import Decimal

import data


def price_words(price: Decimal, currency: str) -> str:
    """Format a price in its currency: $24.00, ₫24,000. Extra decimals are kept."""
    known = data.load("currencies.toml").get(currency)
    if known is None:
        return f"{price:,.2f} {currency}"
    exponent = price.as_tuple().exponent
    decimals = max(known["decimals"], -exponent if isinstance(exponent, int) and price % 1 else 0)
    return f"{known['sign']}{price:,.{decimals}f}"
