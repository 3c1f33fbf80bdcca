"""Convert models to rows and back: times in ms, lists and details as JSON."""

import json
from collections.abc import Callable
from dataclasses import fields
from datetime import datetime, timedelta
from decimal import Decimal
from enum import Enum
from functools import cache
from types import NoneType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from core.clock import EPOCH, LATEST, from_ms, to_ms
from core.errors import Damaged
from core.models import PRICE_END, Account, Entity, EntityKind, Model, Row

ALL = -1
"""SQLite's value for no limit."""

LONGEST_QUERY = 5000

ELSEWHERE = frozenset({"entity", "username"})
"""Fields read from other tables and never written, except for an account's own username."""

OF_ENTRY = frozenset({"entry", "undone_by"})
"""Fields that the store writes itself."""

UNDONE_BY = "(SELECT undo.entry FROM event AS undo WHERE undo.undoes = event.entry) AS undone_by"

ModelType = TypeVar("ModelType", bound=Model)

Reader = Callable[[Any], Any]
"""Converts a column's value to a field's. Raises one of UNREADABLE for an invalid value."""

UNREADABLE = (ValueError, TypeError, ArithmeticError, LookupError, RecursionError)
"""Raised for an invalid moment, number, JSON or enum value, or a missing column."""


def columns(table: str) -> str:
    """Select a table's columns, with the current username of the row's account.

    An event also has the entry that undid it, and leaves out the rows before it.
    """
    username = f"(SELECT username FROM account WHERE account.id = {table}.account) AS username"
    return f"{table}.*, {username}, {UNDONE_BY}, NULL AS before" if table == "event" else f"{table}.*, {username}"


def to_row(model: Model) -> dict[str, Any]:
    """Convert a model to the columns of its table, without those the store writes itself."""
    row = {
        name: value if value is None or type(value) is str else _to_column(value)
        for name, value in model.__dict__.items()
        if name not in ELSEWHERE and (name not in OF_ENTRY or not isinstance(model, Row))
    }
    if isinstance(model, Account):
        del row["former"]
        row["username"] = model.username
        row["country"], row["registration_key"] = model.entity.key if model.entity else (None, None)
    return row


def new_row(model: Row) -> dict[str, Any]:
    """Convert a model to a new row. A row from another workspace keeps its entry."""
    kept = {name: value for name in OF_ENTRY if (value := getattr(model, name))}
    return {**to_row(model), **kept}


def entity_row(entity: Entity) -> dict[str, Any]:
    country, key = entity.key
    return {
        "country": country,
        "registration_key": key,
        "registration_number": entity.registration_number,
        "kind": entity.kind,
        "legal_name": entity.legal_name,
    }


def from_row(model: type[ModelType], row: dict[str, Any]) -> ModelType:
    """Make a model from its row. Texts are not checked: `show` makes them safe.

    Raises Damaged for an invalid row.
    """
    name, values = "a value", {}
    try:
        for name, read in _readers(model):  # type: ignore[arg-type]  # a class can be hashed
            if name in row:
                values[name] = read(row[name])
        name = "a value"
        if row.get("registration_number") is not None:
            values["entity"] = Entity(
                registration_number=_text(row["registration_number"]),
                country=_text(row["country"]),
                kind=None if (kind := row["entity_kind"]) is None else EntityKind(kind),
                legal_name=None if (legal_name := row["legal_name"]) is None else _text(legal_name),
            )
        return model(**values)
    except UNREADABLE:
        raise Damaged(
            f"A {model.__name__.lower()} in the workspace can't be read ({name}).",
            remedy="Another program changed the file. Continue with your newest backup or export.",
        ) from None


@cache
def _readers(model: type[Model]) -> tuple[tuple[str, Reader], ...]:
    """Pair each of a model's fields, except `entity`, with its reader."""
    kinds = get_type_hints(model)
    return tuple((field.name, _reader(kinds[field.name])) for field in fields(model) if field.name != "entity")


def _reader(kind: Any) -> Reader:
    if NoneType in (kinds := get_args(kind)):
        read = _reader(next(kind for kind in kinds if kind is not NoneType))
        return lambda value: None if value is None else read(value)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind
    return READERS[get_origin(kind) or kind]


def _text(value: Any) -> str:
    if type(value) is not str:
        raise TypeError
    return value


def _number(value: Any) -> int:
    if type(value) is not int:
        raise TypeError
    return value


def _truth(value: Any) -> bool:
    if (number := _number(value)) not in (0, 1):
        raise ValueError
    return bool(number)


def _moment(value: Any) -> datetime:
    if not 0 <= _number(value) <= LATEST_MS:
        raise ValueError
    return from_ms(value)


def _span(value: Any) -> timedelta:
    return _moment(value) - EPOCH


def _price(value: Any) -> Decimal:
    if not 0 <= (price := Decimal(_text(value))) < PRICE_END:
        raise ValueError
    return price


def _json(value: Any) -> Any:
    if value in EMPTY:
        return EMPTY[value]()  # fast path for nearly all rows
    found = json.loads(text := _text(value))
    if "\\u" in text:
        json.dumps(found, ensure_ascii=False).encode()  # half of a surrogate pair can't be shown or exported
    return found


def _dict(value: Any) -> dict[str, Any]:
    if type(found := _json(value)) is not dict:
        raise TypeError
    return found


def _list(value: Any) -> list[Any]:
    if type(found := _json(value)) is not list:
        raise TypeError
    return found


def _tuple(value: Any) -> tuple[str, ...]:
    if type(found := _json(value)) is not list:
        raise TypeError
    return tuple(map(_text, found))


LATEST_MS = to_ms(LATEST)
EMPTY: dict[str, Callable[[], Any]] = {"[]": list, "{}": dict}
READERS: dict[type, Reader] = {
    str: _text,
    int: _number,
    bool: _truth,
    datetime: _moment,
    timedelta: _span,
    Decimal: _price,
    list: _list,
    tuple: _tuple,
    dict: _dict,
}


def _to_column(value: Any) -> Any:
    if isinstance(value, datetime):
        return to_ms(value)
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, (tuple, dict, list)):
        from pydantic_core import to_json

        return to_json(value).decode()
    return value


_FOLDED = {upper: upper + 32 for upper in range(ord("A"), ord("Z") + 1)}


def fold(text: str) -> str:
    """Lower-case only A to Z, as COLLATE NOCASE and LIKE do."""
    return text.translate(_FOLDED)


def like(query: str) -> str:
    """Make a pattern for LIKE … ESCAPE '\\' that finds `query` anywhere."""
    query = query[:LONGEST_QUERY]  # SQLite rejects patterns over 50,000 bytes
    return "%" + query.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
