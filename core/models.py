"""The domain's values: frozen, with times in UTC to the millisecond.

The constructors check nothing. Use `validation.validated` to make a value from outside data.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, ClassVar

from core.dates import read_moment
from core.errors import InvalidInput
from core.text import (
    CleanLine,
    Contact,
    Country,
    Details,
    Identifier,
    Reason,
    RegistrationNumber,
    Summary,
    Username,
    fold_number,
    show,
)
from core.validation import CONFIG, Read, Within

Instant = Annotated[datetime, Read(read_moment)]
"""A moment of the record, in UTC: early enough to be shown in every time zone."""

PRICE_END = Decimal(10**12)
"""Prices are lower than this."""
_PRICE = re.compile(r"\d{1,12}(\.\d{1,4})?", re.ASCII)


def read_price(value: Any) -> Decimal:
    """Read a price: digits, with at most one decimal point and four decimals. Raises InvalidInput."""
    written = "" if isinstance(value, bool) else str(value).strip()
    if not _PRICE.fullmatch(written):
        raise InvalidInput(
            "price", f"“{show(written, 40)}” is not a price", remedy="Write digits and one decimal point, such as 12.50."
        )
    return Decimal(written)


Price = Annotated[Decimal, Read(read_price)]

AVATARS = 8
"""How many avatars can be generated from a username, each in a color of its own."""


@dataclass(frozen=True, kw_only=True)
class Model:
    """A frozen value."""

    __pydantic_config__: ClassVar[dict[str, Any]] = CONFIG


class WorkspaceKind(StrEnum):
    PRACTICE = "practice"
    RECORD = "record"


class Role(StrEnum):
    OFFICIAL = "official"
    MARKETING = "marketing"


class LinkState(StrEnum):
    AWAITING_AUTHORIZATION = "awaiting_authorization"
    AUTHORIZED = "authorized"
    IN_REVIEW = "in_review"
    LINKED = "linked"
    UNLINKED = "unlinked"
    DECLINED = "declined"
    EXPIRED = "expired"
    CANCELLED = "cancelled"
    REJECTED = "rejected"


OPEN = frozenset({LinkState.AWAITING_AUTHORIZATION, LinkState.AUTHORIZED, LinkState.IN_REVIEW})
"""The states of a request that is not decided yet. It already takes a slot."""

LIVE = OPEN | {LinkState.LINKED}
"""The states in which a link takes a slot of its shop."""


class LinkOrigin(StrEnum):
    EXISTING = "existing"
    CREATED = "created"


class AccountKind(StrEnum):
    PERSONAL = "personal"
    BUSINESS = "business"
    ORGANIZATION = "organization"


class Standing(StrEnum):
    GOOD = "good"
    SUSPENDED = "suspended"
    BANNED = "banned"


class EntityKind(StrEnum):
    COMPANY = "company"
    INDIVIDUAL = "individual"


class Probation(StrEnum):
    """Whether a shop is in TikTok's probation period; None where unknown."""

    ACTIVE = "active"
    OVER = "over"


class EndedBy(StrEnum):
    SELLER = "seller"
    TIKTOK = "tiktok"


class MemberRole(StrEnum):
    ADMIN = "admin"
    OPERATOR = "operator"


class MemberState(StrEnum):
    INVITED = "invited"
    ACTIVE = "active"
    EXPIRED = "expired"
    REMOVED = "removed"


class ProductStatus(StrEnum):
    ACTIVE = "active"
    INACTIVE = "inactive"
    DELETED = "deleted"


class EventKind(StrEnum):
    LINK_REQUESTED = "link.requested"
    LINK_AUTHORIZED = "link.authorized"
    LINK_DECLINED = "link.declined"
    LINK_EXPIRED = "link.expired"
    LINK_CANCELLED = "link.cancelled"
    LINK_SUBMITTED = "link.submitted"
    LINK_APPROVED = "link.approved"
    LINK_REJECTED = "link.rejected"
    LINK_LINKED = "link.linked"
    LINK_UNLINKED = "link.unlinked"
    SHOP_ADDED = "shop.added"
    SHOP_RENAMED = "shop.renamed"
    SHOP_STATED = "shop.stated"
    ACCOUNT_STATED = "account.stated"
    ACCOUNT_RENAMED = "account.renamed"
    ORGANIZATION_CREATED = "organization.created"
    MEMBER_INVITED = "member.invited"
    MEMBER_ACCEPTED = "member.accepted"
    MEMBER_EXPIRED = "member.expired"
    MEMBER_ROLE_CHANGED = "member.role_changed"
    MEMBER_REMOVED = "member.removed"
    PRODUCT_ADDED = "product.added"
    PRODUCT_CHANGED = "product.changed"
    WORKSPACE_CREATED = "workspace.created"
    WORKSPACE_IMPORTED = "workspace.imported"
    CLOCK_MOVED = "clock.moved"


@dataclass(frozen=True, kw_only=True)
class Entity(Model):
    """A legal entity, identified by its country and registration number."""

    registration_number: RegistrationNumber
    country: Country
    kind: EntityKind | None = None
    legal_name: CleanLine | None = None

    def same_as(self, other: "Entity") -> bool:
        """Check whether both are the same legal entity, however its number is written."""
        return self.key == other.key

    def completed_by(self, other: "Entity") -> "Entity":
        """Fill in this entity's unknown facts from `other`."""
        return replace(self, kind=self.kind or other.kind, legal_name=self.legal_name or other.legal_name)

    @property
    def key(self) -> tuple[str, str]:
        """The identifying country and registration number, in capitals, without spaces and dashes."""
        return self.country.upper(), fold_number(self.registration_number)


