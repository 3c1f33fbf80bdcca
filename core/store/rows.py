"""Between models and rows: times as milliseconds, lists and details as JSON, an entity as its key."""

from decimal import Decimal
from functools import cache
from typing import Any, TypeVar, get_args

from pydantic import AwareDatetime, ValidationError
from pydantic_core import from_json, to_json

from core.clock import from_ms, to_ms
from core.errors import Damaged
from core.models import Account, Entity, Event, Instant, Link, Model

LONGEST_QUERY = 5000

ModelType = TypeVar("ModelType", bound=Model)


def to_row(model: Model) -> dict[str, Any]:
    """The columns of a model's own table."""
    plain, times = _fields(type(model))
    values = model.__dict__
    row = {name: value if (value := values[name]) is None or type(value) is str else _to_column(value) for name in plain}
    for name in times:
        row[name] = None if (moment := getattr(model, name)) is None else to_ms(moment)
    if isinstance(model, Account):
        del row["entity"]
        row["country"], row["registration_key"] = model.entity.key if model.entity else (None, None)
    return row


def entity_row(entity: Entity) -> dict[str, Any]:
    country, key = entity.key
    return {
        "country": country,
        "registration_key": key,
        "registration_number": entity.registration_number,
        "kind": _to_column(entity.kind),
        "legal_name": entity.legal_name,
    }


def from_row(model: type[ModelType], row: dict[str, Any]) -> ModelType:
    """A model from its row. Stored texts are taken as they are: `show` makes them harmless on the way out.

    Raises Damaged when the row cannot be what it should be.
    """
    try:
        return model.model_validate(_values(model, row), context={"stored": True})
    except ValidationError as error:
        where = ".".join(str(part) for part in error.errors(include_input=False, include_url=False)[0]["loc"])
    except (ValueError, TypeError, OverflowError, LookupError, RecursionError):  # no number for a time, no JSON, no such column
        where = "a value"
    raise Damaged(
        f"A {model.__name__.lower()} in the workspace cannot be read ({where}).",
        remedy="Another program has changed the file. Go on with your newest backup or export.",
    )


def _values(model: type[Model], row: dict[str, Any]) -> dict[str, Any]:
    plain, times = _fields(model)
    values = {name: row[name] for name in plain if name in row}
    for name in times:
        values[name] = None if (moment := row[name]) is None else from_ms(moment)
    if model is Link:
        values["confirmed"] = from_json(row["confirmed"])
    elif model is Event:
        values["details"] = from_json(row["details"])
    elif "registration_number" in row and row["registration_number"] is not None:
        values["entity"] = {
            "registration_number": row["registration_number"],
            "country": row["country"],
            "kind": row["entity_kind"],
            "legal_name": row["legal_name"],
        }
    return values


@cache
def _fields(model: type[Model]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names of a model's fields, and of those among them that are moments."""
    fields = model.model_fields.items()
    times = [name for name, field in fields if field.annotation is AwareDatetime or Instant in get_args(field.annotation)]
    return tuple(name for name, _ in fields if name not in times), tuple(times)


def _to_column(value: Any) -> Any:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, (tuple, dict, list)):
        return to_json(value).decode()
    return value


_FOLDED = {upper: upper + 32 for upper in range(ord("A"), ord("Z") + 1)}


def fold(text: str) -> str:
    """`text` as COLLATE NOCASE and LIKE compare it: A to Z as a to z, nothing else."""
    return text.translate(_FOLDED)


def like(query: str) -> str:
    """A pattern for LIKE … ESCAPE '\\' that finds `query` anywhere. SQLite takes none of 50,000 bytes; no text is as long."""
    query = query[:LONGEST_QUERY]
    return "%" + query.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
