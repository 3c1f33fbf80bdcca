"""Links between shops and accounts."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from core.models.base import Instant, Row
from core.models.states import LIVE, OPEN, EndedBy, LinkOrigin, LinkState, Role
from core.text import CleanLine, Identifier, Reason, Username

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
    """Who ended it, if it was unlinked or canceled."""
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

        A link ends the moment it is unlinked. For a link that was recorded as one fact, earlier steps are unknown.
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


def owning(links: Iterable[Link], converted_at: datetime | None) -> Link | None:
    """Find the link whose shop's seller owns an organization account: the newest linked one, or else the last that was linked.

    `links`: all of the account's. The order in which they were entered does not matter. `converted_at`: when it became an
    organization account, if TikTok updated it (UTC): a link that ended by then makes nobody its owner.
    """

    def newest(link: Link) -> tuple[Any, ...]:
        return link.state == LinkState.LINKED, link.linked_at, link.unlinked_at or link.linked_at, link.role, link.shop

    owned = (link for link in links if not (converted_at and link.unlinked_at and link.unlinked_at <= converted_at))
    return max((link for link in owned if link.linked_at), key=newest, default=None)


def standing_official(links: Iterable[Link]) -> Link | None:
    """Find the linked official account among one shop's links; there is at most one."""
    return next((link for link in links if link.role == Role.OFFICIAL and link.state == LinkState.LINKED), None)
