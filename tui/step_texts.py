"""Texts of the steps of a link in a record: what to do at TikTok, and what is recorded.

Plain dataclasses: a place that is shown at start reads them, and pydantic takes a fifth of a start.
"""

from dataclasses import dataclass
from functools import cache

import data


@dataclass(frozen=True)
class Todo:
    """What to do at TikTok. `press`: the name of TikTok's button, if a page of TikTok's tells it."""

    text: str
    press: str = ""


@dataclass(frozen=True)
class Step:
    """A step that is recorded. `button`: its button; `says`: what happened."""

    button: str
    says: str


@dataclass(frozen=True)
class StepTexts:
    """All texts. `next`: what to know at each step of the wizard."""

    todo: dict[str, Todo]
    record: dict[str, Step]
    next: dict[str, str]


@cache
def texts() -> StepTexts:
    """Load the texts."""
    found = data.load("texts/steps.toml")
    todo = {name: Todo(**facts) for name, facts in found["todo"].items()}
    return StepTexts(todo, {name: Step(**facts) for name, facts in found["record"].items()}, found["next"])


def says(step: str, username: str) -> str:
    """Return what happened at a step of this account's link."""
    return texts().record[step].says.format(username=username)
