"""Validate outside data with pydantic, and convert values to JSON.

The models are plain dataclasses, so that reading the workspace file does not import pydantic.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from core.errors import InvalidInput

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler
    from pydantic_core import CoreSchema, SchemaValidator

Value = TypeVar("Value")

CONFIG = {"extra": "forbid"}
"""Reject unknown fields."""


class Within:
    """Limit a value by pydantic's constraints: `Annotated[int, Within(ge=0)]`."""

    def __init__(self, **limits: Any) -> None:
        self.limits = limits

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return {**handler(source), **self.limits}


class Read:
    """Have pydantic read a value by a function that raises InvalidInput."""

    def __init__(self, reader: Callable[[Any], Any]) -> None:
        self.reader = reader

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        from pydantic_core import core_schema

        return core_schema.no_info_plain_validator_function(self.read)

    def read(self, value: Any) -> Any:
        """Return the value to store. Raises ValueError with the problem and what to do."""
        from pydantic_core import PydanticCustomError

        try:
            return self.reader(value)
        except InvalidInput as error:
            said = f"{error.problem.rstrip('.')}. {error.remedy}".strip()
            raise PydanticCustomError("read", "{problem}", {"problem": said}) from None


def validated(kind: type[Value], facts: dict[str, Any]) -> Value:
    """Make a value, validating each field. Raises pydantic.ValidationError."""
    value: Value = _validator(kind).validate_python(facts)  # type: ignore[arg-type]  # a class can be hashed
    return value


def as_json(value: object) -> Any:
    """Convert a value to JSON types: moments in ISO 8601, enums by their value."""
    from pydantic_core import to_jsonable_python

    return to_jsonable_python(value)


@cache
def _validator(kind: type[Any]) -> SchemaValidator:
    from pydantic import TypeAdapter
    from pydantic_core import SchemaValidator

    return SchemaValidator(TypeAdapter(kind).core_schema, {"hide_input_in_errors": True})  # an error's text goes to the log
