"""The kinds, roles and states of what is recorded."""

from enum import StrEnum


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
    """Whether a shop is in TikTok's probation period; None: unknown."""

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
