"""Facts as files: policy, markets, input limits, scenarios and texts. No logic."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def load(name: str) -> dict[str, Any]:
    """Return the parsed TOML file `name`, such as "policy.toml". Read once; do not change it."""
    return tomllib.loads(text(name))


def text(name: str) -> str:
    """Return the text of the file `name`."""
    return files(__name__).joinpath(name).read_text(encoding="utf-8")


def names(folder: str) -> list[str]:
    """List the stems of the TOML files in `folder`, sorted."""
    return sorted(
        entry.name.removesuffix(".toml") for entry in files(__name__).joinpath(folder).iterdir() if entry.name.endswith(".toml")
    )
