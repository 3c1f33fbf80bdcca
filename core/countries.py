"""The countries and territories of ISO 3166-1."""

from functools import cache

import data
from core.errors import InvalidInput
from core.text import country_code, show


@cache
def names() -> dict[str, str]:
    """Map the two-letter code of each country to its name, by code."""
    return {code: name for code, name in data.load("countries.toml").items() if isinstance(name, str)}


@cache
def also() -> dict[str, str]:
    """Map other names and abbreviations of countries, such as USA, to their codes."""
    found: dict[str, str] = data.load("countries.toml")["also"]
    return found


def read_country(field: str, text: str) -> str:
    """Read a country's two-letter code; `UK` is `GB`. Raises InvalidInput that names `field`."""
    code = country_code(text)
    if not code:
        raise InvalidInput.empty(field, remedy="Use the two letters of the country, such as US.")
    if code not in names():
        raise InvalidInput(field, f"“{show(text, 40)}” is not a country code", remedy=f"Use one of: {', '.join(names())}.")
    return code
