"""Between the values of the domain and what is outside: facts on their way in, checked by pydantic, and out, as JSON.

The values themselves are plain dataclasses, so that a program that only reads its own file need not load pydantic.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler
    from pydantic_core import CoreSchema, SchemaValidator

Value = TypeVar("Value")

CONFIG = {"extra": "forbid"}
"""An unknown field is a mistake, not a surprise."""


class Within:
    """How far a number or a moment may go, in pydantic's own words: `Annotated[int, Within(ge=0)]`."""

    def __init__(self, **limits: Any) -> None:
        self.limits = limits

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return {**handler(source), **self.limits}


def validated(kind: type[Value], facts: dict[str, Any]) -> Value:
    """The facts as a value of this kind, each by its type. Raises pydantic.ValidationError."""
    value: Value = _validator(kind).validate_python(facts)  # type: ignore[arg-type]  # a class can be hashed
    return value


def as_json(value: object) -> Any:
    """A value as JSON has it: moments in ISO 8601, the rest by its own name."""
    from pydantic_core import to_jsonable_python

    return to_jsonable_python(value)


@cache
def _validator(kind: type[Any]) -> SchemaValidator:
    from pydantic import TypeAdapter
    from pydantic_core import SchemaValidator

    return SchemaValidator(TypeAdapter(kind).core_schema, {"hide_input_in_errors": True})  # an error's text goes to the log
