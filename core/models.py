"""The values of the domain: frozen, with times in UTC to the millisecond.

Making one checks nothing. `validation.validated` makes one from outside facts and checks them by these types.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, ClassVar

from core.clock import EPOCH, LATEST
from core.text import CleanLine, Contact, Country, Details, Identifier, Reason, Summary, Username
from core.validation import CONFIG, Within

Instant = Annotated[datetime, Within(tz_constraint="aware", ge=EPOCH, le=LATEST)]
"""A moment of the record: aware, and near enough that every time zone can show it."""

PRICE_END = Decimal(10**12)
"""Every price is below it."""

Price = Annotated[Decimal, Within(ge=Decimal(0), lt=PRICE_END)]

AVATARS = 8
"""How many pictures can be generated from a username, each in a colour of its own."""


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
"""The states of a request that is not decided yet. It already takes its slot."""

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
    """Whether a shop is in TikTok's probation period. Not known: None."""

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
    """A legal entity. Two with the same country and registration number are the same entity."""

    registration_number: Identifier
    country: Country
    kind: EntityKind | None = None
    legal_name: CleanLine | None = None

    def same_as(self, other: "Entity") -> bool:
        """Whether both name the same legal entity: spaces and case in the number do not count."""
        return self.key == other.key

    def completed_by(self, other: "Entity") -> "Entity":
        """This entity, with what `other` knows of it where nothing is known here."""
        return replace(self, kind=self.kind or other.kind, legal_name=self.legal_name or other.legal_name)

    @property
    def key(self) -> tuple[str, str]:
        """What identifies the entity: country and registration number, in capitals, without spaces."""
        return self.country.upper(), "".join(self.registration_number.split()).upper()


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
    """Whether the code was made here, because TikTok's own was not given."""
    name: CleanLine
    region: Identifier
    seller: Identifier
    probation: Probation | None = None
    probation_until: Instant | None = None
    """When the probation period ends, where it has a date."""
    unlinks_before: Annotated[int, Within(ge=0, le=1000)] | None = None
    """The shop's official unlinks that are not entered as links; None: unknown."""


@dataclass(frozen=True, kw_only=True)
class AccountFacts(Model):
    """What can be stated of a TikTok account. A fact that nobody has stated is None: unknown, not false."""

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
    """A TikTok account as the record has it: who it is, is its id; its username can change."""

    id: Identifier
    former: tuple[Username, ...] = ()
    """What it was called before, the newest first."""
    entity: Entity | None = None
    seller: Identifier | None = None
    """The seller an organization account belongs to, once linked; it stays after an unlink."""
    converted_at: Instant | None = None
    """When TikTok updated it to an organization account."""
    avatar: Annotated[int, Within(ge=0, le=AVATARS - 1)] = 0
    """Which of the pictures generated from the username it wears."""

    @property
    def unknown(self) -> list[str]:
        """The facts rules ask about that nobody has stated. `entity` counts for organization accounts only."""
        facts = ["nickname", "kind", "region", "identity_verified", "standing", "holder_is_adult"]
        if self.kind == AccountKind.ORGANIZATION:
            facts.append("entity")
        return [fact for fact in facts if getattr(self, fact) is None]


@dataclass(frozen=True, kw_only=True)
class Link(Model):
    """The relation between a shop and an account in one role. `shop` and `account` are their ids."""

    id: Identifier
    shop: Identifier
    account: Identifier
    username: Username = field(default="", compare=False)
    """What the account is called now."""
    role: Role
    origin: LinkOrigin = LinkOrigin.EXISTING
    state: LinkState
    requested_at: Instant | None = None
    """None, as `requested_by`, where the link was recorded as one fact."""
    requested_by: CleanLine | None = None
    authorize_by: Instant | None = None
    authorized_at: Instant | None = None
    submitted_at: Instant | None = None
    decided_at: Instant | None = None
    linked_at: Instant | None = None
    linked_by: CleanLine | None = None
    unlinked_at: Instant | None = None
    ended_by: EndedBy | None = None
    """Who ended it, where it was unlinked or cancelled."""
    reason: Reason | None = None
    confirmed: tuple[str, ...] = ()
    """Rules whose facts were unknown and which a person confirmed when the link was requested."""
    against: tuple[str, ...] = ()
    """Rules that said no to what was recorded."""

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def is_live(self) -> bool:
        return self.state in LIVE


@dataclass(frozen=True, kw_only=True)
class Member(Model):
    """A person who works in an organization account (its id)."""

    id: Identifier
    account: Identifier
    username: Username = field(default="", compare=False)
    """What the account is called now."""
    contact: Contact
    role: MemberRole
    state: MemberState
    invited_at: Instant
    accept_by: Instant | None = None
    accepted_at: Instant | None = None
    removed_at: Instant | None = None


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
    """Something that happened, with the facts as they were after it. `shop`, `link`, `account` and `member` are ids."""

    id: Identifier
    entry: Identifier
    """The act that wrote it: one act may write several events. It has the id of its first one."""
    at: Instant
    """When it happened."""
    recorded_at: Instant
    """When it was written down."""
    kind: EventKind
    actor: CleanLine
    """Who did it."""
    entered_by: CleanLine
    """Who wrote it down."""
    summary: Summary
    shop: Identifier | None = None
    link: Identifier | None = None
    account: Identifier | None = None
    username: Username | None = field(default=None, compare=False)
    """What the account is called now."""
    member: Identifier | None = None
    note: CleanLine | None = None
    against: tuple[str, ...] = ()
    """Rules that said no to what was recorded."""
    policy: Identifier | None = None
    """The day of the newest policy version that the rules were asked with; None where none was asked."""
    undoes: Identifier | None = None
    """The entry that this one takes back."""
    details: Details = field(default_factory=dict)


def standing_official(links: Iterable[Link]) -> Link | None:
    """Find the linked official account among one shop's links: there is at most one."""
    return next((link for link in links if link.role == Role.OFFICIAL and link.state == LinkState.LINKED), None)
