"""Texts of the steps of a link in a record: what to do at TikTok, and what is recorded."""

from functools import cache

import data
from core.toml_files import Model


class Todo(Model):
    """What to do at TikTok. `press`: the name of TikTok's button, if a page of TikTok's tells it."""

    text: str
    press: str = ""


class Step(Model):
    """A step that is recorded. `button`: its button; `says`: what happened."""

    button: str
    says: str


class Ended(Model):
    """How a request ended. `next`: what to do now."""

    title: str
    next: str


class StepTexts(Model):
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
    return StepTexts(**data.load("texts/steps.toml"))


def says(step: str, username: str) -> str:
    """Return what happened at a step of this account's link."""
    return texts().record[step].says.format(username=username)
