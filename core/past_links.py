"""The use case of links from before the record began: each is entered as one fact."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import partial

from core.date_words import SAME_DAY
from core.errors import InvalidInput, Refused, gather
from core.link_acts import LinkActs
from core.lookup import find_shop
from core.models import EndedBy, EventKind, Link, LinkState, Role
from core.store import links as rows
from core.words import ROLES


class PastLinks(LinkActs):
    """Links that are entered as one fact, with their dates."""

    def record_linked(
        self,
        username: str,
        shop: str,
        role: Role,
        linked_at: datetime,
        unlinked_at: datetime | None = None,
        by: EndedBy | None = None,
    ) -> Link:
        """Record a current or past link as one fact. Unknown facts stay unknown and stop nothing.

        `linked_at`, `unlinked_at`: in UTC. `by`: who ended it; the seller unless given. Raises Refused in practice and
        with the rules that it is against, NotFound, InvalidInput for moments in the future or in the wrong order.
        """
        record = self._record
        if not record.is_record:
            raise Refused("Only a record can have links that exist already.", remedy="In practice, link the account.")
        gather(
            partial(self._check_past, "date", linked_at),
            *([partial(self._check_past, "end", unlinked_at)] if unlinked_at else []),
        )
        if unlinked_at and unlinked_at <= linked_at:  # two dates alone are equal
            raise InvalidInput(
                "end",
                "is before the link was made" if unlinked_at < linked_at else "is the moment the link was made",
                remedy=f"Check both dates. {SAME_DAY}",
            )
        by = (by or EndedBy.SELLER) if unlinked_at else None
        latest = unlinked_at or linked_at  # the change is not before it, even if the clock was set back meanwhile
        with record.as_of(latest), record.change(), record.as_of(linked_at):
            self._check_tellable(username, shop, role, linked_at, unlinked_at)
            message = "@{username} can't have been linked to {shop} as {role} then."
            link, _ = self._new_link(username, shop, role, message, confirmed=record.policy.rules)
            link = replace(link, state=LinkState.LINKED, linked_at=linked_at, confirmed=())
            ended = replace(link, state=LinkState.UNLINKED, unlinked_at=unlinked_at, ended_by=by) if unlinked_at else link
            with record.as_of(unlinked_at):
                if by == EndedBy.SELLER:
                    message = f"@{link.username} can't have been unlinked then."
                    ended = replace(ended, against=self._allowed(link, message, self._ask("unlink", link)).against)
            rows.add(self._store, ended)
            record.add_link_event(EventKind.LINK_RECORDED, link, f"@{link.username} was linked as {ROLES[role]}")
            if unlinked_at:
                self._add_unlinked(ended, at=unlinked_at)
            return ended

    def _check_tellable(self, username: str, shop: str, role: Role, linked_at: datetime, unlinked_at: datetime | None) -> None:
        """Check that a link contradicts no other, before any rule is asked: that cannot be recorded anyway."""
        account = self._accounts.known(username) or self._accounts.add_unseen(username)
        link = Link(
            id="",
            shop=find_shop(self._store, shop).id,
            account=account.id,
            username=account.username,
            role=role,
            state=LinkState.LINKED,
            linked_at=linked_at,
            unlinked_at=unlinked_at,
        )
        self._activation.check_tellable(link)

    def _check_past(self, field: str, moment: datetime) -> None:
        if moment > self._record.present():
            raise InvalidInput(field, "is in the future", remedy="Enter it once it has happened.")
