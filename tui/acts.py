"""The acts of the Desk: account holder, reviewer, TikTok, invited member, seller, clock."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import data
from core import act_words, desk
from core.clock import parse_duration
from core.countries import read_country
from core.errors import Refused, ShoplinkError
from core.models import (
    Account,
    AccountKind,
    EndedBy,
    Link,
    LinkState,
    Member,
    MemberState,
    Product,
    ProductStatus,
    Role,
    Standing,
)
from core.record import HOLDER, TIKTOK
from core.text import bare_username, mask_contact, show
from core.words import asked
from core.workspace import Workspace

MILLISECOND = timedelta(milliseconds=1)


class Acts:
    """Act on one shop of a practice workspace.

    Each act returns a message that says what was done. Raises ShoplinkError. `link_id`: the request or link to act on, if not
    the one that waits.
    """

    def __init__(self, workspace: Workspace, shop_id: str | None, link_id: str | None = None) -> None:
        self.workspace = workspace
        self.shop_id = shop_id
        self.link_id = link_id

    def pending(self) -> Link | None:
        """Return the request waiting for TikTok: the official one, or else the oldest."""
        if self.link_id:
            return self.workspace.links.get(self.link_id)
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

    def account(self) -> Account | None:
        """Return the account in question: the waiting request's, else the official, else the newest."""
        link = self.pending() or self._linked()
        return self.workspace.links.account(link) if link else None

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

    def allow(self) -> str:
        link = self._the_pending()
        desk.allow(self.workspace, link.id)
        return f"@{link.username}: cleared and approved"

    def withdraw(self) -> str:
        link = self._the_pending()
        self.workspace.links.cancel(link.id, EndedBy.TIKTOK)
        return f"TikTok withdrew the {asked(link.role, link.username)}"

    def end_link(self, username: str = "") -> str:
        link = self.workspace.links.get(self.link_id) if self.link_id else self._linked(bare_username(username))
        if link is None:
            self._the_shop()
            raise Refused("No such account is linked to this shop.", remedy="Link one first.")
        self.workspace.links.unlink(link.id, by=EndedBy.TIKTOK)
        return f"@{link.username}: TikTok ended the link"

    def suspend(self, username: str = "") -> str:
        return self._state(username, "suspended", standing=Standing.SUSPENDED)

    def reinstate(self, username: str = "") -> str:
        return self._state(username, "in good standing again", standing=Standing.GOOD)

    def verify(self, username: str = "") -> str:
        return self._state(username, "identity verified", identity_verified=True)

    def region(self, words: str) -> str:
        """Change an account's region. `words`: USERNAME REGION, or REGION for the account in question."""
        username, _, region = words.strip().rpartition(" ")
        code = read_country("region", region)
        return self._state(username, f"region {code}", region=code)

    def username(self, words: str) -> str:
        """Change an account's username. `words`: USERNAME NEW, or NEW for the account in question."""
        before, _, new = words.strip().rpartition(" ")
        account = self._the_account(before)
        with self.workspace.acting(HOLDER):
            renamed = self.workspace.accounts.rename(account.username, new)
        return f"@{account.username} is now @{renamed.username}"

    def add_account(self, username: str) -> str:
        """Add a personal account in this shop's region that no rule stops."""
        if self.workspace.accounts.known(username):
            raise Refused(f"@{show(bare_username(username), 60)} already exists.", remedy="Choose another username.")
        region = self.workspace.shops.get(self.shop_id).region if self.shop_id else None
        with self.workspace.acting(TIKTOK):
            added = self.workspace.accounts.state(
                username,
                kind=AccountKind.PERSONAL,
                region=region,
                identity_verified=True,
                standing=Standing.GOOD,
                holder_is_adult=True,
            )
        return f"Added: @{added.username}"

    def member_accepts(self) -> str:
        invited = self.invited()
        if not invited:
            self._the_shop()
            raise Refused("Nobody is invited to this shop's organization account.", remedy="Invite somebody first.")
        self.workspace.organizations.accept(invited[0].id)
        return f"{mask_contact(invited[0].contact)} is a member now"

    def add_product(self) -> str:
        shop = self._the_shop()
        offered = data.load("texts/desk.toml")["products"]
        new = offered[len(self.workspace.products.of_shop(shop)) % len(offered)]
        self.workspace.products.add(shop, new["title"], new["price"])
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
            return "Nothing is due later."
        desk.advance(self.workspace, max(due - self.workspace.now(), MILLISECOND))  # it may have come meanwhile
        return "The clock was moved to what is due next"

    def start_over(self, fresh: Workspace) -> str:
        """Reset the workspace to a fresh one of its scenario."""
        desk.put(self.workspace, fresh)
        return "The scenario was started over"

    def _state(self, username: str, what: str, **facts: Any) -> str:
        """State facts of an account as TikTok does."""
        account = self._the_account(username)
        with self.workspace.acting(TIKTOK):
            self.workspace.accounts.state(account.username, **facts)
        return f"@{account.username}: {what}"

    def _the_account(self, username: str) -> Account:
        account = self.workspace.accounts.get(username) if username.strip() else self.account()
        if account is None and not self.shop_id:
            raise Refused("No shop is open, so it isn't clear which account is meant.", remedy="Name an account.")
        if account is None:
            raise Refused("No account is linked or requested at this shop.", remedy="Name an account.")
        return account

    def _linked(self, username: str = "") -> Link | None:
        """Return this account's link at the shop; without a name, the official one or else the newest."""
        links = self.workspace.links.find(shop=self.shop_id, state=LinkState.LINKED) if self.shop_id else ()
        named = [link for link in links if username in ("", link.username)]
        return min(named, key=lambda link: link.role != Role.OFFICIAL, default=None)

    def _the_pending(self) -> Link:
        link = self.pending()
        if link is None:
            self._the_shop()
            raise Refused("Nothing is waiting for TikTok at this shop.", remedy="Request a link first.")
        return link

    def _the_shop(self) -> str:
        if not self.shop_id:
            raise Refused("No shop is open.", remedy="Open a shop first.")
        return self.shop_id

    def _newest_product(self) -> Product:
        products = self.products()
        if not products:
            self._the_shop()
            raise Refused("This shop has no product.", remedy="Add one first.")
        return products[-1]


def act(name: str) -> Callable[..., str]:
    """Return the act of this name in the files of tours and scenarios (NEEDS in core/act_words.py)."""
    found: Callable[..., str] = getattr(Acts, name.replace(" ", "_"))
    return found


def named(words: str) -> Callable[[Acts], str]:
    """Return the act for its words in a tour's or a scenario's file. Raises InvalidInput."""
    name, rest = act_words.read(words)
    return lambda acts: act(name)(acts, rest) if rest else act(name)(acts)