@dataclass(frozen=True, kw_only=True)
class Seller(Model):
    id: Identifier
    entity: Entity


@dataclass(frozen=True, kw_only=True)
class Shop(Model):
    """A storefront. `seller` is the seller's id."""

    id: Identifier
    code: Identifier
    code_is_made_up: bool = False
    """Whether shoplink made up the code, because TikTok's was not entered."""
    name: CleanLine
    region: Identifier
    seller: Identifier
    probation: Probation | None = None
    probation_until: Instant | None = None
    """When the probation period ends, if known."""
    unlinks_before: Annotated[int, Within(ge=0, le=1000)] | None = None
    """Official unlinks that are not entered as links; None: unknown."""


@dataclass(frozen=True, kw_only=True)
class AccountFacts(Model):
    """What can be entered about a TikTok account. None means unknown, not false."""

    username: Username
    nickname: CleanLine | None = None
    kind: AccountKind | None = None
    region: Identifier | None = None
    phone: Contact | None = None
    email: Contact | None = None
    identity_verified: bool | None = None
    standing: Standing | None = None
    holder_is_adult: bool | None = None


@dataclass(frozen=True, kw_only=True)
class Account(AccountFacts):
    """A TikTok account in the record. Its id is permanent; its username can change."""

    id: Identifier
    former: tuple[Username, ...] = ()
    """Its former usernames, the newest first."""
    entity: Entity | None = None
    seller: Identifier | None = None
    """The seller that owns an organization account, from its first link on, even after an unlink."""
    converted_at: Instant | None = None
    """When TikTok updated it to an organization account."""
    avatar: Annotated[int, Within(ge=0, le=AVATARS - 1)] = 0
    """Which of the generated avatars it uses."""

    @property
    def unknown(self) -> list[str]:
        """The missing facts that rules need; `entity` for organization accounts only."""
        facts = ["nickname", "kind", "region", "identity_verified", "standing", "holder_is_adult"]
        if self.kind == AccountKind.ORGANIZATION:
            facts.append("entity")
        return [fact for fact in facts if getattr(self, fact) is None]


@dataclass(frozen=True, kw_only=True)
class Link(Model):
    """An account's role at a shop. `shop` and `account` are ids."""

    id: Identifier
    shop: Identifier
    account: Identifier
    username: Username = field(default="", compare=False)
    """The account's current username."""
    role: Role
    origin: LinkOrigin = LinkOrigin.EXISTING
    state: LinkState
    requested_at: Instant | None = None
    """None, like `requested_by`, if the link was recorded as one fact."""
    requested_by: CleanLine | None = None
    authorize_by: Instant | None = None
    authorized_at: Instant | None = None
    submitted_at: Instant | None = None
    decided_at: Instant | None = None
    linked_at: Instant | None = None
    linked_by: CleanLine | None = None
    unlinked_at: Instant | None = None
    ended_by: EndedBy | None = None
    """Who ended it, if it was unlinked or cancelled."""
    reason: Reason | None = None
    confirmed: tuple[str, ...] = ()
    """Rules with unknown facts that a person confirmed at the request."""
    against: tuple[str, ...] = ()
    """Rules that what was recorded breaks."""

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def is_live(self) -> bool:
        return self.state in LIVE


@dataclass(frozen=True, kw_only=True)
class Member(Model):
    """A person who works in the organization account with the id `account`."""

    id: Identifier
    account: Identifier
    username: Username = field(default="", compare=False)
    """The account's current username."""
    contact: Contact
    role: MemberRole
    state: MemberState
    invited_at: Instant
    accept_by: Instant | None = None
    accepted_at: Instant | None = None
    removed_at: Instant | None = None
    seller_center_removed_at: Instant | None = None
    """When it was noted that a removed member's role in Seller Center was taken away too."""


@dataclass(frozen=True, kw_only=True)
class Product(Model):
    id: Identifier
    shop: Identifier
    title: CleanLine
    price: Price
    currency: Identifier
    status: ProductStatus = ProductStatus.ACTIVE
    changed_at: Instant | None = None


@dataclass(frozen=True, kw_only=True)
class Event(Model):
    """Something that happened. `shop`, `link`, `account` and `member` are ids."""

    id: Identifier
    entry: Identifier
    """The id of the first event of the same action: one action may write several."""
    at: Instant
    """When it happened."""
    recorded_at: Instant
    """When it was recorded."""
    kind: EventKind
    actor: CleanLine
    """Who did it."""
    entered_by: CleanLine
    """Who recorded it."""
    summary: Summary
    shop: Identifier | None = None
    link: Identifier | None = None
    account: Identifier | None = None
    username: Username | None = field(default=None, compare=False)
    """The account's current username."""
    member: Identifier | None = None
    note: CleanLine | None = None
    against: tuple[str, ...] = ()
    """Rules that what was recorded breaks."""
    policy: Identifier | None = None
    """The day of the newest policy version used; None if no rule was evaluated."""
    undoes: Identifier | None = None
    """The entry that this one undoes."""
    details: Details = field(default_factory=dict)


def standing_official(links: Iterable[Link]) -> Link | None:
    """Find the linked official account among one shop's links; there is at most one."""
    return next((link for link in links if link.role == Role.OFFICIAL and link.state == LinkState.LINKED), None)
