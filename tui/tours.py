"""The tour file format: a scenario, steps with captions, and claims."""

from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import Field

import data
from core import act_words
from core.errors import InvalidInput, NotFound
from core.lookalikes import did_you_mean, did_you_mean_titled
from core.models import EventKind, LinkState, Role
from core.text import CleanLine, Reason, show
from core.toml_files import Model, Source, checked, fits

TYPE = "type:"
MODIFIERS = frozenset({"ctrl", "shift", "alt"})


def _check_key(key: str) -> None:
    *modifiers, name = key.split("+")
    if not key.startswith(TYPE) and not (name in _key_names() and MODIFIERS.issuperset(modifiers)):
        meant = did_you_mean(name, _key_names())
        remedy = f'{meant}Write one such as "enter", "ctrl+p" or "question_mark", or "type:TEXT".'
        raise InvalidInput("key", f"{show(key, 60)} is not the name of a key.", remedy=remedy)


@cache
def _key_names() -> frozenset[str]:
    """Return what Textual calls the keys, without modifiers."""
    from textual.keys import Keys  # it loads Textual, which a list of tours should not wait for

    from tui.textual_fixes import name_of_key

    named = {key.value for key in Keys if "+" not in key.value and "<" not in key.value}
    return frozenset(named | {name_of_key(chr(code)) for code in range(33, 127)} | {"space"})


class Step(Model):
    """One step: Desk acts, then keys; the picture is taken after both."""

    caption: Reason
    note: str = ""
    """For the presenter; left out of storyboards."""
    desk: tuple[Annotated[CleanLine, fits(act_words.read)], ...] = ()
    keys: tuple[Annotated[CleanLine, fits(_check_key)], ...] = ()
    """Textual's key names; `type:TEXT` types text into the focused widget."""
    sees: tuple[CleanLine, ...] = Field(min_length=1)
    """What the caption is about: text on the screen after this step, at every size and above the caption."""


class RefusedClaim(Model):
    """An account that cannot be linked, and the rule that blocks it."""

    account: str
    role: Role = Role.OFFICIAL
    rule: str
    shop: str = ""
    """The shop's code; empty for the tour's shop."""


class Claims(Model):
    """The expected workspace after the tour; omitted fields are not checked."""

    official: LinkState | None = None
    account: str | None = None
    """The official account's username."""
    nothing_linked: bool = False
    shop_name: str | None = None
    nickname: str | None = None
    """The official account's nickname."""
    unlinks_left: int | None = None
    marketing: tuple[str, ...] | None = None
    """The usernames of the linked marketing accounts, in any order."""
    members: int | None = None
    """The number of active members of the organization account."""
    shop_page: int | None = None
    """The number of products on the Shop Page, which must be synced."""
    refused: tuple[RefusedClaim, ...] = ()
    happened: tuple[EventKind, ...] = ()
    """Kinds of history entries that occur in this order, others between them."""


class Tour(Model):
    id: str
    order: int = 0
    title: CleanLine
    shows: CleanLine
    scenario: str
    shop: str = "USLCDEMO01"
    """The code of the shop to open, on which the Desk acts."""
    steps: tuple[Step, ...] = Field(min_length=1)
    claims: Claims


def catalog() -> tuple[Tour, ...]:
    """Return the built-in tours, in order."""
    return tuple(sorted((load(name) for name in data.names("tours")), key=lambda tour: tour.order))


def load(id: str) -> Tour:
    """Load the built-in tour with this id, or a file whose name ends with .toml.

    Raises NotFound, or InvalidInput with the file, line and field of a mistake.
    """
    if id.endswith(".toml"):
        path = Path(id).absolute()
        source = Source(path, "tour")
        parsed = source.parsed()
        tour = checked(Tour, {**parsed, "id": path.stem}, source)
        return tour.model_copy(update={"scenario": beside(path, tour.scenario)})
    if id not in data.names("tours"):
        problem = f"There is no tour {show(id, 60)}."
        if id in data.names("scenarios"):
            raise NotFound(problem, remedy="It is a scenario.", command=f"Start it with: shoplink demo {id}")
        meant = did_you_mean_titled(id, {tour.id: tour.title for tour in catalog()})
        raise NotFound(
            problem,
            remedy=meant.strip() or "Choose one from the list.",
            command="See them with: shoplink tours",
        )
    return Tour(**data.load(f"tours/{id}.toml"), id=id)


def beside(tour: Path, scenario: str) -> str:
    """Return the path of the scenario's file that a tour's file names; an id unchanged."""
    return str(tour.parent / scenario) if scenario.endswith(".toml") else scenario
