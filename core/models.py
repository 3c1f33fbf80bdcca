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
    Images,
    Reason,
    RegistrationNumber,
    Summary,
    Username,
    fold_number,
    show,
)
from core.validation import CONFIG, Read, Whole

Instant = Annotated[datetime, Read(read_moment)]
"""A moment of the record, in UTC: early enough to be shown in every time zone."""

PRICE_END = Decimal(10**12)
"""Prices are lower than this."""
_PRICE = re.compile(r"\d{1,12}(\.\d{1,4})?", re.ASCII)


def read_price(value: Any) -> Decimal:
    """Read a price: digits, with at most one decimal point and four decimals. Raises InvalidInput."""
    is_one = isinstance(value, str | int | float | Decimal) and not isinstance(value, bool)
    written = str(value).strip() if is_one else ""
    if not _PRICE.fullmatch(written):
        given = f"“{show(written, 40)}” " if written else ""
        raise InvalidInput("price", f"{given}is not a price", remedy="Write digits and one decimal point, such as 12.50.")
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
    LINK_RECORDED = "link.recorded"
    SHOP_ADDED = "shop.added"
    SHOP_RENAMED = "shop.renamed"
    SHOP_STATED = "shop.stated"
    SHOP_REMOVED = "shop.removed"
    ACCOUNT_STATED = "account.stated"
    ACCOUNT_RENAMED = "account.renamed"
    ACCOUNT_USERNAME_CHANGED = "account.username_changed"
    ACCOUNT_REMOVED = "account.removed"
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
    ENTRY_UNDONE = "entry.undone"


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
class Row(Model):
    """A value that an entry of the history wrote."""

    entry: Identifier = field(default="", compare=False)
    """The entry that last wrote it."""
    undone_by: Identifier | None = None
    """The entry that undid or removed it: it is kept but ignored."""


@dataclass(frozen=True, kw_only=True)
class Shop(Row):
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
    unlinks_before: Annotated[int, Whole(0, 1000)] | None = None
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
class Account(AccountFacts, Row):
    """A TikTok account in the record. Its id is permanent; its username can change."""

    id: Identifier
    former: tuple[Username, ...] = ()
    """Its former usernames, the newest first."""
    entity: Entity | None = None
    seller: Identifier | None = None
    """The seller that owns an organization account, from its first link on, even after an unlink."""
    converted_at: Instant | None = None
    """When TikTok updated it to an organization account."""
    avatar: Annotated[int, Whole(0, AVATARS - 1)] = 0
    """Which of the generated avatars it uses."""

    @property
    def unknown(self) -> list[str]:
        """The missing facts that rules need; `entity` for organization accounts only."""
        facts = ["nickname", "kind", "region", "identity_verified", "standing", "holder_is_adult"]
        if self.kind == AccountKind.ORGANIZATION:
            facts.append("entity")
        return [fact for fact in facts if getattr(self, fact) is None]


MOMENTS = {
    "authorized_at": LinkState.AUTHORIZED,
    "submitted_at": LinkState.IN_REVIEW,
    "decided_at": LinkState.IN_REVIEW,
    "linked_at": LinkState.LINKED,
    "unlinked_at": LinkState.UNLINKED,
}
"""A link's moments in order, and its state after each while the next has not come."""


@dataclass(frozen=True, kw_only=True)
class Link(Row):
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

    @property
    def last_step_at(self) -> datetime | None:
        """When its last known step happened, in UTC."""
        moments = (self.requested_at, *(getattr(self, name) for name in MOMENTS))
        return max((moment for moment in moments if moment), default=None)

    def as_of(self, at: datetime) -> "Link | None":
        """Return the link as it stood at `at` (UTC), or None if it had not begun.

        A link ends the moment it is unlinked. Of a link that was recorded as one fact, what came before is unknown.
        """
        begun = self.requested_at or self.linked_at
        if begun is None or at < begun:
            return None
        moments: dict[str, Any] = {name: getattr(self, name) for name in MOMENTS}
        if all(moment is None or moment <= at for moment in moments.values()):
            return self
        known: dict[str, Any] = {name: moment if moment and moment <= at else None for name, moment in moments.items()}
        state = next((state for name, state in reversed(MOMENTS.items()) if known[name]), LinkState.AWAITING_AUTHORIZATION)
        linked = state == LinkState.LINKED
        return replace(self, **known, state=state, linked_by=self.linked_by if linked else None, ended_by=None, reason=None)


@dataclass(frozen=True, kw_only=True)
class Member(Row):
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
class Product(Row):
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
    note: Reason | None = None
    against: tuple[str, ...] = ()
    """Rules that what was recorded breaks."""
    policy: Identifier | None = None
    """The day of the newest policy version used; None if no rule was evaluated."""
    former: Username | None = None
    """The username that the account had before."""
    undoes: Identifier | None = None
    """The entry that this one undoes."""
    undone_by: Identifier | None = field(default=None, compare=False)
    """The entry that undid this one."""
    before: Images | None = None
    """In an entry's first event: the rows that it changed, as they were before."""
    details: Details = field(default_factory=dict)


def standing_official(links: Iterable[Link]) -> Link | None:
    """Find the linked official account among one shop's links; there is at most one."""
    return next((link for link in links if link.role == Role.OFFICIAL and link.state == LinkState.LINKED), None)
