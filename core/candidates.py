"""The use case of candidates: what each account of the workspace can be at a shop."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from core import rules
from core.lookup import find_shop
from core.models import Account, Role
from core.read_situation import read_situation
from core.record import Record
from core.store import accounts as rows
from core.text import bare_username
from core.verdict import Outcome, Verdict, overall, wait_over


@dataclass(frozen=True, kw_only=True)
class Outlook:
    """Whether an account can be requested in a role. `until`: when the wait ends (UTC), if a wait is all that stops it."""

    outcome: Outcome
    until: datetime | None
    verdicts: tuple[Verdict, ...]
    """The answer of each rule."""

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules that stop it with this outcome: of a blocked one, not those whose facts are unknown."""
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
                official, marketing = (_outlook(rules.ask(replace(situation, role=role), record.policy, now)) for role in Role)
                candidates.append(Candidate(account=account, official=official, marketing=marketing))
        return CandidatePage(candidates=tuple(candidates), next=accounts[limit - 1].username if len(accounts) > limit else None)


def _outlook(verdicts: Iterable[Verdict]) -> Outlook:
    asked = tuple(verdicts)
    return Outlook(outcome=overall(asked), until=wait_over(asked), verdicts=asked)
