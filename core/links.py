"""The use cases of links. Each reads the situation, asks the rules, and writes row and event in one change."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from core import lookalikes, rules
from core.accounts import Accounts
from core.errors import InvalidInput, NotFound, Refused, refuse
from core.lookup import find_shop
from core.models import OPEN, Account, AccountKind, EndedBy, EventKind, Link, LinkState, Role, Shop, WorkspaceKind
from core.policy import Moment
from core.read_situation import read_situation
from core.record import Record
from core.store import accounts as account_rows
from core.store import links as rows
from core.store import shops as shop_rows
from core.store.connection import Store
from core.store.rows import ALL
from core.text import bare_username, clean
from core.verdict import Outcome, Verdict, overall

ROLE_WORDS = {Role.OFFICIAL: "official account", Role.MARKETING: "marketing account"}
STATE_WORDS = {
    LinkState.AWAITING_AUTHORIZATION: "awaiting authorization",
    LinkState.AUTHORIZED: "authorized",
    LinkState.IN_REVIEW: "in review",
    LinkState.LINKED: "linked",
    LinkState.UNLINKED: "unlinked",
    LinkState.DECLINED: "declined",
    LinkState.EXPIRED: "expired",
    LinkState.CANCELLED: "cancelled",
    LinkState.REJECTED: "rejected",
}


@dataclass(frozen=True, kw_only=True)
class Check:
    """What every rule answers to a link that somebody wants."""

    shop: Shop
    account: Account
    role: Role
    outcome: Outcome
    verdicts: tuple[Verdict, ...]
    at_once: bool = False
    """Whether a request would be linked at once: without authorization and without review."""
    looks_like: tuple[str, ...] = ()
    """Usernames of other accounts that look like this one. No rule decides on them: they are shown."""

    @property
    def until(self) -> datetime | None:
        """The moment from which nothing has to be waited for, in UTC; None unless waiting is all that is needed."""
        waits = [verdict.until for verdict in self.verdicts if verdict.outcome == Outcome.WAIT and verdict.until]
        return max(waits) if waits and self.outcome == Outcome.WAIT else None


def authorization_code(link: str) -> str:
    """The code of a request, such as 7QK2-M9: the account's holder sees it when they authorize."""
    code = base64.b32encode(hashlib.sha256(link.encode()).digest()).decode()[:6]
    return f"{code[:4]}-{code[4:]}"


