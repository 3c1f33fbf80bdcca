"""The use case of reminders: what is due, worked out from the links and invitations as they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from core import rules
from core.lookup import find_shop
from core.models import Link, LinkState, Member, Role, Shop
from core.record import Record
from core.store import links as link_rows
from core.store import members as member_rows
from core.store import shop_list
from core.text import mask_contact


@dataclass(frozen=True, kw_only=True)
class Reminder:
    """Something due at a moment (UTC). `link`: the link it is about; `member`: the member of its account."""

    at: datetime
    shop: Shop
    kind: str
    summary: str
    link: str | None
    member: str | None = None


class Reminders:
    """What is due, the soonest first."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._store = record.store

    def due(self, shop: str | None = None) -> tuple[Reminder, ...]:
        """List what is due for a shop (code or id), or for all. Raises NotFound."""
        now = self._record.settled()
        with self._store.read():
            shops = [find_shop(self._store, shop)] if shop else shop_list.with_due(self._store, now)
            live = link_rows.live_of_shops(self._store, [found.id for found in shops])
            due = [reminder for reminders in self.of_shops(shops, live, now).values() for reminder in reminders]
        return tuple(sorted(due, key=lambda reminder: (reminder.at, reminder.shop.code, reminder.kind)))

    def of_shops(self, shops: Sequence[Shop], live: dict[str, list[Link]], now: datetime) -> dict[str, list[Reminder]]:
        """List what is due at `now` for each of these shops with these live links, by the shop's id.

        Call it within read().
        """
        ids = [shop.id for shop in shops]
        unlinks = link_rows.unlinks_of_shops(self._store, ids)
        rejected = link_rows.rejected(self._store, ids)
        official = [link for links in live.values() for link in links if link.role == Role.OFFICIAL]
        invited = member_rows.invited(self._store, [link.account for link in official if link.state == LinkState.LINKED])
        due: dict[str, list[Reminder]] = {}
        for shop in shops:
            links = live.get(shop.id, [])
            of_links = (self._of_link(shop, link, now, unlinks[shop.id]) for link in links)
            due[shop.id] = [reminder for reminder in of_links if reminder]
            if until := rules.probation_end(shop, now):
                due[shop.id].append(
                    Reminder(at=until, shop=shop, kind="probation_ends", summary="The probation period ends", link=None)
                )
            if (last := rejected.get(shop.id)) and last.decided_at:
                summary = f"@{last.username} was rejected: look at the reason and try again"
                due[shop.id].append(Reminder(at=last.decided_at, shop=shop, kind="review_decided", summary=summary, link=last.id))
            for link in links:
                if link.role == Role.OFFICIAL:
                    due[shop.id] += self._of_members(shop, link, invited.get(link.account, []))
        return due

    def _of_link(self, shop: Shop, link: Link, now: datetime, unlinks: int) -> Reminder | None:
        if link.state == LinkState.AWAITING_AUTHORIZATION and link.authorize_by:
            official = link.role == Role.OFFICIAL
            kind = "authorization_expires" if official else "invitation_expires"
            what = "authorization of" if official else "invitation to"
            return Reminder(
                at=link.authorize_by, shop=shop, kind=kind, summary=f"The {what} @{link.username} runs out", link=link.id
            )
        if link.state == LinkState.AUTHORIZED and link.authorized_at:
            summary = f"@{link.username} is authorized: send it to review"
            return Reminder(at=link.authorized_at, shop=shop, kind="submit", summary=summary, link=link.id)
        if link.state == LinkState.IN_REVIEW and link.submitted_at:
            summary = f"@{link.username} is in review: look whether TikTok has decided"
            return Reminder(at=link.submitted_at, shop=shop, kind="review_pending", summary=summary, link=link.id)
        if link.state == LinkState.LINKED:
            policy = self._record.policy
            possible = rules.unlink_from(link, shop, policy, now)
            never = link.role == Role.OFFICIAL and not rules.unlinks_left(unlinks, shop, policy, now)
            if possible and possible > now and not never:
                summary = f"@{link.username} can be unlinked"
                return Reminder(at=possible, shop=shop, kind="unlink_possible", summary=summary, link=link.id)
        return None

    def _of_members(self, shop: Shop, link: Link, invited: list[Member]) -> list[Reminder]:
        return [
            Reminder(
                at=member.accept_by,
                shop=shop,
                kind="member_invitation_expires",
                summary=f"The invitation to {mask_contact(member.contact)} runs out",
                link=link.id,
                member=member.id,
            )
            for member in invited
            if member.accept_by
        ]
