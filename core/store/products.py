"""Queries and writes for products."""

from collections.abc import Iterator

from core.models import Product
from core.store.connection import Store
from core.store.rows import from_row, new_row, to_row


def find(store: Store, id: str) -> Product | None:
    row = store.row("SELECT * FROM product WHERE id = ?", [id])
    return from_row(Product, row) if row else None


def with_id_from(store: Store, prefix: str, limit: int) -> list[Product]:
    """List products by id, only those whose id begins with `prefix`."""
    rows = store.rows("SELECT * FROM product WHERE id >= ? AND undone_by IS NULL ORDER BY id LIMIT ?", [prefix, limit])
    return [from_row(Product, row) for row in rows if row["id"].startswith(prefix)]


def of_shop(store: Store, shop: str) -> list[Product]:
    return [
        from_row(Product, row)
        for row in store.rows("SELECT * FROM product WHERE shop = ? AND undone_by IS NULL ORDER BY seq", [shop])
    ]


def titled(store: Store, shop: str, title: str) -> Product | None:
    """Find the shop's newest product with this title that is not deleted."""
    row = store.row(
        """SELECT * FROM product WHERE shop = ? AND title = ? AND status <> 'deleted' AND undone_by IS NULL
            ORDER BY seq DESC LIMIT 1""",
        [shop, title],
    )
    return from_row(Product, row) if row else None


def every(store: Store) -> Iterator[Product]:
    return (from_row(Product, row) for row in store.each("SELECT * FROM product ORDER BY seq"))


def add(store: Store, product: Product) -> None:
    store.insert("product", new_row(product))


def replace(store: Store, product: Product) -> None:
    store.update("product", "id", to_row(product))
