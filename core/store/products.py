"""Products in the file."""

from core.models import Product
from core.store.connection import Store
from core.store.rows import from_row, to_row


def find(store: Store, id: str) -> Product | None:
    row = store.row("SELECT * FROM product WHERE id = ?", [id])
    return from_row(Product, row) if row else None


def of_shop(store: Store, shop: str) -> list[Product]:
    return [from_row(Product, row) for row in store.rows("SELECT * FROM product WHERE shop = ? ORDER BY seq", [shop])]


def every(store: Store) -> list[Product]:
    return [from_row(Product, row) for row in store.rows("SELECT * FROM product ORDER BY seq")]


def add(store: Store, product: Product) -> None:
    store.insert("product", to_row(product))


def replace(store: Store, product: Product) -> None:
    store.update("product", "id", to_row(product))
