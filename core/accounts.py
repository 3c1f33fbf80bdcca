"""The use cases of accounts: find them, and state facts about them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import fields, replace
from itertools import chain, count
from typing import Any

from core import rules
from core.errors import InvalidInput, NotFound, Refused
from core.lookup import MAX_NEAR, check_market
from core.models import Account, EventKind, Link, LinkState, Role, Shop
from core.read_situation import read_situation, without_shop
from core.record import Record
from core.store import accounts as rows
from core.store import links as link_rows
from core.store import shops as shop_rows
from core.store.rows import ALL
from core.text import bare_username, clean, contact_problem, country_code, meant
from core.validation import validated
from core.verdict import Outcome, Verdict

FACTS = frozenset(field.name for field in fields(Account)) - {"id", "username", "former", "seller", "converted_at"}
KEEP_IT = "Leave the fact as it is: the account is linked, or belongs to a seller, as what it is."


class Accounts:
    """The TikTok accounts the workspace knows of."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._store = record.store

    def get(self, username: str) -> Account:
        """Find the account with this username, with or without @, in any case. Raises NotFound."""
        account = rows.find(self._store, bare_username(username))
        if account is None:
            bare = bare_username(username)
            remedy = f"{self.near(bare)}See the accounts with: shoplink accounts"
            raise NotFound(f"There is no account @{bare} here.", remedy=remedy)
        return account

    def near(self, username: str) -> str:
        """Return the question whether the account with the nearest username was meant; "" where none is near."""
        return meant(username, (account.username for account in rows.search(self._store, "", MAX_NEAR)))

    def known(self, username: str) -> Account | None:
        """Find the account with this username, or None."""
        return rows.find(self._store, bare_username(username))

    def find(self, query: str = "", limit: int = ALL) -> tuple[Account, ...]:
        """List accounts by username, only those with `query` in username or nickname."""
        return tuple(rows.search(self._store, query.removeprefix("@"), limit))

    def confirmed(self, account: Account) -> tuple[str, ...]:
        """List the unknown facts that a person has confirmed for a live link of this account."""
        rules_confirmed = {rule for link in link_rows.live_of_account(self._store, account.id) for rule in link.confirmed}
        facts = {fact for rule in rules_confirmed for fact in self._record.policy.rules[rule].facts}
        return tuple(fact for fact in account.unknown if fact in facts)

    def links(self, account: Account) -> tuple[Link, ...]:
        """List the account's live links, at any shop."""
        return tuple(link_rows.live_of_account(self._store, account.id))

    def state(self, username: str, **facts: Any) -> Account:
        """State facts about an account, new or known; a fact given as None is withdrawn and unknown again.

        In a record workspace a seller states what they know; in a practice workspace this plays TikTok's side.
        Raises InvalidInput, and Refused with org.no-conversion or the rule of a live link or an owner it would break.
        """
        record = self._record
        with record.change() as now:
            bare = clean("username", bare_username(username))
            before = rows.find(self._store, bare)
            if before is None and (verdict := self.username_problem(username)).stops:
                raise InvalidInput("username", f"cannot be @{bare}: {verdict.reason}", remedy=verdict.remedy, verdicts=(verdict,))
            account = self._stated(before or Account(id=record.new_id("account", "acc"), username=bare), facts)
            if account.entity and before and before.entity and account.entity.same_as(before.entity):
                account = replace(account, entity=before.entity.completed_by(account.entity))
            if account == before:
                return account
            if before and account.kind != before.kind:
                situation = without_shop("state", before, kind=account.kind, account_links=self.links(before))
                verdict = rules.judge("org.no-conversion", situation, record.policy, now)
                self._refuse(account, verdict, KEEP_IT if before.seller or situation.account_links else verdict.remedy)
            self._check_owner(account)
            self._check_links(account)
            (rows.replace if before else rows.add)(self._store, account)
            account = self.get(bare)  # with its legal entity in the words in which it is known
            named = ", ".join(sorted(facts)).replace("_", " ")
            what = f"stated: {named}" if named else "added, with every fact unknown"
            self.record_stated(account, what, sorted(facts))
            return account

    def username_problem(self, username: str) -> Verdict:
        """Ask account.username-format about a new account: the username's form, and whether it is taken."""
        bare = clean("username", bare_username(username))
        taken = rows.is_taken(self._store, bare)
        situation = without_shop("create", None, username=bare, username_taken=taken)
        return rules.judge("account.username-format", situation, self._record.policy, self._record.now())

    def suggest_username(self, name: str) -> str:
        """Make a free username from a shop's name, such as lumen.candle.co for “Lumen Candle Co.”."""
        plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
        longest = self._record.policy.limit("account.username-format", "max_length", None, self._record.now())
        stem = ".".join(re.findall(r"[a-z0-9]+", plain))[:longest].rstrip(".") or "shop"
        numbered = (f"{stem[: longest - len(str(number))]}{number}" for number in count(2))
        candidates = chain([stem if len(stem) > 1 else f"{stem}.shop"], numbered)
        return next(name for name in candidates if not self.username_problem(name).stops)

    def record_stated(self, account: Account, what: str, facts: list[str], shop: str | None = None) -> None:
        """Add the event that facts of an account were stated, or changed by linking it to `shop` (an id).

        Call it within the change that did so.
        """
        self._record.add_event(
            EventKind.ACCOUNT_STATED,
            f"@{account.username} {what}",
            shop=shop,
            account=account.id,
            details={"account": account, "facts": facts},
        )

    def record_renamed(self, account: Account, before: str | None, shop: Shop) -> None:
        """Add the event that the account took the shop's name. Call it within the change that did so."""
        self._record.add_event(
            EventKind.ACCOUNT_RENAMED,
            f"@{account.username} took the shop's name, {shop.name}",
            shop=shop.id,
            account=account.id,
            details={"account": account, "nickname_before": before},
        )

    def _stated(self, account: Account, facts: dict[str, Any]) -> Account:
        if unexpected := set(facts) - FACTS:
            raise InvalidInput(sorted(unexpected)[0], "is not a fact of an account")
        from pydantic import ValidationError

        try:
            # what is there already is not judged again
            stated = validated(Account, {**facts, "id": "stated", "username": "stated"})
        except ValidationError as error:
            problem = error.errors(include_input=False, include_url=False)[0]
            raise InvalidInput(str(problem["loc"][-1]), problem["msg"], remedy="Give it again, as one plain value.") from None
        for field in ("phone", "email"):
            if (value := getattr(stated, field)) and (found := contact_problem(value)):
                raise InvalidInput(field, found, remedy="Write it in full, or leave it out.")
        if stated.region is not None:
            stated = replace(stated, region=country_code(stated.region))
            check_market(self._record.policy, str(stated.region))
        return replace(account, **{name: getattr(stated, name) for name in facts})

    def _refuse(self, account: Account, verdict: Verdict, remedy: str) -> None:
        if verdict.stops:
            raise Refused(f"@{account.username}: {verdict.reason}", remedy=remedy, verdicts=(verdict,))

    def _check_owner(self, account: Account) -> None:
        """Refuse another legal entity, or none, for an organization account that belongs to a seller."""
        if account.seller:
            owner = shop_rows.find_seller(self._store, account.seller)
            situation = without_shop("state", account, seller=owner)
            verdict = rules.judge("org.same-entity", situation, self._record.policy, self._record.now())
            self._refuse(account, verdict, KEEP_IT)

    def _check_links(self, account: Account) -> None:
        """Refuse facts that do not fit a live link of the account: its shop's name, region or legal entity."""
        record = self._record
        for link in self.links(account):
            shop = shop_rows.by_id(self._store, link.shop)
            asked = ["official.region-match" if link.role == Role.OFFICIAL else "marketing.region-match", "org.same-entity"]
            if link.role == Role.OFFICIAL and link.state == LinkState.LINKED:
                asked.append("official.name-match")
            situation = read_situation(record, "always", shop, link.role, account=account)
            verdicts = [rules.judge(rule, situation, record.policy, record.now()) for rule in asked]
            blocked = tuple(verdict for verdict in verdicts if verdict.outcome == Outcome.BLOCKED)
            if blocked:
                raise Refused(
                    f"@{account.username} is {'linked to' if link.state == LinkState.LINKED else 'asked for by'} {shop.name}: "
                    f"{blocked[0].reason}",
                    remedy="Correct the fact, or end the link first.",
                    verdicts=blocked,
                )
