"""The use case of reminders: what is due, derived from the links and invitations as they are."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from core.models import AccountKind, Link, LinkState, MemberState, Model, Role, Shop
from core.store import accounts as account_rows
from core.store import links as link_rows
from core.store import members as member_rows
from core.store import shops as shop_rows
from core.text import mask_contact

if TYPE_CHECKING:
    from core.workspace import Workspace


class Reminder(Model):
    """Something due at a moment (UTC). `link`: the link it is about."""

    at: datetime
    shop: Shop
    kind: str
    summary: str
    link: str | None


class Reminders:
    """What is due, the soonest first."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._store = workspace.store

    def due(self, shop: str | None = None) -> tuple[Reminder, ...]:
        """What is due for a shop (code or id), or for all. Raises NotFound."""
        now = self._workspace.settled()
        shops = [self._workspace.shops.get(shop)] if shop else shop_rows.with_due(self._store, now)
        found = [reminder for one in shops for reminder in self._of_shop(one, now)]
        return tuple(sorted(found, key=lambda reminder: (reminder.at, reminder.shop.code, reminder.kind)))

    def _of_shop(self, shop: Shop, now: datetime) -> list[Reminder]:
        live = link_rows.live_of_shop(self._store, shop.id)
        found = [reminder for link in live if (reminder := self._of_link(shop, link, now))]
        if shop.probation_until and shop.probation_until > now:
            found.append(
                Reminder(
                    at=shop.probation_until, shop=shop, kind="probation_ends", summary="The probation period ends", link=None
                )
            )
        last = link_rows.last_official(self._store, shop.id)
        if last and last.state == LinkState.REJECTED and last.decided_at:
            found.append(
                Reminder(
                    at=last.decided_at,
                    shop=shop,
                    kind="review_decided",
                    summary=f"@{last.account} was rejected: look at the reason and try again",
                    link=last.id,
                )
            )
        for link in live:
            if link.role == Role.OFFICIAL and link.state == LinkState.LINKED:
                found += self._of_members(shop, link)
        return found

    def _of_link(self, shop: Shop, link: Link, now: datetime) -> Reminder | None:
        policy = self._workspace.policy
        if link.state == LinkState.AWAITING_AUTHORIZATION and link.authorize_by:
            official = link.role == Role.OFFICIAL
            kind = "authorization_expires" if official else "invitation_expires"
            what = "authorization of" if official else "invitation to"
            return Reminder(
                at=link.authorize_by, shop=shop, kind=kind, summary=f"The {what} @{link.account} runs out", link=link.id
            )
        if link.state == LinkState.AUTHORIZED and link.authorized_at:
            summary = f"@{link.account} is authorized: send it to review"
            return Reminder(at=link.authorized_at, shop=shop, kind="submit", summary=summary, link=link.id)
        if link.state == LinkState.IN_REVIEW and link.submitted_at:
            summary = f"@{link.account} is in review: look whether TikTok has decided"
            return Reminder(at=link.submitted_at, shop=shop, kind="review_pending", summary=summary, link=link.id)
        if link.state == LinkState.LINKED and link.linked_at:
            rule = "official.unlink-wait" if link.role == Role.OFFICIAL else "marketing.unlink-wait"
            possible = link.linked_at + policy.span(rule, "wait_hours", shop.region)
            limit = policy.limit("official.unlink-limit", "unlinks", shop.region)
            never = link.role == Role.OFFICIAL and link_rows.unlinks(self._store, shop.id) >= limit
            if possible > now and not never:
                summary = f"@{link.account} can be unlinked"
                return Reminder(at=possible, shop=shop, kind="unlink_possible", summary=summary, link=link.id)
        return None

    def _of_members(self, shop: Shop, link: Link) -> list[Reminder]:
        account = account_rows.find(self._store, link.account)
        if account is None or account.kind != AccountKind.ORGANIZATION:
            return []
        return [
            Reminder(
                at=member.accept_by,
                shop=shop,
                kind="member_invitation_expires",
                summary=f"The invitation to {mask_contact(member.contact)} runs out",
                link=link.id,
            )
            for member in member_rows.of_account(self._store, account.username)
            if member.state == MemberState.INVITED and member.accept_by
        ]
