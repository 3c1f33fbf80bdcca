"""The use case of plans: what it takes to make an account official or marketing account."""

from __future__ import annotations

from core.accounts import Accounts
from core.lookup import find_shop
from core.models import Role
from core.plan import Plan, plan
from core.read_situation import read_situation
from core.record import Record
from core.store import shops as shop_rows


class Plans:
    """Plans, worked out with the rules. Nothing is written."""

    def __init__(self, record: Record, accounts: Accounts) -> None:
        self._record = record
        self._store = record.store
        self._accounts = accounts

    def make(self, username: str, shop: str, role: Role) -> Plan:
        """Work out the steps to make this account official or marketing account.

        In a record, a username not seen before is an account of which everything is unknown. Raises NotFound, InvalidInput.
        """
        record = self._record
        now = record.settled()
        found = find_shop(self._store, shop)
        account = self._accounts.known(username) or self._accounts.unseen(username, checking=True)
        at = read_situation(record, "request", found, role, account=account)
        elsewhere = {
            link.shop: read_situation(record, "request", shop_rows.by_id(self._store, link.shop), link.role, account=account)
            for link in at.account_links
            if link.shop != found.id
        }
        return plan(at, elsewhere, record.policy, now)
