"""Make a link linked, and change what that changes of its account."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from core.accounts import Accounts
from core.clock import spoken
from core.date_words import SAME_DAY
from core.errors import Overlap
from core.models import AccountKind, EventKind, Link, LinkState, Role
from core.read_situation import newer_facts
from core.record import HOLDER, TIKTOK, Record
from core.store import accounts as account_rows
from core.store import links as rows
from core.store import shops as shop_rows
from core.words import ROLES


class Activation:
    """What happens when a link becomes linked."""

    def __init__(self, record: Record, accounts: Accounts) -> None:
        self._record = record
        self._store = record.store
        self._accounts = accounts

    def activate(self, link: Link, **details: Any) -> Link:
        """Make the link linked, and change the account's name and kind too.

        Facts entered as of a later moment stay. A link that does not exist yet, that of the seller's own
        organization account, is added. Call it within a change. Raises Overlap if the link contradicts another.
        """
        record, store = self._record, self._store
        shop = shop_rows.by_id(store, link.shop)
        before = account_rows.of_link(store, link)
        linked = replace(link, state=LinkState.LINKED, linked_at=record.moment(), linked_by=record.actor)
        self.check_tellable(linked)
        newer = newer_facts(record, shop, before) if record.stated_at else frozenset()
        upgraded = before.kind == AccountKind.PERSONAL and "kind" not in newer
        renamed = link.role == Role.OFFICIAL and not newer & {"nickname", "name"}
        after = replace(
            before, kind=AccountKind.BUSINESS if upgraded else before.kind, nickname=shop.name if renamed else before.nickname
        )
        if after != before:
            account_rows.replace(store, after)
        if rows.find(store, link.id):
            rows.replace(store, linked)
            actor = TIKTOK if link.role == Role.OFFICIAL else HOLDER
        else:
            rows.add(store, linked)
            actor = record.actor
        summary = f"@{link.username} linked as {ROLES[link.role]}"
        # Linking settles these facts: a later entry about an earlier moment would contradict what was linked.
        settled = [fact for fact, is_settled in (("kind", "kind" not in newer), ("nickname", renamed)) if is_settled]
        record.add_link_event(EventKind.LINK_LINKED, linked, summary, actor=actor, facts=settled, **details)
        if after.nickname != before.nickname:
            self._accounts.record_renamed(after, before.nickname, shop)
        if upgraded:
            self._accounts.record_stated(after, "is now a business account", ["kind"], shop=shop.id)
        return linked

    def check_tellable(self, link: Link) -> None:
        """Check that this linked link contradicts no other. Raises Overlap in a record; practice has rules."""
        other = rows.contradicting(self._store, link)
        if other and self._record.is_record:
            since = f"from {spoken(other.linked_at)}" if other.linked_at else ""
            until = f" until {spoken(other.unlinked_at)}" if other.unlinked_at else " on"
            shop = shop_rows.by_id(self._store, other.shop)
            ends = ((other.unlinked_at, link.linked_at), (link.unlinked_at, other.linked_at))
            near = any(end and begin and end - begin < timedelta(days=1) for end, begin in ends)
            raise Overlap(
                f"@{other.username} is entered as {ROLES[other.role]} of {shop.name} {since}{until}: "
                f"@{link.username} can't have been linked at the same time.",
                other.id,
                remedy="Enter other dates, or undo the other entry first.",
                hint=SAME_DAY if near else "",
            )
