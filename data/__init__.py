"""Facts as files: the policy, the markets, the limits of input, the scenarios and the texts. No logic."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def load(name: str) -> dict[str, Any]:
    """The parsed TOML file `name` (for example "policy.toml"), read once. Callers must not change it."""
    return tomllib.loads(text(name))


def text(name: str) -> str:
    """The text of the file `name`."""
    return files(__name__).joinpath(name).read_text(encoding="utf-8")


def names(folder: str) -> list[str]:
    """The stems of the TOML files in `folder`, sorted."""
    return sorted(
        entry.name.removesuffix(".toml") for entry in files(__name__).joinpath(folder).iterdir() if entry.name.endswith(".toml")
    )
