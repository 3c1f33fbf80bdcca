"""Find requests and invitations that were not answered in time, each with its deadline."""

from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from core.models import EventKind, Link, LinkState, Member, MemberState
from core.store import links, members
from core.store.connection import Store
from core.words import asked

ACTOR = "TikTok"
"""Who makes them expire, as history names it."""


class Expired(NamedTuple):
    """An expired row, and the text of its event. `at`: when it expired, in UTC."""

    at: datetime
    row: Link | Member
    kind: EventKind
    summary: str
    shop: str | None
    """The shop's id."""


def is_due(store: Store, now: datetime) -> bool:
    """Check whether anything open in the store has expired by `now`."""
    return links.any_overdue(store, now) or members.any_overdue(store, now)


def expired(store: Store, now: datetime) -> list[Expired]:
    """List what has expired by `now`, in order, without writing to the store."""
    found = [_link(link, link.authorize_by or now) for link in links.overdue(store, now)]
    found += [_member(store, member, member.accept_by or now) for member in members.overdue(store, now)]
    return sorted(found, key=lambda one: one.at)


def _link(link: Link, at: datetime) -> Expired:
    return Expired(
        at=at,
        row=replace(link, state=LinkState.EXPIRED, decided_at=at),
        kind=EventKind.LINK_EXPIRED,
        summary=f"The {asked(link.role, link.username)} expired without an answer",
        shop=link.shop,
    )


def _member(store: Store, member: Member, at: datetime) -> Expired:
    last = links.newest_of_account(store, member.account)
    return Expired(
        at=at,
        row=replace(member, state=MemberState.EXPIRED),
        kind=EventKind.MEMBER_EXPIRED,
        summary=f"An invitation to the team of @{member.username} expired without an answer",
        shop=last.shop if last else None,
    )
