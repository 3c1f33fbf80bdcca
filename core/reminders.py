"""The use case of reminders: what is due or upcoming, worked out from current links and invitations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from core import broken_rules, rules
from core.lookup import find_shop
from core.models import Link, LinkState, Member, Role, Shop
from core.record import Record
from core.store import accounts as account_rows
from core.store import broken, shop_list
from core.store import links as link_rows
from core.store import members as member_rows
from core.store.accounts import Converted
from core.store.broken import Broken
from core.text import mask_contact
from core.words import asked


@dataclass(frozen=True, kw_only=True)
class Reminder:
    """Something to do or to know at a moment (UTC): due from then on, upcoming before.

    `link`: what it is about; `member`: of its account.
    """

    at: datetime
    shop: Shop
    kind: str
    summary: str
    link: str | None
    member: str | None = None

    def is_due(self, now: datetime) -> bool:
        """Whether its moment has come; otherwise it is upcoming."""
        return self.at <= now


def how_many(reminders: Iterable[Reminder], now: datetime) -> tuple[int, int]:
    """Count what is due at `now`, and what is upcoming."""
    due = [reminder.is_due(now) for reminder in reminders]
    return sum(due), len(due) - sum(due)


class Reminders:
    """List what is due and upcoming, soonest first."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._store = record.store

    def find(self, shop: str | None = None) -> tuple[Reminder, ...]:
        """List what is due or upcoming for a shop (code or id), or for all. Raises NotFound."""
        now = self._record.settled()
        with self._store.read():
            shops = [find_shop(self._store, shop)] if shop else shop_list.with_reminders(self._store, now)
            live = link_rows.live_of_shops(self._store, [found.id for found in shops])
            due = [reminder for reminders in self.of_shops(shops, live, now).values() for reminder in reminders]
        return tuple(sorted(due, key=lambda reminder: (reminder.at, reminder.shop.code, reminder.kind)))

    def of_shops(self, shops: Sequence[Shop], live: dict[str, list[Link]], now: datetime) -> dict[str, list[Reminder]]:
        """List what is due or upcoming at `now`, by shop id, for these shops with these live links.

        Call it within read().
        """
        ids = [shop.id for shop in shops]
        unlinks = link_rows.unlinks_of_shops(self._store, ids)
        rejected = link_rows.rejected(self._store, ids)
        official = [link for links in live.values() for link in links if link.role == Role.OFFICIAL]
        invited = member_rows.invited(self._store, [link.account for link in official if link.state == LinkState.LINKED])
        converted = account_rows.converted(self._store, ids)
        found = broken.of_shops(self._store, ids)
        due: dict[str, list[Reminder]] = {}
        for shop in shops:
            links = live.get(shop.id, [])
            of_links = (self._of_link(shop, link, now, unlinks[shop.id]) for link in links)
            due[shop.id] = [reminder for reminder in of_links if reminder]
            due[shop.id] += self._of_trials(shop, converted.get(shop.id, []), now)
            due[shop.id] += self._of_broken(shop, links, found.get(shop.id, []))
            if until := rules.probation_end(shop, now):
                due[shop.id].append(
                    Reminder(at=until, shop=shop, kind="probation_ends", summary="The probation period ends", link=None)
                )
            if (last := rejected.get(shop.id)) and last.decided_at:
                summary = f"@{last.username} was rejected: read the reason and try again"
                due[shop.id].append(Reminder(at=last.decided_at, shop=shop, kind="review_decided", summary=summary, link=last.id))
            for link in links:
                if link.role == Role.OFFICIAL and link.state == LinkState.LINKED:
                    due[shop.id] += self._of_members(shop, link, invited.get(link.account, []), now)
        return due

    def _of_link(self, shop: Shop, link: Link, now: datetime, unlinks: int) -> Reminder | None:
        if link.state == LinkState.AWAITING_AUTHORIZATION and link.authorize_by:
            what = "authorization" if link.role == Role.OFFICIAL else "invitation"
            subject = f"The {asked(link.role, link.username)}"
            return self._deadline(link.authorize_by, now, shop, what, subject, link)
        if link.state == LinkState.AUTHORIZED and link.authorized_at:
            summary = f"@{link.username} is authorized: send it to review"
            return Reminder(at=link.authorized_at, shop=shop, kind="submit", summary=summary, link=link.id)
        if link.state == LinkState.IN_REVIEW and link.submitted_at:
            what = "check whether TikTok has decided" if self._record.is_record else "TikTok decides"
            summary = f"@{link.username} is in review: {what}"
            return Reminder(at=link.submitted_at, shop=shop, kind="review_pending", summary=summary, link=link.id)
        if link.state == LinkState.LINKED:
            policy = self._record.policy
            possible = rules.unlink_from(link, shop, policy, now)
            never = link.role == Role.OFFICIAL and not rules.unlinks_left_at_most(unlinks, shop, policy, now)
            if possible and possible > now and not never:
                summary = f"@{link.username} can be unlinked"
                return Reminder(at=possible, shop=shop, kind="unlink_possible", summary=summary, link=link.id)
        return None

    def _of_trials(self, shop: Shop, converted: list[Converted], now: datetime) -> Iterator[Reminder]:
        """Remind of trials that end: an organization account can go back until then."""
        trial = self._record.policy.span("org.no-conversion", "trial_days", shop.region, now)
        for username, link, since in converted:
            if since + trial > now:
                summary = f"The trial of @{username} ends: it becomes an organization account for good"
                yield Reminder(at=since + trial, shop=shop, kind="trial_ends", summary=summary, link=link)

    def _of_broken(self, shop: Shop, links: list[Link], found: list[Broken]) -> Iterator[Reminder]:
        """Remind of linked accounts whose facts now break a rule."""
        since = {one.link: one.at for one in found}
        for link in links:
            if link.id in since:
                reasons = " ".join(verdict.reason for verdict in broken_rules.broken(self._record, shop, link))
                summary = f"@{link.username} breaks a rule: {reasons}"
                yield Reminder(at=since[link.id], shop=shop, kind="rule_broken", summary=summary, link=link.id)

    def _of_members(self, shop: Shop, link: Link, invited: list[Member], now: datetime) -> list[Reminder]:
        return [
            self._deadline(
                member.accept_by,
                now,
                shop,
                "member_invitation",
                f"The invitation to {mask_contact(member.contact)}",
                link,
                member.id,
            )
            for member in invited
            if member.accept_by
        ]

    def _deadline(
        self, at: datetime, now: datetime, shop: Shop, kind: str, subject: str, link: Link, member: str | None = None
    ) -> Reminder:
        """Remind of the moment (UTC) when something expires. In a record nothing does by itself."""
        overdue = self._record.is_record and at <= now
        what = "should have expired: record what happened" if overdue else "expires"
        kind = f"{kind}_overdue" if overdue else f"{kind}_expires"
        return Reminder(at=at, shop=shop, kind=kind, summary=f"{subject} {what}", link=link.id, member=member)
