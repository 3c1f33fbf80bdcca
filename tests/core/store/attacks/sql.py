"""Statements for a foreign connection, written as text: whole rows, of which an attack changes one thing."""

from core.clock import to_ms
from tests.support import NOW

Value = str | int | None

T = to_ms(NOW)
HOUR = 3_600_000
DAY = 24 * HOUR

SHOPS = {  # id: seller, region, name
    "lumen": ("lumen", "US", "Lumen"),
    "other": ("lumen", "US", "Other"),
    "third": ("lumen", "US", "Third"),
    "used": ("lumen", "US", "Used up"),
    "fresh": ("lumen", "US", "Fresh"),
    "long": ("lumen", "US", "A name of more than thirty letters"),
    "twin": ("twin", "US", "Twin"),
    "birch": ("birch", "GB", "Birch"),
}


def text(value: Value) -> str:
    if value is None:
        return "NULL"
    return str(value) if isinstance(value, int) else "'" + value.replace("'", "''") + "'"


def insert(table: str, **columns: Value) -> str:
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join(map(text, columns.values()))})"


def update(table: str, where: str, **columns: Value) -> str:
    """`where` is a condition, or the id (of an account: the username) of a row."""
    key = "username" if table == "account" else "id"
    found = where if "=" in where else f"{key} = '{where}'"
    return f"UPDATE {table} SET {', '.join(f'{name} = {text(value)}' for name, value in columns.items())} WHERE {found}"


def shop(**columns: Value) -> str:
    row: dict[str, Value] = {"id": "new", "code": "USLC99", "name": "New", "region": "US", "seller": "lumen"}
    return insert("shop", **{**row, **columns})


def account(username: str | None = "added.one", **columns: Value) -> str:
    row: dict[str, Value] = {"username": username, "nickname": "New", "kind": "personal", "region": "US", "standing": "good"}
    return insert("account", **{**row, "identity_verified": 1, "holder_is_adult": 1, **columns})


def link(where: str = "fresh", by: str | None = "free.one", **columns: Value) -> str:
    """A request for the official account, unless the columns say otherwise; whole in every other state too."""
    seller, region, _ = SHOPS.get(where, ("lumen", "US", ""))
    row: dict[str, Value] = {"id": "forged", "shop": where, "seller": seller, "region": region, "account": by}
    row |= {"role": "official", "origin": "existing", "state": "awaiting_authorization", "requested_at": T, "requested_by": "eve"}
    state = columns.get("state")
    if state is None or state == "awaiting_authorization":
        row["authorize_by"] = T + 2 * DAY
    else:
        row |= {"authorize_by": T + 2 * DAY, "authorized_at": T}
    if state == "in_review":
        row["submitted_at"] = T
    if state in {"linked", "unlinked"}:
        row |= {"linked_at": T, "linked_by": "eve"}
    if state == "unlinked":
        row["unlinked_at"] = T + DAY
    return insert("link", **{**row, **columns})


def marketing(where: str = "fresh", by: str = "free.one", slot: int | None = 1, **columns: Value) -> str:
    return link(where, by, **{"role": "marketing", "slot": slot, **columns})


def member(**columns: Value) -> str:
    row: dict[str, Value] = {"id": "new", "account": "lumen.org", "contact": "eve@lumen.example", "role": "operator"}
    return insert("member", **{**row, "state": "invited", "invited_at": T, "accept_by": T + DAY, **columns})


def product(**columns: Value) -> str:
    row: dict[str, Value] = {"id": "new", "shop": "lumen", "title": "Jar", "price": "9.50", "currency": "USD"}
    return insert("product", **{**row, "status": "active", "changed_at": T, **columns})


def event(**columns: Value) -> str:
    row: dict[str, Value] = {"id": "new", "at": T, "kind": "shop.stated", "actor": "eve", "summary": "Something"}
    return insert("event", **{**row, **columns})


def workspace(**columns: Value) -> str:
    return insert("workspace", **{"id": 1, "kind": "record", "seed": "seed", "created_at": T, **columns})
