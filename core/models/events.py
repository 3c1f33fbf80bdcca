"""What happened."""

from dataclasses import dataclass, field
from enum import StrEnum

from core.models.base import Instant, Model
from core.text import CleanLine, Details, Identifier, Images, Reason, Summary, Username


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
