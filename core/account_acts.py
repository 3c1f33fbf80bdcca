"""What the acts on accounts share: how an account is found, and the events about it."""

from __future__ import annotations

from typing import Any

from core.errors import NotFound
from core.lookalikes import did_you_mean
from core.models import Account, EventKind, Link, Shop
from core.read_situation import shop_then
from core.record import Record
from core.store import accounts as rows
from core.store import links as link_rows
from core.text import bare_username, show


class AccountActs:
    """The base of the use cases of accounts."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._store = record.store

    def get(self, username: str) -> Account:
        """Find the account with this username, with or without @, in any case. Raises NotFound."""
        account = rows.find(self._store, bare_username(username))
        if account is None:
            raise self.not_found(username)
        return account

    def by_id(self, id: str) -> Account:
        """Find the account with this id, whatever its username is now. Raises NotFound."""
        account = rows.find_id(self._store, id)
        if account is None or account.undone_by:
            raise NotFound("This account is no longer in this workspace.", remedy="Choose one from the list.")
        return account

    def not_found(self, username: str) -> NotFound:
        """Make the error for an unknown username, with the one that may be meant."""
        bare = bare_username(username)
        meant = did_you_mean(bare, rows.usernames(self._store))
        return NotFound(
            f"There is no account @{show(bare, 60)} in this workspace.",
            remedy=meant.strip() or "Check the username.",
            command="See the accounts with: shoplink accounts",
        )

    def known(self, username: str) -> Account | None:
        """Find the account with this username, or None."""
        return rows.find(self._store, bare_username(username))

    def links(self, account: Account) -> tuple[Link, ...]:
        """List the account's live links, at any shop."""
        return tuple(link_rows.live_of_account(self._store, account.id))

    def _shop_then(self, account: Account) -> str | None:
        """Find the shop (its id) where the account was linked when the act happened."""
        return shop_then(self._store, account.id, self._record.stated_at)

    def record_stated(
        self, account: Account, what: str, facts: list[str], *, shop: str | None = None, actor: str | None = None, **details: Any
    ) -> None:
        """Add the event that facts of an account were stated, or changed by linking it to `shop` (an id).

        Call it within the change that did so.
        """
        self._record.add_event(
            EventKind.ACCOUNT_STATED,
            f"@{account.username} {what}",
            actor=actor,
            shop=shop,
            account=account.id,
            details={"account": account, "facts": facts, **details},
        )

    def record_username_changed(self, account: Account, before: str, now: str) -> None:
        """Add the event that records a former username, also for the shop that linked the account then.

        Call it within the change that did so.
        """
        self._record.add_event(
            EventKind.ACCOUNT_USERNAME_CHANGED,
            f"@{before} is now @{now}",
            shop=self._shop_then(account),
            account=account.id,
            former=before,
            details={"username_before": before, "username": now, "facts": ["username"]},
        )

    def record_renamed(self, account: Account, before: str | None, shop: Shop) -> None:
        """Add the event that the account took the shop's name. Call it within the change that did so."""
        self._record.add_event(
            EventKind.ACCOUNT_RENAMED,
            f"@{account.username} took the shop's name, {shop.name}",
            shop=shop.id,
            account=account.id,
            details={"account": account, "nickname_before": before, "facts": ["nickname"]},
        )
