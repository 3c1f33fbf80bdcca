"""What a scenario file holds: its description, facts, and acts before its start."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, PrivateAttr, ValidationError

from core import act_words
from core.clock import parse_duration
from core.countries import read_country
from core.errors import InvalidInput, ShoplinkError, ended
from core.lookalikes import did_you_mean
from core.models import (
    AccountKind,
    EntityKind,
    ProductStatus,
    Standing,
)
from core.text import CleanLine, Contact, Country, Identifier, Username, show
from core.toml_files import Loc, Model, Source, fits, problems


def _ago(text: str) -> None:
    if text == "0":
        return
    if not text.startswith("-"):
        raise InvalidInput("moment", "is not before the start", remedy='Write "0", or a span with a minus such as "-2d6h".')
    parse_duration(text[1:])


def _place(text: str) -> None:
    if text not in PLACES:
        remedy = did_you_mean(text, PLACES).strip() or f"There are: {', '.join(PLACES)}."
        raise InvalidInput("place", f"{show(text, 60)} is not a page to open on", remedy=remedy)


Span = Annotated[str, fits(parse_duration)]
"""A duration such as 2d6h."""

Ago = Annotated[str, fits(_ago)]
"""A moment before the scenario's start, such as -2d6h; "0" is the start itself."""

KnownCountry = Annotated[Country, fits(partial(read_country, "country"))]
"""A country's two-letter code."""


PLACES = (
    *("shops", "settings", "shop_information", "linked_accounts.official", "linked_accounts.marketing", "shop_page"),
    *("team_access", "compare", "accounts", "rules", "history", "reminders", "workspace"),
)
"""The pages that a scenario can open on, by their keys in data/texts/places.toml."""


class ScenarioInfo(Model):
    id: str
    title: CleanLine
    shows: CleanLine
    opens: Annotated[str, fits(_place)] = "settings"
    """The page that shows its point: the list of shops, or a page of its first shop."""
    first: CleanLine = ""
    """What to show first."""
    notes: str = ""
    """For the presenter."""
    desk: tuple[Annotated[CleanLine, fits(act_words.read)], ...] = ()
    """The Desk's acts that the notes mention, in the words of a tour's file."""
    order: int = 0
    """Its place in the list of scenarios."""


class SellerFacts(Model):
    id: Identifier
    legal_name: CleanLine
    kind: EntityKind = EntityKind.COMPANY
    registration_number: Identifier
    country: KnownCountry


class ShopFacts(Model):
    code: Identifier
    name: CleanLine
    region: Identifier
    seller: Identifier
    added: Ago = "-30d"
    probation: Span | None = None
    """How long from now the probation period lasts."""


class EntityFacts(Model):
    registration_number: Identifier
    country: KnownCountry


class AccountFacts(Model):
    username: Username
    nickname: CleanLine | None = None
    kind: AccountKind | None = AccountKind.PERSONAL
    region: Identifier | None = None
    phone: Contact | None = None
    email: Contact | None = None
    identity_verified: bool | None = True
    standing: Standing | None = Standing.GOOD
    holder_is_adult: bool | None = True
    entity: EntityFacts | None = None
    unknown: tuple[str, ...] = ()
    """Facts that are not entered even though they have a default here."""
    stated: Ago = "-30d"


class ProductFacts(Model):
    shop: Identifier
    title: CleanLine
    price: str
    status: ProductStatus = ProductStatus.ACTIVE
    currency: Identifier | None = None


class Act(Model):
    """One use case, done `at` a moment before the start. `do` decides which fields it needs."""

    at: Ago
    do: Literal[
        "link",
        "authorize",
        "decline",
        "submit",
        "approve",
        "reject",
        "cancel",
        "unlink",
        "create_org",
        "invite",
        "accept",
        "remove",
        "rename",
        "add_product",
        "set_product",
        "probation",
        "state",
    ]
    shop: str = ""
    account: str = ""
    role: str = ""
    reason: str = ""
    contact: str = ""
    username: str | None = None
    name: str = ""
    title: str = ""
    price: str = ""
    status: ProductStatus = ProductStatus.ACTIVE
    until: Span = ""
    facts: dict[str, Any] = Field(default_factory=dict)


NAMED_BY = {"sellers": "id", "shops": "code", "accounts": "username", "products": "title", "acts": "do"}
"""The tables of a scenario, and the field to name if no other is to blame."""


class Scenario(ScenarioInfo):
    sellers: tuple[SellerFacts, ...] = ()
    shops: tuple[ShopFacts, ...] = ()
    accounts: tuple[AccountFacts, ...] = ()
    products: tuple[ProductFacts, ...] = ()
    acts: tuple[Act, ...] = ()
    shows_rule: tuple[dict[str, str], ...] = ()
    """Which check shows which rule: for the presenter and the tests."""
    _source: Source | None = PrivateAttr(default=None)

    @property
    def name(self) -> str:
        """Its id, or the file's name without its folder. Ids in the workspace are made from it."""
        return Path(self.id).stem if self._source else self.id

    @property
    def first_shop(self) -> str | None:
        """The code of the shop that it opens; None if it opens on the list of shops."""
        return self.shops[0].code if self.shops and self.opens != "shops" else None

    @contextmanager
    def located(self, loc: Loc) -> Iterator[None]:
        """Report an error in an entry of a person's own file by its line and field; re-raise it for a shipped file."""
        try:
            yield
        except (ShoplinkError, ValueError) as error:
            if self._source is None:
                raise
            table, number = str(loc[0]), int(loc[1])
            found = described(table, getattr(self, table)[number], error)
            raise self._source.mistake(*((loc + field, problem) for field, problem in found)) from None


def described(table: str, entry: Model, error: Exception) -> list[tuple[Loc, str]]:
    """Find which field of an entry is to blame for an error, and why, with what to do next."""
    if isinstance(error, ValidationError):
        return problems(error)
    if isinstance(error, InvalidInput) and error.field in type(entry).model_fields:
        return [((error.field,), f"{ended(error.problem)} {error.remedy}")]
    return [((NAMED_BY[table],), error.in_full() if isinstance(error, ShoplinkError) else str(error))]
