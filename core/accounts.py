"""The use cases of accounts: find them, and state facts about them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, fields, replace
from datetime import datetime
from itertools import chain, count
from typing import Any

from core import rules
from core.clock import spoken
from core.conversions import Conversions
from core.countries import read_country
from core.errors import InvalidInput, Refused
from core.lookup import check_newest
from core.models import Account, AccountKind, EventKind, LinkState, Role
from core.read_situation import owner, read_situation, without_shop
from core.store import accounts as rows
from core.store import events
from core.store import links as link_rows
from core.store import members as member_rows
from core.store import shops as shop_rows
from core.store.rows import ALL
from core.text import bare_username, clean, contact_problem
from core.validation import problem_words, validated
from core.verdict import Outcome, Verdict
from core.words import named

NO_FACTS = frozenset({"id", "username", "former", "converted_at", "entry", "undone_by"})
FACTS = frozenset(field.name for field in fields(Account)) - NO_FACTS
CHANGED_ALREADY = "Check the username in TikTok. If another account here has it, correct that one first."
KEEP_IT = "Leave it as it is: the account is linked or belongs to a seller with this type."


@dataclass(frozen=True, kw_only=True)
class AccountPage:
    """Some of the accounts, in the order of their usernames."""

    accounts: tuple[Account, ...]
    next: str | None
    """The `after` of the next page; None at the end."""


class Accounts(Conversions):
    """The TikTok accounts the workspace knows of."""

    def former_notes(self, username: str) -> tuple[str, ...]:
        """Say if this is a former username, in a sentence that names the account that it finds."""
        account, bare = self.known(username), bare_username(username)
        if account is None or account.username == bare:
            return ()
        return (f"@{bare} is a former username of @{account.username}. This is about @{account.username}.",)

    def find(self, query: str = "", limit: int = ALL) -> tuple[Account, ...]:
        """List accounts by username, only those with `query` in username or nickname."""
        return tuple(rows.search(self._store, query.removeprefix("@"), limit))

    def page(self, query: str = "", limit: int = 50, after: str | None = None) -> AccountPage:
        """List accounts by username, as `find`, following the account with the username `after`."""
        found = rows.search(self._store, query.removeprefix("@"), limit + 1, after or "")
        return AccountPage(accounts=tuple(found[:limit]), next=found[limit - 1].username if len(found) > limit else None)

    def confirmed(self, account: Account) -> tuple[str, ...]:
        """List the unknown facts that a person has confirmed for a live link of this account."""
        rules_confirmed = {rule for link in link_rows.live_of_account(self._store, account.id) for rule in link.confirmed}
        facts = {fact for rule in rules_confirmed for fact in self._record.policy.rules[rule].facts}
        return tuple(fact for fact in account.unknown if fact in facts)

    def unseen(self, username: str, *, checking: bool = False) -> Account:
        """Make an account outside the workspace: every fact unknown, and no id.

        `checking`: only to ask about it, even if no account can have this username. Raises InvalidInput, and NotFound in
        practice, where every account is in the scenario.
        """
        bare = clean("username", bare_username(username)) if checking else self.new_username(username)
        if not self._record.is_record and not self.username_problem(username).stops:
            raise self.not_found(username)
        return Account(id="", username=bare)

    def add_unseen(self, username: str) -> Account:
        """Add an account with every fact unknown. Call it within a change. Raises InvalidInput."""
        account = replace(self.unseen(username), id=self._record.new_id("account", "acc"))
        rows.add(self._store, account)
        self.record_stated(account, "added, with no facts entered", [])
        return account

    def check_begun(self, account: Account, at: datetime) -> None:
        """Check that the account existed at `at`, if its creation is recorded. Raises InvalidInput."""
        created = events.created_at(self._store, account.id) if account.id else None
        if created and at < created:
            raise InvalidInput(
                "date", f"is before @{account.username} was created, {spoken(created)}", remedy="Enter a later one."
            )

    def state(self, username: str, **facts: Any) -> Account:
        """State facts about an account, new or known; None makes a fact unknown again.

        In a record workspace, a seller enters what is true at TikTok, even if a link then breaks a rule: it shows as broken. In
        a practice workspace, this plays TikTok's side, and facts that a live link depends on cannot change. Raises
        InvalidInput, also for a moment before the newest statement of a fact, and Refused with the rule it would break.
        """
        record = self._record
        with record.change() as now:
            bare = clean("username", bare_username(username))
            before = rows.find(self._store, bare)
            if before is None:
                self.new_username(username)
            known = before or Account(id=record.new_id("account", "acc"), username=bare)
            account = self._stated(known, facts)
            if account.entity and before and before.entity and account.entity.same_as(before.entity):
                account = replace(account, entity=before.entity.completed_by(account.entity))
            if account == before:
                return account
            changed = sorted(name for name in facts if getattr(account, name) != getattr(known, name))
            if before:
                check_newest(record, "account", before.id, changed)
            if before and account.kind != before.kind:
                account = self._of_kind(account, before, now)
            if not record.is_record:
                self._check_owner(account, before)
                self._check_links(account)
            (rows.replace if before else rows.add)(self._store, account)
            account = found if (found := rows.find_id(self._store, account.id)) else account  # with the entity as known
            if before:
                what = f"has changed facts: {named(changed)}"
            else:
                what = f"added with {named(changed)}" if changed else "added, with no facts entered"
            self.record_stated(account, what, changed)
            if account.kind and account.kind != AccountKind.ORGANIZATION:
                self._end_team(account)
            return account

    def _of_kind(self, account: Account, before: Account, now: datetime) -> Account:
        """Ask whether the kind can be stated. Leaving organization drops what only such accounts have.

        A record only asks about a change for which TikTok has its own procedure; facts that a link depends on show as broken.
        """
        is_record = self._record.is_record
        held: dict[str, Any] = {} if is_record else {"account_links": self.links(before), "owner": owner(self._store, before)}
        situation = without_shop("state", before, kind=account.kind, **held)
        verdict = rules.judge("org.no-conversion", situation, self._record.policy, now)
        self._allow(account, verdict, KEEP_IT if situation.owner or situation.account_links else verdict.remedy)
        return account if account.kind == AccountKind.ORGANIZATION else replace(account, converted_at=None)

    def check_rename(self, username: str, new: str) -> tuple[Verdict, ...]:
        """Ask the rules about a changed username. Raises NotFound, InvalidInput."""
        account = self.get(username)
        bare = clean("username", bare_username(new))
        taken = bare != account.username and rows.is_taken(self._store, bare)
        situation = without_shop("username", account, username=bare, username_taken=taken)
        return rules.ask(situation, self._record.policy, self._record.moment())

    def rename(self, username: str, new: str) -> Account:
        """Record that an account's username changed. Its links, members and history stay with it.

        Raises NotFound, Refused for another account's, InvalidInput for one that cannot be or a moment before an earlier one.
        """
        record = self._record
        with record.change():
            before = self.get(username)
            bare = clean("username", bare_username(new))
            if bare == before.username:
                return before
            verdicts = (*self.check_rename(username, new), self.username_problem(new))
            stopping = tuple(verdict for verdict in verdicts if verdict.stops)
            if rows.is_taken(self._store, bare):
                remedy = CHANGED_ALREADY if record.is_record else stopping[0].remedy
                raise Refused(f"@{before.username} can't become @{bare}: {stopping[0].reason}", remedy=remedy, verdicts=stopping)
            if stopping:
                raise wrong_username(stopping[0])
            check_newest(record, "account", before.id, ["username"])
            record.allow("", verdicts)
            rows.replace(self._store, replace(before, username=bare))
            self.record_username_changed(before, before.username, bare)
            former = (before.username, *(name for name in before.former if name not in {bare, before.username}))
            return replace(before, username=bare, former=former)

    def is_removable(self, account: Account) -> bool:
        """Whether the account never had a link or a member."""
        return not link_rows.of_account(self._store, account.id) and not member_rows.of_account(self._store, account.id)

    def remove(self, username: str) -> Account:
        """Remove an account without links and members; it is kept, but ignored.

        Raises NotFound, and Refused if something depends on it.
        """
        record = self._record
        with record.change():
            account = self.get(username)
            if not self.is_removable(account):
                raise record.not_removable(f"@{account.username} has or had links or members")
            record.add_event(
                EventKind.ACCOUNT_REMOVED, f"@{account.username} removed", account=account.id, details={"account": account}
            )
            rows.remove(self._store, account)
            return account

    def username_problem(self, username: str) -> Verdict:
        """Ask account.username-format about a new account: is its username valid and free?"""
        bare = clean("username", bare_username(username))
        taken = rows.is_taken(self._store, bare)
        situation = without_shop("create", None, username=bare, username_taken=taken)
        return rules.judge("account.username-format", situation, self._record.policy, self._record.now())

    def new_username(self, username: str) -> str:
        """Read the username of a new account. Raises InvalidInput with the verdict that stops it."""
        bare = clean("username", bare_username(username))
        verdict = self.username_problem(username)
        if verdict.stops:
            raise wrong_username(verdict)
        return bare

    def suggest_username(self, name: str) -> str:
        """Make a free username from a shop's name, such as lumen.candle.co for “Lumen Candle Co.”."""
        plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
        longest = self._record.policy.limit("account.username-format", "max_length", None, self._record.now())
        stem = ".".join(re.findall(r"[a-z0-9]+", plain))[:longest].rstrip(".") or "shop"
        numbered = (f"{stem[: longest - len(str(number))]}{number}" for number in count(2))
        candidates = chain([stem if len(stem) > 1 else f"{stem}.shop"], numbered)
        return next(name for name in candidates if not self.username_problem(name).stops)

    def _stated(self, account: Account, facts: dict[str, Any]) -> Account:
        if unexpected := set(facts) - FACTS:
            raise InvalidInput(sorted(unexpected)[0], "is not a fact of an account")
        from pydantic import ValidationError

        try:
            # existing facts are not judged again
            stated = validated(Account, {**facts, "id": "stated", "username": "stated"})
        except ValidationError as error:
            problem = error.errors(include_url=False)[0]
            raise InvalidInput(str(problem["loc"][-1]), problem_words(problem)) from None
        for field in ("phone", "email"):
            if (value := getattr(stated, field)) and (found := contact_problem(value, field)):
                raise InvalidInput(field, found, message=f"This {found}.", remedy="Write it in full, or leave it out.")
        if stated.region is not None:
            stated = replace(stated, region=read_country("region", stated.region))
        if stated.entity is not None:
            read_country("country", stated.entity.country)
        return replace(account, **{name: getattr(stated, name) for name in facts})

    def _allow(self, account: Account, verdict: Verdict, remedy: str) -> None:
        self._record.allow(f"@{account.username}: {verdict.reason}", (replace(verdict, remedy=remedy),))

    def _check_owner(self, account: Account, before: Account | None) -> None:
        """Refuse to change a seller's organization account's legal entity to another, or to clear it."""
        if account.kind != AccountKind.ORGANIZATION or before is None or account.entity == before.entity:
            return
        if seller := owner(self._store, before):
            situation = without_shop("state", account, seller=shop_rows.seller(self._store, seller))
            verdict = rules.judge("org.same-entity", situation, self._record.policy, self._record.now())
            self._allow(account, verdict, KEEP_IT)

    def _check_links(self, account: Account) -> None:
        """Refuse facts that do not match a live link's shop: name, region, legal entity."""
        record = self._record
        for link in self.links(account):
            shop = shop_rows.by_id(self._store, link.shop)
            asked = ["official.region-match" if link.role == Role.OFFICIAL else "marketing.region-match", "org.same-entity"]
            if link.role == Role.OFFICIAL and link.state == LinkState.LINKED:
                asked.append("official.name-match")
            situation = read_situation(record, "always", shop, link.role, account=account)
            verdicts = [rules.judge(rule, situation, record.policy, record.now()) for rule in asked]
            blocked = tuple(
                verdict
                for verdict in verdicts
                if verdict.outcome == Outcome.BLOCKED or (verdict.stops and verdict.rule == "official.name-match")
            )
            if blocked:
                raise Refused(
                    f"@{account.username} is {'linked to' if link.state == LinkState.LINKED else 'requested by'} {shop.name}: "
                    f"{blocked[0].reason}",
                    remedy="Correct the fact, or end the link first.",
                    verdicts=blocked,
                )


def wrong_username(verdict: Verdict) -> InvalidInput:
    """Make the error for a username that a rule refuses: the rule's reason says what is wrong."""
    said = verdict.reason
    return InvalidInput("username", said, message=said, remedy=verdict.remedy, verdicts=(verdict,))
