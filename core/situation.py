"""The input of the rules: a shop, an account and their link at one moment."""

from dataclasses import dataclass
from datetime import datetime

from core.models import Account, AccountKind, Link, Member, Role, Seller, Shop, standing_official
from core.verdict import Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """The input of the rules. `link`, the link in question, never counts against itself."""

    moment: Moment
    shop: Shop
    seller: Seller
    role: Role = Role.OFFICIAL
    account: Account | None = None
    link: Link | None = None
    shop_links: tuple[Link, ...] = ()
    """The shop's live links."""
    account_links: tuple[Link, ...] = ()
    """The account's live links, at any shop."""
    account_sellers: frozenset[str] = frozenset()
    """The sellers of the shops where the account has a live link."""
    owner: str | None = None
    """The seller (its id) of the shop where the account is linked, or was last. It owns an organization account."""
    marketing_times: tuple[datetime, ...] = ()
    """When the account became a marketing account of any shop, oldest first."""
    unlinks_used: int = 0
    """How many official unlinks the shop has used."""
    account_unlinks: int = 0
    """How often the account was unlinked as an official account, at any shop."""
    newer: frozenset[str] = frozenset()
    """The facts that were entered as of a later moment than the one asked for."""
    is_past: bool = False
    """Whether the rules are asked as of a moment that a person entered."""
    agreement: bool | None = None
    """Whether the agreement was accepted; None if not asked yet."""
    name: str | None = None
    """The shop's new name, at a rename or when it is added."""
    name_taken: bool = False
    """Whether another shop of the market has this name."""
    kind: AccountKind | None = None
    """The account's new kind, if it is about to be stated."""
    username: str = ""
    username_taken: bool = False
    members: tuple[Member, ...] = ()
    member: Member | None = None
    """The member about to join, to lose the admin role or to be removed."""

    def others(self, role: Role) -> tuple[Link, ...]:
        """List the shop's other live links in `role`."""
        return tuple(link for link in self.shop_links if link.role == role and not same(link, self.link))

    @property
    def official(self) -> Link | None:
        """The shop's official link, if one is linked."""
        return standing_official(self.shop_links)


def same(one: Link, other: Link | None) -> bool:
    """Check whether both are the same link, even in different states."""
    return other is not None and one.id == other.id
