"""A tour as in its file: a scenario, steps with captions, and claims."""

import re
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field

import data
from core.errors import InvalidInput, NotFound
from core.models import EventKind, LinkState, Role
from core.text import CleanLine, Reason, show
from core.toml_files import Model, Source, checked, fits
from tui.acts import named

TYPE = "type:"
_KEY = re.compile(r"[a-z0-9_]+(\+[a-z0-9_]+)*")


def _key(key: str) -> None:
    if not key.startswith(TYPE) and not _KEY.fullmatch(key):
        remedy = 'Write one such as "enter", "ctrl+p" or "question_mark", or "type:TEXT".'
        raise InvalidInput("key", f"{show(key, 60)} is none", remedy=remedy)


def _act(words: str) -> None:
    named(words)


class Step(Model):
    """One step: first the Desk acts, then the keys; its picture is taken after them."""

    caption: Reason
    note: str = ""
    """For the presenter; it is not in a storyboard."""
    desk: tuple[Annotated[CleanLine, fits(_act)], ...] = ()
    keys: tuple[Annotated[CleanLine, fits(_key)], ...] = ()
    """Names of keys as Textual has them; `type:TEXT` is typed where the cursor stands."""
    sees: tuple[CleanLine, ...] = ()
    """Words that the screen shows after this step; a storyboard is refused where it does not."""


class RefusedClaim(Model):
    """This account cannot be linked, and this rule says so."""

    account: str
    role: Role = Role.OFFICIAL
    rule: str
    shop: str = ""
    """The shop's code; the tour's shop when it is empty."""


class Claims(Model):
    """What the workspace holds at the tour's end.

    A field that is left out claims nothing.
    """

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
    """How many members of the organization account are active."""
    shop_page: int | None = None
    """How many products the Shop Page shows; it is synced then."""
    refused: tuple[RefusedClaim, ...] = ()
    happened: tuple[EventKind, ...] = ()
    """Kinds of entries that the history has in this order, others between them."""


class Tour(Model):
    id: str
    order: int = 0
    title: CleanLine
    shows: CleanLine
    scenario: str
    shop: str = "USLCDEMO01"
    """The code of the shop it opens with, on which the Desk acts."""
    steps: tuple[Step, ...] = Field(min_length=1)
    claims: Claims


def catalogue() -> tuple[Tour, ...]:
    """Give the tours that ship with the program, in their order."""
    return tuple(sorted((load(name) for name in data.names("tours")), key=lambda tour: tour.order))


def load(id: str) -> Tour:
    """Load the tour with this id or, when it ends with .toml, from that file.

    Raises NotFound; InvalidInput, naming file, line and field, for a mistake in a file.
    """
    if id.endswith(".toml"):
        path = Path(id).absolute()
        source = Source(path)
        return _made(path.stem, source.parsed(), source)
    if id not in data.names("tours"):
        raise NotFound(f"There is no tour {show(id, 60)}.", remedy="See them with: shoplink tours")
    return _made(id, data.load(f"tours/{id}.toml"), None)


def _made(id: str, parsed: dict[str, Any], source: Source | None) -> Tour:
    return checked(Tour, {**parsed, "id": id}, source)
