"""The acts of the Desk: account holder, reviewer, invited member, seller, clock."""

from collections.abc import Callable

import data
from core import desk
from core.clock import parse_duration
from core.errors import InvalidInput, Refused, ShoplinkError
from core.models import Link, Member, MemberState, Product, ProductStatus, Role
from core.text import mask_contact, show
from core.workspace import Workspace


class Acts:
    """Act on one shop of a practice workspace.

    Each act returns a message that says what was done. Raises ShoplinkError.
    """

    def __init__(self, workspace: Workspace, shop_id: str | None) -> None:
        self.workspace = workspace
        self.shop_id = shop_id

    def pending(self) -> Link | None:
        """Return the request waiting for TikTok: the official one, else the oldest."""
        if not self.shop_id:
            return None
        waiting = [link for link in self.workspace.links.find(shop=self.shop_id) if link.is_open]
        return min(waiting, key=lambda link: (link.role != Role.OFFICIAL, link.requested_at), default=None)

    def invited(self) -> list[Member]:
        """Return members invited to the organization account, oldest first."""
        if not self.shop_id:
            return []
        try:
            members = self.workspace.organizations.members(self.shop_id)
        except ShoplinkError:
            return []  # no organization account is linked
        return [member for member in members if member.state == MemberState.INVITED]

    def products(self) -> tuple[Product, ...]:
        """Return the shop's products, without deleted ones."""
        return self.workspace.products.of_shop(self.shop_id, include_deleted=False) if self.shop_id else ()

    def accept(self) -> str:
        link = self._the_pending()
        self.workspace.links.authorize(link.id)
        return f"@{link.username}: the holder accepted"

    def decline(self) -> str:
        link = self._the_pending()
        self.workspace.links.decline(link.id)
        return f"@{link.username}: the holder declined"

    def approve(self) -> str:
        link = self._the_pending()
        self.workspace.links.approve(link.id)
        return f"@{link.username}: approved"

    def reject(self, reason: str) -> str:
        link = self._the_pending()
        self.workspace.links.reject(link.id, reason)
        return f"@{link.username}: rejected"

    def member_accepts(self) -> str:
        invited = self.invited()
        if not invited:
            raise Refused("Nobody is invited into this shop's organization account.", remedy="Invite somebody in Team access.")
        self.workspace.organizations.accept(invited[0].id)
        return f"{mask_contact(invited[0].contact)} is a member now"

    def add_product(self) -> str:
        if not self.shop_id:
            raise Refused("No shop is open.", remedy="Open a shop first.")
        offered = data.load("texts/desk.toml")["products"]
        new = offered[len(self.workspace.products.of_shop(self.shop_id)) % len(offered)]
        self.workspace.products.add(self.shop_id, new["title"], new["price"])
        return f"Added: {new['title']}"

    def switch_product(self) -> str:
        newest = self._newest_product()
        off = newest.status == ProductStatus.ACTIVE
        self.workspace.products.change(newest.id, status=ProductStatus.INACTIVE if off else ProductStatus.ACTIVE)
        return f"Switched {'off' if off else 'on'}: {newest.title}"

    def delete_product(self) -> str:
        newest = self._newest_product()
        self.workspace.products.change(newest.id, status=ProductStatus.DELETED)
        return f"Deleted: {newest.title}"

    def advance(self, span: str) -> str:
        desk.advance(self.workspace, parse_duration(span))
        return f"The clock was moved by {show(span.strip(), 40)}"

    def advance_to_due(self) -> str:
        due = desk.next_due(self.workspace)
        if due is None:
            return "Nothing is due later than now."
        desk.advance(self.workspace, due - self.workspace.now())
        return "The clock was moved to what is due next"

    def start_over(self) -> str:
        desk.restart(self.workspace)
        return "The scenario is at its start"

    def _the_pending(self) -> Link:
        link = self.pending()
        if link is None:
            raise Refused("Nothing waits for TikTok at this shop.", remedy="Ask for a link first.")
        return link

    def _newest_product(self) -> Product:
        products = self.products()
        if not products:
            raise Refused("This shop has no product.", remedy="Add one first.")
        return products[-1]


SIMPLE: dict[str, Callable[[Acts], str]] = {
    "accept": Acts.accept,
    "decline": Acts.decline,
    "approve": Acts.approve,
    "member accepts": Acts.member_accepts,
    "add product": Acts.add_product,
    "switch product": Acts.switch_product,
    "delete product": Acts.delete_product,
    "advance to due": Acts.advance_to_due,
}
"""Acts by their names in tour files."""
WORDED: dict[str, Callable[[Acts, str], str]] = {"reject": Acts.reject, "advance": Acts.advance}
"""Acts with an argument: a reason or a duration."""


def named(words: str) -> Callable[[Acts], str]:
    """Return the act for its words in a tour file. Raises InvalidInput.

    Examples: `approve`, `advance 24h`, `reject The picture is blurred.`
    """
    name, _, rest = words.strip().partition(" ")
    if name in WORDED and rest.strip() and words not in SIMPLE:
        return lambda acts: WORDED[name](acts, rest.strip())
    if words not in SIMPLE:
        known = ", ".join([*SIMPLE, "advance 24h", "reject REASON"])
        raise InvalidInput("desk", f"has no act {show(words, 60)}", remedy=f"It knows: {known}.")
    return SIMPLE[words]
