"""Statements for a foreign connection, written as text: whole rows, of which an attack changes one thing."""

from core.clock import to_ms
from tests.support import NOW

Value = str | int | None

T = to_ms(NOW)
HOUR = 3_600_000
DAY = 24 * HOUR
NEWEST = T + 10 * DAY
"""The newest moment of the attacked workspace."""

SHOPS = {  # id: seller, region, name
    "lumen": ("lumen", "US", "Lumen"),
    "other": ("lumen", "US", "Other"),
    "third": ("lumen", "US", "Third"),
    "used": ("lumen", "US", "Used up"),
    "fresh": ("lumen", "US", "Fresh"),
    "twin": ("twin", "US", "Twin"),
    "birch": ("birch", "GB", "Birch"),
    "bare": ("lumen", "US", "Bare"),
}


def text(value: Value) -> str:
    if value is None:
        return "NULL"
    return str(value) if isinstance(value, int) else "'" + value.replace("'", "''") + "'"


def insert(table: str, **columns: Value) -> str:
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join(map(text, columns.values()))})"


def update(table: str, where: str, **columns: Value) -> str:
    """`where` is a condition, or the id of a row."""
    found = where if "=" in where else f"id = '{where}'"
    return f"UPDATE {table} SET {', '.join(f'{name} = {text(value)}' for name, value in columns.items())} WHERE {found}"


def entity(**columns: Value) -> str:
    return insert("entity", **{"country": "FR", "registration_key": "1", "registration_number": "1", "entry": "e", **columns})


def seller(**columns: Value) -> str:
    return insert("seller", **{"id": "new", "country": "US", "registration_key": "84-1", **columns})


def shop(**columns: Value) -> str:
    row: dict[str, Value] = {
        "id": "new",
        "code": "USLC99",
        "code_is_made_up": 0,
        "name": "New",
        "region": "US",
        "seller": "lumen",
    }
    return insert("shop", **{**row, "entry": "e", **columns})


def account(id: str | None = "added.one", **columns: Value) -> str:
    """An account whose username is its id, unless the columns say otherwise."""
    row: dict[str, Value] = {"id": id, "username": id or "added.one", "nickname": "New", "kind": "personal", "region": "US"}
    row |= {"standing": "good", "identity_verified": 1, "holder_is_adult": 1, "entry": "e"}
    return insert("account", **{**row, **columns})


def link(where: str = "fresh", by: str | None = "free.one", **columns: Value) -> str:
    """A request for the official account, unless the columns say otherwise; whole in every other state too."""
    row: dict[str, Value] = {"id": "forged", "shop": where, "account": by, "role": "official", "origin": "existing"}
    row |= {"state": "awaiting_authorization", "requested_at": T, "requested_by": "eve", "entry": "e"}
    state = columns.get("state")
    row["authorize_by"] = T + 2 * DAY
    if state not in {None, "awaiting_authorization"}:
        row["authorized_at"] = T
    if state == "in_review":
        row["submitted_at"] = T
    if state in {"linked", "unlinked"}:
        row |= {"linked_at": T, "linked_by": "eve"}
    if state == "unlinked":
        row["unlinked_at"] = T + DAY
    return insert("link", **{**row, **columns})


def marketing(where: str = "fresh", by: str = "free.one", **columns: Value) -> str:
    return link(where, by, **{"role": "marketing", **columns})


def past(where: str, by: str, days: int, until: int, **columns: Value) -> str:
    """A link that stood from so many days before T until so many days before it."""
    began = T - days * DAY
    row: dict[str, Value] = {"requested_at": began, "authorize_by": began + 2 * DAY, "authorized_at": began, "linked_at": began}
    return link(where, by, **{"state": "unlinked", **row, "unlinked_at": T - until * DAY, **columns})


def member(**columns: Value) -> str:
    row: dict[str, Value] = {
        "id": "new",
        "account": "lumen.org",
        "contact": "eve@lumen.example",
        "role": "operator",
        "entry": "e",
    }
    return insert("member", **{**row, "state": "invited", "invited_at": T, "accept_by": T + DAY, **columns})


def product(**columns: Value) -> str:
    row: dict[str, Value] = {"id": "new", "shop": "lumen", "title": "Jar", "price": "9.50", "currency": "USD", "entry": "e"}
    return insert("product", **{**row, "status": "active", "changed_at": T, **columns})


def event(**columns: Value) -> str:
    row: dict[str, Value] = {"id": "new", "entry": "new", "at": T, "recorded_at": T, "kind": "shop.stated", "actor": "eve"}
    return insert("event", **{**row, "entered_by": "eve", "summary": "Something", **columns})


def workspace(**columns: Value) -> str:
    return insert("workspace", **{"id": 1, "kind": "record", "seed": "seed", "created_at": T, "newest_at": NEWEST, **columns})


def practice(**columns: Value) -> str:
    return workspace(**{"kind": "practice", "scenario": "x", **columns})
