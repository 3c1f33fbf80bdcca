"""Make a scenario's many shops from words and patterns, always the same ones."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle, islice
from string import Formatter
from typing import Annotated, Any

from pydantic import AfterValidator, Field

from core.text import show
from core.toml_files import Model

NAMES = ("shop", "account", "other")
"""What a pattern's texts can name in braces."""


def _check_pattern(act: dict[str, Any]) -> dict[str, Any]:
    """Check that a pattern's texts name only what exists. Raises ValueError."""
    for key, text in act.items():
        try:
            fields = [field for field in Formatter().parse(text) if field[1] is not None] if isinstance(text, str) else []
        except ValueError:
            fields = [("", "", "", None)]
        for _, name, spec, conversion in fields:
            if name not in NAMES or spec or conversion:
                allowed = ", ".join(f"{{{known}}}" for known in NAMES)
                raise ValueError(f"“{show(str(text), 40)}” of {show(key, 40)}: only {allowed} can be in braces")
    return act


Pattern = Annotated[dict[str, Any], AfterValidator(_check_pattern)]


class Fleet(Model):
    """A number of shops over `regions`, in turn; each takes the next pattern of acts about {shop}, {account} and {other}."""

    shops: int = Field(ge=0, le=1000)
    regions: tuple[str, ...] = Field(min_length=1)
    first: tuple[str, ...]
    second: tuple[str, ...]
    legal: str
    patterns: tuple[tuple[Pattern, ...], ...] = Field(min_length=1)


def facts(fleet: Fleet) -> dict[str, list[dict[str, Any]]]:
    """Make the fleet's sellers, shops, accounts and acts, in the form of a scenario's file."""
    entries: dict[str, list[dict[str, Any]]] = {"sellers": [], "shops": [], "accounts": [], "acts": []}
    patterns = islice(cycle(fleet.patterns), fleet.shops)
    for number, (name, region, pattern) in enumerate(zip(_names(fleet), cycle(fleet.regions), patterns, strict=False), start=1):
        names = {"shop": f"{region}AGCY{number:04}", "account": f"agency.{number:04}.a", "other": f"agency.{number:04}.b"}
        seller = f"sel-{region.lower()}-{(number - 1) // 60:02}"
        if all(known["id"] != seller for known in entries["sellers"]):
            legal = f"{fleet.legal} {region} {(number - 1) // 60 + 1}"
            entries["sellers"].append(
                {"id": seller, "legal_name": legal, "registration_number": f"AG-{seller}", "country": region}
            )
        entries["shops"].append({"code": names["shop"], "name": name, "region": region, "seller": seller, "added": "-200d"})
        for username in (names["account"], names["other"]):
            entries["accounts"].append({"username": username, "nickname": name[:30], "region": region, "stated": "-200d"})
        entries["acts"] += [
            {key: value.format(**names) if isinstance(value, str) else value for key, value in act.items()} for act in pattern
        ]
    return entries


def _names(fleet: Fleet) -> Iterator[str]:
    """Combine every first word with every second one; each name occurs once."""
    for turn in range(len(fleet.second)):
        for index, first in enumerate(fleet.first):
            yield f"{first} {fleet.second[(index + turn) % len(fleet.second)]}"
