"""Texts of the steps of a link in a record: what to do at TikTok, and what is recorded.

Plain dataclasses: the first place reads them, and pydantic takes a fifth of the startup time.
"""

from dataclasses import dataclass
from functools import cache

import data
from core.models import Role
from core.words import asked


@dataclass(frozen=True)
class Todo:
    """What to do at TikTok. `press`: the name of TikTok's button, if a TikTok page gives it."""

    text: str
    press: str = ""


@dataclass(frozen=True)
class Step:
    """A step that is recorded. `button`: its button; `says`: what happened."""

    button: str
    says: str


@dataclass(frozen=True)
class Ended:
    """How a request ended. `next`: what to do now."""

    title: str
    next: str


@dataclass(frozen=True)
class StepTexts:
    """All texts. `next`: what to know at each step of the wizard. `ended`: by the link's state, or `withdrawn`.

    `creating`: what to know at each step of creating an organization account.
    """

    todo: dict[str, Todo]
    record: dict[str, Step]
    next: dict[str, str]
    ended: dict[str, Ended]
    creating: dict[str, str]


@cache
def texts() -> StepTexts:
    """Load the texts."""
    found = data.load("texts/steps.toml")
    return StepTexts(
        todo={name: Todo(**facts) for name, facts in found["todo"].items()},
        record={name: Step(**facts) for name, facts in found["record"].items()},
        next=found["next"],
        ended={name: Ended(**facts) for name, facts in found["ended"].items()},
        creating=found["creating"],
    )


def says(step: str, username: str, role: Role = Role.OFFICIAL) -> str:
    """Return what happened at a step of this account's link."""
    return texts().record[step].says.format(username=username, asked=asked(role, username))
