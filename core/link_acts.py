"""What the acts on links share: the rules about a link, and how it ends."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from core import rules
from core.accounts import Accounts
from core.activation import Activation
from core.lookup import find_shop
from core.models import Account, EndedBy, EventKind, Link, LinkState, Role, Shop
from core.read_situation import read_situation
from core.record import TIKTOK, Record
from core.situation import Situation, same
from core.store import accounts as account_rows
from core.store import shops as shop_rows
from core.verdict import Moment, Outcome, Verdict
from core.words import ROLES


class LinkActs:
    """The base of the use cases of links."""

    def __init__(self, record: Record, accounts: Accounts) -> None:
        self._record = record
        self._store = record.store
        self._accounts = accounts
        self._activation = Activation(record, accounts)

    def account(self, link: Link) -> Account:
        """Find the account of a link, as it is now."""
        return account_rows.of_link(self._store, link)

    def _shop(self, link: Link) -> Shop:
        return shop_rows.by_id(self._store, link.shop)

    def _ask(self, moment: Moment, link: Link, *, only: str | None = None) -> tuple[Verdict, ...]:
        """Ask every rule of this moment about the link, or `only` one."""
        record = self._record
        situation = read_situation(record, moment, self._shop(link), link.role, account=self.account(link), link=link)
        if link.is_live and not any(same(one, link) for one in situation.shop_links):  # entered as one fact, not written yet
            situation = replace(situation, shop_links=(link, *situation.shop_links))  # before a link that began as it ended
        if only:
            return (rules.judge(only, situation, record.policy, record.moment()),)
        return rules.ask(situation, record.policy, record.moment())

    def _new_link(
        self,
        username: str,
        shop: str,
        role: Role,
        message: str,
        *,
        confirmed: Collection[str] = (),
        agreement: bool | None = None,
    ) -> tuple[Link, Situation]:
        """Ask the rules about a new link; return it, not written yet, with the situation.

        An account not seen before is added. `message`: for a refusal, with {username}, {shop} and {role}. `confirmed`: rules
        whose unknown facts do not stop it; the link keeps those whose facts are unknown. Call it within a change. Raises
        Refused with the verdicts that stop it, NotFound, InvalidInput for a moment before the account was created.
        """
        record = self._record
        found = find_shop(self._store, shop)
        account = self._accounts.known(username) or self._accounts.add_unseen(username)
        self._accounts.check_begun(account, record.moment())
        situation = read_situation(record, "request", found, role, account=account, agreement=agreement)
        verdicts = rules.ask(situation, record.policy, record.moment())
        unknown = (verdict.rule for verdict in verdicts if verdict.outcome == Outcome.UNKNOWN)
        ignored = tuple(rule for rule in unknown if rule in confirmed)
        refusal = message.format(username=account.username, shop=found.name, role=ROLES[role])
        link = Link(
            id=record.new_id("link", "lnk"),
            shop=found.id,
            account=account.id,
            username=account.username,
            role=role,
            state=LinkState.AWAITING_AUTHORIZATION,
            confirmed=ignored,
            against=record.allow(refusal, verdicts, ignored),
        )
        return link, situation

    def _allowed(self, link: Link, message: str, verdicts: Collection[Verdict]) -> Link:
        """Return the link with the rules it is against, if it can go on. Raises Refused.

        A rule that it already is against is not judged again.
        """
        against = self._record.allow(message, [verdict for verdict in verdicts if verdict.rule not in link.against])
        return replace(link, against=tuple(dict.fromkeys((*link.against, *against))))

    def _add_unlinked(self, link: Link, at: datetime | None = None) -> None:
        """Add the event that a link ended. `at`: in UTC, if not when the act happened."""
        if link.ended_by == EndedBy.TIKTOK:
            summary, actor = f"TikTok ended the link with @{link.username}", TIKTOK
        else:
            summary, actor = f"@{link.username} unlinked as {ROLES[link.role]}", None
        self._record.add_link_event(EventKind.LINK_UNLINKED, link, summary, at=at, actor=actor)
