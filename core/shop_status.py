"""What is said of shops: counts, a row of the list, and a shop's status."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core import rules
from core.models import Account, Link, LinkState, Seller, Shop
from core.products import ShopPageView
from core.reminders import Reminder
from core.verdict import Verdict

MOST_DUE = 100
"""The most shops with something due that are counted."""


@dataclass(frozen=True)
class ShopCounts:
    """The shops of a workspace by state: official account linked, requested or missing."""

    linked: int
    pending: int
    without: int
    due: int
    """Shops with something due; MOST_DUE if there are that many."""

    @property
    def shops(self) -> int:
        """How many shops there are."""
        return self.linked + self.pending + self.without


@dataclass(frozen=True, kw_only=True)
class ShopSummary:
    """A shop at a glance. `due` and `upcoming`: how many reminders it has."""

    shop: Shop
    official: LinkState | None
    official_account: str | None
    marketing: int
    """Linked marketing accounts."""
    invited: int
    """Marketing accounts whose holder has not answered."""
    due: int
    upcoming: int


@dataclass(frozen=True, kw_only=True)
class ShopPage:
    """Some of the shops, each with what is due."""

    shops: tuple[ShopSummary, ...]
    next: str | None
    """The `after` of the next page; None at the end."""


@dataclass(frozen=True, kw_only=True)
class ShopStatus:
    """The status of a shop. `official`: its open request or linked account. Moments are in UTC."""

    shop: Shop
    seller: Seller
    official: Link | None
    official_account: Account | None
    last_official: Link | None
    unlink_possible_at: datetime | None
    name_matches: bool | None
    unlinks_used: int
    unlinks_left: int | None
    """None: earlier unlinks were not entered."""
    unlinks_left_at_most: int
    unlink_limit: int
    marketing: tuple[Link, ...]
    marketing_limit: int
    shop_page: ShopPageView
    reminders: tuple[Reminder, ...]
    requests: tuple[Link, ...]
    """The open requests."""
    broken: tuple[Verdict, ...]
    """Rules that the facts now break."""

    @property
    def marketing_linked(self) -> int:
        """How many marketing accounts are linked. The others of `marketing` hold a slot until the invitation is answered."""
        return sum(link.state == LinkState.LINKED for link in self.marketing)

    @property
    def marketing_words(self) -> str:
        """How many marketing accounts are linked, and how many are invited."""
        linked = f"{self.marketing_linked} of {self.marketing_limit}"
        invited = len(self.marketing) - self.marketing_linked
        return f"{linked}, {invited} invited" if invited else linked

    @property
    def unlinks_words(self) -> str:
        """How many official unlinks the shop has left, in words without a period."""
        if self.unlinks_left is None:
            return f"At most {self.unlinks_left_at_most} of {self.unlink_limit} unlinks left: {rules.NOT_ENTERED}"
        return f"{self.unlinks_left} of {self.unlink_limit} unlinks left"

    @property
    def unlinks_used_words(self) -> str:
        """What the used official unlinks are made of, in words without a period; empty if earlier ones were not entered."""
        if (earlier := self.shop.unlinks_before) is None:
            return ""
        total = earlier + self.unlinks_used
        over = f", but a shop has {self.unlink_limit} in total" if total > self.unlink_limit else ""
        return f"{earlier:,} earlier + {self.unlinks_used} entered here = {total:,} used{over}"
