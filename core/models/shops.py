"""Shops and their products."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any

from core.errors import InvalidInput
from core.models.base import Instant, Row
from core.models.states import Probation, ProductStatus
from core.text import CleanLine, Identifier, show
from core.validation import Read, Whole

PRICE_END = Decimal(10**12)
"""Prices are lower than this."""

_PRICE = re.compile(r"\d{1,12}(\.\d{1,4})?", re.ASCII)


def read_price(value: Any) -> Decimal:
    """Read a price: digits, with at most one decimal point and four decimals. Raises InvalidInput."""
    is_one = isinstance(value, str | int | float | Decimal) and not isinstance(value, bool)
    written = str(value).strip() if is_one else ""
    if not _PRICE.fullmatch(written):
        given = f"“{show(written, 40)}” " if written else ""
        raise InvalidInput("price", f"{given}is not a price", remedy="Write digits and one decimal point, such as 12.50.")
    return Decimal(written)


Price = Annotated[Decimal, Read(read_price)]

EARLIER_UNLINKS = Whole(0, 1000)
"""How many official unlinks a shop can have that are not entered as links."""


@dataclass(frozen=True, kw_only=True)
class Shop(Row):
    """A storefront. `seller` is the seller's id."""

    id: Identifier
    code: Identifier
    code_is_made_up: bool = False
    """Whether shoplink made up the code, because TikTok's was not entered."""
    name: CleanLine
    region: Identifier
    seller: Identifier
    probation: Probation | None = None
    probation_until: Instant | None = None
    """When the probation period ends, if known."""
    unlinks_before: Annotated[int, EARLIER_UNLINKS] | None = None
    """Official unlinks that are not entered as links; None: unknown."""


@dataclass(frozen=True, kw_only=True)
class Product(Row):
    """An item that a shop sells, and since when it has its status (UTC)."""

    id: Identifier
    shop: Identifier
    title: CleanLine
    price: Price
    currency: Identifier
    status: ProductStatus = ProductStatus.ACTIVE
    changed_at: Instant | None = None