class Links:
    """Links between shops and accounts."""

    def __init__(self, record: Record, accounts: Accounts) -> None:
        self._record = record
        self._store = record.store
        self._accounts = accounts

    def get(self, id: str) -> Link:
        """Find the link with this id. Raises NotFound."""
        self._record.settled()
        return self._find(id)

    def find(self, *, shop: str | None = None, state: LinkState | None = None, limit: int = ALL) -> tuple[Link, ...]:
        """List links, the newest first, of one shop (code or id) or in one state if given. Raises NotFound."""
        self._record.settled()
        found = find_shop(self._store, shop).id if shop else None
        return tuple(rows.search(self._store, found, state, limit))

    def account(self, link: Link) -> Account:
        """Find the account of a link, as it is now."""
        return account_rows.of_link(self._store, link)

    def check(self, username: str, shop: str, role: Role, on: datetime | None = None) -> Check:
        """Ask every rule about linking this account to this shop, before anything is requested.

        `on`: as of this moment to come, should nothing change until then. In a record workspace a username not seen before
        is an account of which everything is unknown.
        Raises NotFound, and InvalidInput when the username holds what no text may hold, or `on` is past.
        """
        now = self._record.settled()
        if on is not None and on < now:
            past = "Name a day to come. For the rules of an earlier day: shoplink rules --on"
            raise InvalidInput("the date", "is past", remedy=past)
        now = on or now
        found = find_shop(self._store, shop)
        account = account_rows.find(self._store, bare_username(username)) or self._unseen(username, checking=True)
        situation = read_situation(self._record, "request", found, role, account=account)
        verdicts = rules.ask(situation, self._record.policy, now)
        near = account_rows.near(self._store, account.username, found.seller, lookalikes.COMPARED)
        return Check(
            shop=found,
            account=account,
            role=role,
            outcome=overall(verdicts),
            verdicts=verdicts,
            at_once=rules.links_at_once(situation),
            looks_like=lookalikes.alike(account.username, near),
        )

    def frequency(self, link: Link) -> Verdict:
        """Ask marketing.link-frequency how often this link's account has become a marketing account lately."""
        situation = read_situation(self._record, "request", self._shop(link), Role.MARKETING, account=self.account(link))
        return rules.judge("marketing.link-frequency", situation, self._record.policy, self._record.now())

    def request(self, username: str, shop: str, role: Role, *, agreement: bool, confirmed: Collection[str] = ()) -> Link:
        """Request a link. It takes its slot from now on, and the account's holder has to authorize it.

        The seller's own organization account is linked at once, as the official account.
        `confirmed`: rules whose unknown facts the person confirms; the link keeps those whose facts are unknown.
        Raises Refused with the verdicts that stop it, NotFound, InvalidInput.
        """
        record = self._record
        with record.change() as now:
            found = find_shop(self._store, shop)
            known = account_rows.find(self._store, bare_username(username))
            account = known or self._unseen(username)
            situation = read_situation(self._record, "request", found, role, account=account, agreement=agreement)
            verdicts = rules.ask(situation, record.policy, now)
            unknown = (verdict.rule for verdict in verdicts if verdict.outcome == Outcome.UNKNOWN)
            ignored = tuple(rule for rule in unknown if rule in confirmed)
            refuse(f"@{account.username} cannot be linked to {found.name} as {ROLE_WORDS[role]} now.", verdicts, ignored)
            if not known:
                account = replace(account, id=record.new_id("account", "acc"))
                account_rows.add(self._store, account)
                self._accounts.record_stated(account, "added, with every fact unknown", [])
            link = Link(
                id=record.new_id("link", "lnk"),
                shop=found.id,
                account=account.id,
                username=account.username,
                role=role,
                state=LinkState.AWAITING_AUTHORIZATION,
                requested_at=now,
                requested_by=record.actor,
                confirmed=ignored,
            )
            details = {"confirmed": {"rules": list(ignored), "facts": self._facts(ignored, account)}} if ignored else {}
            if rules.links_at_once(situation):
                return self.add_linked(link, now, **details)
            link = replace(link, authorize_by=now + record.policy.span("link.authorization", "answer_hours", found.region, now))
            rows.add(self._store, link)
            self._add_event(EventKind.LINK_REQUESTED, link, f"@{account.username} asked for as {ROLE_WORDS[role]}", **details)
            return link

    def authorize(self, id: str) -> Link:
        """Record that the account's holder accepts. A marketing link is linked at once; an official one can now be submitted.

        Raises Refused with the verdicts that stop it, NotFound.
        """
        with self._record.change() as now:
            link = self._in_state(id, "link.authorization", LinkState.AWAITING_AUTHORIZATION)
            if link.role == Role.MARKETING:
                refuse(f"@{link.username} cannot become a marketing account now.", self._ask("accept", link, now))
            authorized = replace(link, authorized_at=now, state=LinkState.AUTHORIZED)
            self._add_event(EventKind.LINK_AUTHORIZED, authorized, f"The holder of @{link.username} accepted")
            if link.role == Role.MARKETING:
                return self._activate(authorized, now)
            rows.replace(self._store, authorized)
            return authorized

    def decline(self, id: str) -> Link:
        """Record that the account's holder declines. Raises Refused, NotFound."""
        with self._record.change() as now:
            link = self._in_state(id, "link.authorization", LinkState.AWAITING_AUTHORIZATION)
            return self._end(link, LinkState.DECLINED, EventKind.LINK_DECLINED, now, f"The holder of @{link.username} declined")

    def check_submit(self, id: str) -> tuple[Verdict, ...]:
        """Ask the rules about sending this request to review now. Raises NotFound."""
        now = self._record.settled()
        return self._ask("submit", self._find(id), now)

    def submit(self, id: str) -> Link:
        """Send an authorized request to review, after asking the rules again. Raises Refused, NotFound."""
        with self._record.change() as now:
            link = self._in_state(id, "link.authorization", LinkState.AUTHORIZED)
            refuse(f"@{link.username} cannot be sent to review now.", self._ask("submit", link, now))
            submitted = replace(link, state=LinkState.IN_REVIEW, submitted_at=now)
            rows.replace(self._store, submitted)
            self._add_event(EventKind.LINK_SUBMITTED, submitted, f"@{link.username} sent to review")
            return submitted

    def check_approve(self, id: str) -> tuple[Verdict, ...]:
        """Ask the rules about approving this request now. Raises NotFound."""
        now = self._record.settled()
        return self._ask("approve", self._find(id), now)

    def approve(self, id: str) -> Link:
        """Record that TikTok approves: the account is linked, and takes the name that the shop has now.

        The rules are asked again; when one says no the request stays in review. Raises Refused, NotFound.
        """
        with self._record.change() as now:
            link = self._in_state(id, "link.review", LinkState.IN_REVIEW)
            refuse(
                f"The approval of @{link.username} is not possible now; the request stays in review.",
                self._ask("approve", link, now),
            )
            approved = replace(link, decided_at=now)
            self._add_event(EventKind.LINK_APPROVED, approved, f"TikTok approved @{link.username}")
            return self._activate(approved, now)

    def reject(self, id: str, reason: str) -> Link:
        """Record that TikTok rejects, with a reason. Raises Refused, NotFound, InvalidInput for an empty reason."""
        reason = clean("reason", reason, "reason")
        with self._record.change() as now:
            link = self._in_state(id, "link.review", LinkState.IN_REVIEW)
            rejected = replace(link, reason=reason)
            return self._end(
                rejected, LinkState.REJECTED, EventKind.LINK_REJECTED, now, f"TikTok rejected @{link.username}: {reason}"
            )

    def cancel(self, id: str) -> Link:
        """Cancel an open request. Its slot is free again. Raises Refused, NotFound."""
        with self._record.change() as now:
            link = replace(self._in_state(id, None, *OPEN), ended_by=EndedBy.SELLER)
            return self._end(
                link, LinkState.CANCELLED, EventKind.LINK_CANCELLED, now, f"The request for @{link.username} was cancelled"
            )

    def check_unlink(self, id: str) -> tuple[Verdict, ...]:
        """Ask the rules about unlinking now: what blocks it, the unlinks left, the wait. Raises NotFound."""
        now = self._record.settled()
        return self._ask("unlink", self._find(id), now)

    def unlink_needs_name(self, id: str) -> bool:
        """Say whether this is the shop's last official unlink: its name has to be typed then. Raises NotFound."""
        link = self._find(id)
        used = rows.unlinks(self._store, link.shop)
        left = rules.unlinks_left(used, self._shop(link), self._record.policy, self._record.now())
        return link.role == Role.OFFICIAL and left == 1

    def unlink(self, id: str, confirm: str | None = None) -> Link:
        """Unlink a linked account. `confirm`: the shop's name, needed for the last official unlink.

        Raises Refused with the verdicts that stop it, NotFound, InvalidInput when the name is not the shop's.
        """
        with self._record.change() as now:
            link = self._in_state(id, None, LinkState.LINKED)
            refuse(f"@{link.username} cannot be unlinked now.", self._ask("unlink", link, now))
            shop = self._shop(link)
            if self.unlink_needs_name(id) and confirm != shop.name:
                raise InvalidInput(
                    "confirmation",
                    "is not the shop's name",
                    remedy=f"This is the shop's last unlink. Type its name to confirm: {shop.name}",
                )
            number = rows.unlinks(self._store, shop.id) + (shop.unlinks_before or 0) + 1
            unlinked = replace(link, state=LinkState.UNLINKED, unlinked_at=now, ended_by=EndedBy.SELLER)
            rows.replace(self._store, unlinked)
            counted = f", the shop's unlink number {number}" if link.role == Role.OFFICIAL else ""
            self._add_event(EventKind.LINK_UNLINKED, unlinked, f"@{link.username} unlinked as {ROLE_WORDS[link.role]}{counted}")
            return unlinked

    def add_linked(self, link: Link, now: datetime, **details: Any) -> Link:
        """Add a link that is linked from the start: that of the seller's own organization account, old or new."""
        return self._activate(link, now, rows.add, **details)

    def _ask(self, moment: Moment, link: Link, now: datetime) -> tuple[Verdict, ...]:
        situation = read_situation(self._record, moment, self._shop(link), link.role, account=self.account(link), link=link)
        return rules.ask(situation, self._record.policy, now)

    def _find(self, id: str) -> Link:
        link = rows.find(self._store, id)
        if link is None:
            raise NotFound(f"There is no link {id}.", remedy="See the links with: shoplink links")
        return link

    def _in_state(self, id: str, rule: str | None, *states: LinkState) -> Link:
        link = self._find(id)
        if link.state not in states:
            reason = f"The link with @{link.username} is {STATE_WORDS[link.state]}."
            needed = " or ".join(STATE_WORDS[state] for state in LinkState if state in states)
            remedy = f"This is possible while it is {needed}."
            verdicts = (Verdict(rule=rule, outcome=Outcome.BLOCKED, reason=reason, remedy=remedy),) if rule else ()
            raise Refused(reason, remedy=remedy, verdicts=verdicts)
        return link

    def _shop(self, link: Link) -> Shop:
        return shop_rows.by_id(self._store, link.shop)

    def _unseen(self, username: str, *, checking: bool = False) -> Account:
        """Make an account that is not in the workspace yet, with every fact unknown."""
        bare = clean("username", bare_username(username))
        verdict = self._accounts.username_problem(username)
        if verdict.stops and not checking:
            raise InvalidInput("username", f"cannot be @{bare}: {verdict.reason}", remedy=verdict.remedy, verdicts=(verdict,))
        if self._record.kind == WorkspaceKind.PRACTICE and not verdict.stops:
            remedy = f"{self._accounts.near(bare)}See the accounts with: shoplink accounts"
            raise NotFound(f"There is no account @{bare} in this practice workspace.", remedy=remedy)
        return Account(id="", username=bare)

    def _facts(self, confirmed: tuple[str, ...], account: Account) -> list[str]:
        asked = {fact for rule in confirmed for fact in self._record.policy.rules[rule].facts}
        return [fact for fact in account.unknown if fact in asked]

    def _end(self, link: Link, state: LinkState, kind: EventKind, now: datetime, summary: str) -> Link:
        ended = replace(link, state=state, decided_at=now)
        rows.replace(self._store, ended)
        self._add_event(kind, ended, summary)
        return ended

    def _activate(self, link: Link, now: datetime, write: Callable[[Store, Link], None] = rows.replace, **details: Any) -> Link:
        """Make the link linked, and change what that changes of the account: name, kind, seller and legal entity."""
        record = self._record
        before = self.account(link)
        shop = self._shop(link)
        changed: dict[str, Any] = {}
        if before.kind == AccountKind.PERSONAL:
            changed["kind"] = AccountKind.BUSINESS
        if before.kind == AccountKind.ORGANIZATION and before.seller is None:
            changed["seller"] = shop.seller
            changed["entity"] = before.entity or shop_rows.seller(self._store, shop.seller).entity
        nickname = shop.name if link.role == Role.OFFICIAL else before.nickname
        after = replace(before, **changed, nickname=nickname)
        if after != before:
            account_rows.replace(self._store, after)
        linked = replace(link, state=LinkState.LINKED, linked_at=now, linked_by=record.actor)
        write(self._store, linked)
        self._add_event(EventKind.LINK_LINKED, linked, f"@{link.username} linked as {ROLE_WORDS[link.role]}", **details)
        if after.nickname != before.nickname:
            self._accounts.record_renamed(after, before.nickname, shop)
        if changed:
            became = "a business account" if "kind" in changed else "this seller’s own"
            self._accounts.record_stated(after, f"is now {became}", sorted(changed), shop=shop.id)
        return linked

    def _add_event(self, kind: EventKind, link: Link, summary: str, **details: Any) -> None:
        self._record.add_event(
            kind,
            summary,
            shop=link.shop,
            link=link.id,
            account=link.account,
            details={"link": link, **details},
        )
