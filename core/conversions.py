"""The use case of TikTok's update of an account to an organization account, and of its trial."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from core import rules
from core.account_acts import AccountActs
from core.errors import Refused
from core.lookup import check_newest
from core.models import Account, AccountKind, EventKind, MemberState
from core.read_situation import without_shop
from core.record import TIKTOK
from core.store import accounts as rows
from core.store import events
from core.store import members as member_rows
from core.text import mask_contact
from core.verdict import Outcome, Verdict


class Conversions(AccountActs):
    """TikTok's updates of accounts to organization accounts."""

    def convert(self, username: str, *, cancel: bool = False) -> Account:
        """Record TikTok's update to an organization account, or that its trial was canceled.

        Raises Refused in practice (org.no-conversion), and if there is nothing to update or to cancel; NotFound,
        InvalidInput for a moment before the newest statement of its type.
        """
        record = self._record
        with record.change() as now:
            before = self.get(username)
            situation = without_shop("state", before, kind=AccountKind.ORGANIZATION)
            verdict = rules.judge("org.no-conversion", situation, record.policy, now)
            if not record.is_record:
                raise Refused(verdict.reason, remedy=verdict.remedy, verdicts=(verdict,))
            check_newest(record, "account", before.id, ["kind"])
            if cancel:
                return self._cancel_conversion(before, now)
            if before.kind == AccountKind.ORGANIZATION:
                raise Refused(f"@{before.username} is already an organization account.", remedy="Nothing to record.")
            after = replace(before, kind=AccountKind.ORGANIZATION, converted_at=now)
            rows.replace(self._store, after)
            self.record_stated(
                after,
                "was updated to an organization account",
                ["kind"],
                shop=self._shop_then(after),
                actor=TIKTOK,
                kind_before=before.kind,
            )
            return after

    def trial_end(self, account: Account) -> datetime | None:
        """Find when the account is an organization account for good, in UTC; None if it was not updated."""
        days = self._record.policy.span("org.no-conversion", "trial_days", account.region, self._record.now())
        return account.converted_at and account.converted_at + days

    def _cancel_conversion(self, before: Account, now: datetime) -> Account:
        record = self._record
        if before.converted_at is None or before.kind != AccountKind.ORGANIZATION:
            raise Refused(f"No update of @{before.username} has been entered.", remedy="Nothing to cancel.")
        days = record.policy.span("org.no-conversion", "trial_days", before.region, now)
        if now >= before.converted_at + days:
            reason = f"The trial of {days.days} days was over."
            verdict = Verdict(rule="org.no-conversion", outcome=Outcome.BLOCKED, reason=reason, remedy="Check the date.")
            record.allow(reason, (verdict,))
        kind = events.kind_before_conversion(self._store, before.id)
        after = replace(before, kind=AccountKind(kind) if kind else None, converted_at=None)
        rows.replace(self._store, after)
        what = "is no longer an organization account: the trial was canceled"
        self.record_stated(after, what, ["kind"], shop=self._shop_then(after), actor=TIKTOK)
        self._end_team(after)
        return after

    def _end_team(self, account: Account) -> None:
        """Remove the members of what is not an organization account any more, and end its open invitations.

        Call it within a change.
        """
        for member in member_rows.of_account(self._store, account.id):
            at = max(self._record.moment(), member.accepted_at or member.invited_at)
            who = mask_contact(member.contact)
            if member.state == MemberState.INVITED:
                kind, ended = EventKind.MEMBER_EXPIRED, replace(member, state=MemberState.EXPIRED)
                summary = f"The invitation to {who} ended with the organization account"
            elif member.state == MemberState.ACTIVE:
                kind, ended = EventKind.MEMBER_REMOVED, replace(member, state=MemberState.REMOVED, removed_at=at)
                summary = f"{who} was removed with the organization account"
            else:
                continue
            member_rows.replace(self._store, ended)
            self._record.add_event(
                kind,
                summary,
                at=at,
                actor=TIKTOK,
                shop=self._shop_then(account),
                account=account.id,
                member=member.id,
                details={"member": ended},
            )
