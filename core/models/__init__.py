"""The domain's values: frozen, with times in UTC to the millisecond.

The constructors check nothing. Use `validation.validated` to make a value from outside data.
"""

from core.models.accounts import Account, AccountFacts, Member
from core.models.base import Instant, Model, Row
from core.models.events import Event, EventKind
from core.models.links import MOMENTS, Link, owning, standing_official
from core.models.sellers import Entity, Seller
from core.models.shops import EARLIER_UNLINKS, PRICE_END, Price, Product, Shop, read_price
from core.models.states import (
    LIVE,
    OPEN,
    AccountKind,
    EndedBy,
    EntityKind,
    LinkOrigin,
    LinkState,
    MemberRole,
    MemberState,
    Probation,
    ProductStatus,
    Role,
    Standing,
    WorkspaceKind,
)

__all__ = [
    "EARLIER_UNLINKS",
    "LIVE",
    "MOMENTS",
    "OPEN",
    "PRICE_END",
    "Account",
    "AccountFacts",
    "AccountKind",
    "EndedBy",
    "Entity",
    "EntityKind",
    "Event",
    "EventKind",
    "Instant",
    "Link",
    "LinkOrigin",
    "LinkState",
    "Member",
    "MemberRole",
    "MemberState",
    "Model",
    "Price",
    "Probation",
    "Product",
    "ProductStatus",
    "Role",
    "Row",
    "Seller",
    "Shop",
    "Standing",
    "WorkspaceKind",
    "owning",
    "read_price",
    "standing_official",
]
