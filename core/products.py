"""The use cases of products, and the Shop Page that shows them while an official account is linked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from core.errors import InvalidInput, NotFound
from core.lookup import find_shop
from core.models import EventKind, Product, ProductStatus, read_price, standing_official
from core.record import Record
from core.store import links as link_rows
from core.store import products as rows
from core.text import clean, show


@dataclass(frozen=True, kw_only=True)
class ShopPageView:
    """The Shop Page as the official account's profile shows it. `synced_at`: when it last changed, in UTC."""

    synced: bool
    synced_at: datetime | None
    products: tuple[Product, ...]
    tracked: bool = True
    """Whether products are entered: a record may have none and then says nothing about them."""

    @property
    def count(self) -> int | None:
        """The number of products shown; None: they are not tracked."""
        return len(self.products) if self.tracked else None


class Products:
    """The products of the workspace's shops."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._store = record.store

    def get(self, id: str) -> Product:
        """Find the product with this id. Raises NotFound."""
        product = rows.find(self._store, id)
        if product is None or product.undone_by:
            raise NotFound(
                f"There is no product {show(id, 60)}.",
                remedy="Choose one from the list.",
                command="See a shop's products with: shoplink products SHOP",
            )
        return product

    def find(self, prefix: str, limit: int) -> tuple[Product, ...]:
        """List products of every shop whose id begins with `prefix`."""
        return tuple(rows.with_id_from(self._store, prefix, limit))

    def of_shop(self, shop: str, *, include_deleted: bool = True) -> tuple[Product, ...]:
        """List a shop's products, the oldest first. Raises NotFound."""
        found = rows.of_shop(self._store, find_shop(self._store, shop).id)
        return tuple(product for product in found if include_deleted or product.status != ProductStatus.DELETED)

    def add(self, shop: str, title: str, price: Decimal | str, currency: str | None = None, *, id: str | None = None) -> Product:
        """Add an active product, in the market's currency unless another is given. Raises NotFound, InvalidInput."""
        record = self._record
        with record.change() as now:
            found = find_shop(self._store, shop)
            product = Product(
                id=id or record.new_id("product", "prd"),
                shop=found.id,
                title=clean("title", title),
                price=read_price(price),
                currency=parse_currency(currency or record.policy.markets[found.region].currency),
                changed_at=now,
            )
            rows.add(self._store, product)
            self.add_event(EventKind.PRODUCT_ADDED, product, f"Product “{product.title}” added")
            return product

    def change(
        self,
        id: str,
        *,
        status: ProductStatus | None = None,
        title: str | None = None,
        price: Decimal | str | None = None,
        currency: str | None = None,
    ) -> Product:
        """Change what is not None: a product's status, title, price or currency. The Shop Page follows.

        Raises NotFound, InvalidInput.
        """
        with self._record.change() as now:
            before = self.get(id)
            stated: dict[str, Any] = {
                "status": status,
                "title": None if title is None else clean("title", title),
                "price": None if price is None else read_price(price),
                "currency": None if currency is None else parse_currency(currency),
            }
            changed = {name: value for name, value in stated.items() if value not in (None, getattr(before, name))}
            if not changed:
                return before
            if before.status == ProductStatus.DELETED:
                raise InvalidInput(
                    "product",
                    "is deleted and can't be restored",
                    remedy="Add it again.",
                    command="The command: shoplink add-product",
                )
            product = replace(before, **changed, changed_at=now)
            rows.replace(self._store, product)
            words = {
                ProductStatus.ACTIVE: "switched on",
                ProductStatus.INACTIVE: "switched off",
                ProductStatus.DELETED: "deleted",
            }
            what = words[product.status] if "status" in changed else f"has a new {' and '.join(changed)}"
            self.add_event(EventKind.PRODUCT_CHANGED, product, f"Product “{product.title}” {what}")
            return product

    def shop_page(self, shop: str) -> ShopPageView:
        """Read the Shop Page: the active products while an official account is linked. Raises NotFound."""
        found = find_shop(self._store, shop)
        official = standing_official(link_rows.live_of_shop(self._store, found.id))
        products = rows.of_shop(self._store, found.id)
        tracked = bool(products) or not self._record.is_record
        if official is None or official.linked_at is None:
            return ShopPageView(synced=False, synced_at=None, products=(), tracked=tracked)
        changes = [product.changed_at for product in products if product.changed_at]
        shown = tuple(product for product in products if product.status == ProductStatus.ACTIVE)
        return ShopPageView(synced=True, synced_at=max([official.linked_at, *changes]), products=shown, tracked=tracked)

    def add_event(self, kind: EventKind, product: Product, summary: str) -> None:
        """Add an event about a product. Call it within the change that made it happen."""
        self._record.add_event(kind, summary, shop=product.shop, details={"product": product})


def parse_currency(currency: str) -> str:
    """Read a currency's three letters, and give them in capitals. Raises InvalidInput."""
    code = clean("currency", currency, "identifier").upper()
    if len(code) != 3 or not code.isascii() or not code.isalpha():
        raise InvalidInput("currency", "is not a currency code", remedy="Use its three letters, such as USD.")
    return code
