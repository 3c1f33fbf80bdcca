"""TikTok accounts, and the members of an organization account."""

from dataclasses import dataclass, field

from core.models.base import Instant, Model, Row
from core.models.sellers import Entity
from core.models.states import AccountKind, MemberRole, MemberState, Standing
from core.text import CleanLine, Contact, Identifier, Username


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
    converted_at: Instant | None = None
    """When TikTok updated it to an organization account."""

    @property
    def unknown(self) -> list[str]:
        """The missing facts that rules need; `entity` for organization accounts only."""
        facts = ["nickname", "kind", "region", "identity_verified", "standing", "holder_is_adult"]
        if self.kind == AccountKind.ORGANIZATION:
            facts.append("entity")
        return [fact for fact in facts if getattr(self, fact) is None]


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
    """When somebody noted that a removed member's role in Seller Center was removed too."""
