"""Facts as files: policy, markets, input limits, scenarios and texts. No logic."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


@cache
def load(name: str) -> dict[str, Any]:
    """Return the parsed TOML file `name`, such as "policy.toml". Read once; do not change it."""
    return tomllib.loads(text(name))


def text(name: str) -> str:
    """Return the text of the file `name`."""
    return HERE.joinpath(name).read_text(encoding="utf-8")


def names(folder: str) -> list[str]:
    """List the stems of the TOML files in `folder`, sorted."""
    return sorted(path.stem for path in HERE.joinpath(folder).glob("*.toml"))
