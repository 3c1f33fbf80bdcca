"""The use case of candidates: what each account of the workspace can be at a shop."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from core import rules
from core.lookup import find_shop
from core.models import Account, Link, Role
from core.read_situation import read_situation
from core.record import Record
from core.situation import Situation
from core.store import accounts as rows
from core.text import bare_username
from core.verdict import Outcome, Verdict, overall, wait_over


@dataclass(frozen=True, kw_only=True)
class Outlook:
    """Whether an account can be requested in a role, or is already.

    `until`: when the wait ends (UTC), if a wait is all that stops it.
    """

    outcome: Outcome
    until: datetime | None
    verdicts: tuple[Verdict, ...]
    """The answer of each rule."""
    link: Link | None = None
    """Its link in this role at this shop, if it has one: there is nothing to request then."""

    @property
    def answer(self) -> str:
        """Whether it is linked or requested in this role already, or else whether it can be requested."""
        if self.link:
            return "requested" if self.link.is_open else "linked"
        return self.outcome.value

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules that stop it with this outcome: of a blocked one, not those whose facts are unknown."""
        if self.link:
            return ()
        return tuple(verdict.rule for verdict in self.verdicts if verdict.stops and verdict.outcome == self.outcome)


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """An account, and whether it can be requested in each role."""

    account: Account
    official: Outlook
    marketing: Outlook


@dataclass(frozen=True, kw_only=True)
class CandidatePage:
    """Some of the candidates, in the order of their usernames."""

    candidates: tuple[Candidate, ...]
    next: str | None
    """The `after` of the next page; None at the end."""


class Candidates:
    """What accounts can be at a shop."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._store = record.store

    def page(self, shop: str, *, limit: int = 50, after: str | None = None) -> CandidatePage:
        """List accounts by username, with what each can be at this shop (code or id) now. Raises NotFound.

        `after`: the username of the account before the page.
        """
        record = self._record
        now = record.settled()
        with self._store.read():
            found = find_shop(self._store, shop)
            accounts = rows.search(self._store, "", limit + 1, bare_username(after or ""))
            candidates = []
            for account in accounts[:limit]:
                situation = read_situation(record, "request", found, Role.OFFICIAL, account=account)
                official, marketing = (self._outlook(replace(situation, role=role), now) for role in Role)
                candidates.append(Candidate(account=account, official=official, marketing=marketing))
        return CandidatePage(candidates=tuple(candidates), next=accounts[limit - 1].username if len(accounts) > limit else None)

    def _outlook(self, situation: Situation, now: datetime) -> Outlook:
        verdicts = rules.ask(situation, self._record.policy, now)
        here = [link for link in situation.account_links if (link.shop, link.role) == (situation.shop.id, situation.role)]
        link = min(here, key=lambda link: link.is_open, default=None)
        return Outlook(outcome=overall(verdicts), until=wait_over(verdicts), verdicts=verdicts, link=link)
