"""The kinds of sheets, with the columns of each."""

from dataclasses import MISSING, dataclass, fields
from enum import StrEnum
from functools import cache
from typing import Annotated, get_args, get_type_hints

from core.models import EARLIER_UNLINKS, AccountFacts, EndedBy, EntityKind, Model, Price, ProductStatus, Role
from core.text import CleanLine, Country, Identifier, Reason, RegistrationNumber, Username


@dataclass(frozen=True, kw_only=True)
class EntityColumns(Model):
    """The columns that name a legal entity."""

    legal_name: CleanLine | None = None
    entity_kind: EntityKind | None = None
    registration_number: RegistrationNumber | None = None
    country: Country | None = None


@dataclass(frozen=True, kw_only=True)
class ShopRow(EntityColumns):
    """A row about a shop. Its seller is given by id, or found by the legal entity."""

    id: Identifier | None = None
    code: Identifier
    name: CleanLine
    region: Identifier
    seller: Identifier | None = None
    probation: CleanLine | None = None
    """`active`, `over`, or the date when it ends."""
    unlinks_before: Annotated[int, EARLIER_UNLINKS] | None = None


@dataclass(frozen=True, kw_only=True)
class AccountRow(EntityColumns, AccountFacts):
    """A row about an account. An empty cell is an unknown fact."""


@dataclass(frozen=True, kw_only=True)
class ProductRow(Model):
    """A row about a product, found by its id or else by its title in the shop."""

    id: Identifier | None = None
    shop: Identifier
    title: CleanLine
    price: Price
    currency: Identifier | None = None
    status: ProductStatus | None = None


@dataclass(frozen=True, kw_only=True)
class LinkRow(Model):
    """A row about a current or past link, with its dates."""

    shop: Identifier
    username: Username
    role: Role
    linked_at: CleanLine
    unlinked_at: CleanLine | None = None
    ended_by: EndedBy | None = None
    note: Reason | None = None


ROWS: dict[str, type[Model]] = {"shops": ShopRow, "accounts": AccountRow, "products": ProductRow, "links": LinkRow}

ALIASES = {
    "shops": {"shop_code": "code", "shop_name": "name", "shop_region": "region"},
    "accounts": {"entity_registration": "registration_number", "entity_country": "country"},
    "products": {"shop_code": "shop", "product_title": "title"},
    "links": {"shop_code": "shop"},
}
"""Other names of columns, as people write them in full, or as the command line does."""


def columns(kind: str) -> list[str]:
    return [field.name for field in fields(ROWS[kind])]


@cache
def listed(kind: str) -> frozenset[str]:
    """Name the columns whose cells are one of a list of words."""
    hints = get_type_hints(ROWS[kind]).items()
    return frozenset(
        name for name, hint in hints if any(isinstance(one, type) and issubclass(one, StrEnum) for one in (hint, *get_args(hint)))
    )


def needed(kind: str) -> list[str]:
    return [field.name for field in fields(ROWS[kind]) if field.default is MISSING]
