"""Validate outside data with pydantic, and convert values to JSON.

The models are plain dataclasses, so that reading the workspace file does not import pydantic.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from core.errors import InvalidInput, ended
from core.lookalikes import did_you_mean
from core.text import show

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler
    from pydantic_core import CoreSchema, SchemaValidator

Value = TypeVar("Value")

MOST_LISTED = 20
"""Values that are listed although a near one was found."""

CONFIG = {"extra": "forbid"}
"""Reject unknown fields."""


class Read:
    """Have pydantic read a value with a function that raises InvalidInput."""

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
            said = f"{ended(error.problem)} {error.remedy}".strip()
            raise PydanticCustomError("read", "{problem}", {"problem": said}) from None


class Whole(Read):
    """Have pydantic read a whole number within limits from digits only: it would read 1_0 as 10."""

    def __init__(self, least: int, most: int) -> None:
        super().__init__(self.number)
        self.least, self.most = least, most

    def number(self, value: Any) -> int:
        written = value.strip() if isinstance(value, str) else str(value) if type(value) is int else ""
        if not re.fullmatch(r"\d{1,9}", written, re.ASCII) or not self.least <= int(written) <= self.most:
            raise InvalidInput("number", f"must be a whole number from {self.least} to {self.most}")
        return int(written)


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


WORDS = {
    "missing": "is missing: add it",
    "extra_forbidden": "there is no such field",
    "unexpected_keyword_argument": "there is no such field",
    "bool_type": "must be yes or no",
    "bool_parsing": "must be yes or no",
    "string_type": "must be text, in quotation marks",
    "string_unicode": "has a character that can't be stored",
    "finite_number": "must be a whole number",
    "int_type": "must be a whole number",
    "int_parsing": "must be a whole number",
    "int_parsing_size": "is too large a number",
    "int_from_float": "must be a whole number",
    "greater_than_equal": "must be at least {ge}",
    "less_than_equal": "must be at most {le}",
    "greater_than": "must be more than {gt}",
    "less_than": "must be less than {lt}",
    "too_short": "needs at least {min_length}",
    "too_long": "has more than {max_length}",
    "list_type": "must be a list",
    "tuple_type": "must be a list",
    "dict_type": "must be a table of fields",
    "model_type": "must be a table of fields",
    "dataclass_type": "must be a table of fields",
}
"""Our words for pydantic's types of errors. `{…}` stands for a value of the error's context."""


def problem_words(entry: Any) -> str:
    """Say what is wrong with a value, given an entry of a ValidationError's `errors`."""
    context = entry.get("ctx", {})
    if entry["type"] in {"enum", "literal_error"}:
        allowed = re.findall(r"'([^']*)'", context["expected"])
        given = entry.get("input")
        meant = did_you_mean(given.strip(), allowed).strip() if isinstance(given, str) else ""
        if meant and len(allowed) > MOST_LISTED:
            return f"there is no {show(str(given), 40)}. {meant}"
        return f"must be one of: {', '.join(allowed)}{'. ' if meant else ''}{meant}"
    if words := WORDS.get(entry["type"]):
        return words.format(**context)
    if entry["type"] in {"text", "read", "value_error"}:  # our own
        return str(entry["msg"]).removeprefix("Value error, ")
    return "is not possible here"
