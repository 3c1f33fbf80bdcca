"""The use cases of links. Each reads the situation, asks the rules, and writes row and event in one change."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from core import lookalikes, rules
from core.broken_rules import kept
from core.clock import spoken
from core.codes import letters
from core.date_words import SAME_DAY
from core.errors import InvalidInput, NotFound, Refused
from core.lookup import find_shop
from core.models import OPEN, Account, EndedBy, EventKind, Link, LinkState, Role, Shop
from core.past_links import PastLinks
from core.read_situation import read_situation
from core.record import HOLDER, TIKTOK
from core.store import accounts as account_rows
from core.store import links as rows
from core.store.rows import ALL
from core.text import bare_username, clean, show
from core.verdict import Moment, Outcome, Verdict, overall, wait_over
from core.words import ROLES, STATES, asked

NEXT: dict[LinkState, Moment] = {
    LinkState.AWAITING_AUTHORIZATION: "accept",
    LinkState.AUTHORIZED: "submit",
    LinkState.IN_REVIEW: "approve",
    LinkState.LINKED: "unlink",
}
"""The moment for which the rules are asked about a link in each state."""


@dataclass(frozen=True, kw_only=True)
class Check:
    """The answer of each rule to a link that somebody wants."""

    shop: Shop
    account: Account
    role: Role
    outcome: Outcome
    verdicts: tuple[Verdict, ...]
    at_once: bool = False
    """Whether a request would be linked at once, without authorization and review."""
    looks_like: tuple[str, ...] = ()
    """Usernames of other accounts that look like this one: shown only, no rule uses them."""
    former: tuple[str, ...] = ()
    """A sentence if a former username was asked about."""

    @property
    def spelling(self) -> tuple[str, ...]:
        """Warn, in a sentence each, of the accounts that look like this one."""
        return tuple(f"Check the spelling: it looks like @{other}, which is another account." for other in self.looks_like)

    @property
    def until(self) -> datetime | None:
        """When the wait is over, in UTC; None unless a wait is all that stops it."""
        return wait_over(self.verdicts)


def authorization_code(link: str) -> str:
    """The code of a request, such as 7QK2-M9, which the holder sees when they authorize."""
    code = letters(link)
    return f"{code[:4]}-{code[4:]}"


class Links(PastLinks):
    """Links between shops and accounts."""

    def get(self, id: str) -> Link:
        """Find the link with this id. Raises NotFound."""
        self._record.settled()
        return self._find(id)

    def find(
        self, *, shop: str | None = None, account: str | None = None, state: LinkState | None = None, limit: int = ALL
    ) -> tuple[Link, ...]:
        """List links, the newest first: of a shop (code or id), of an account (username) or in a state.

        Raises NotFound.
        """
        self._record.settled()
        of_shop = find_shop(self._store, shop).id if shop else None
        of_account = self._accounts.get(account).id if account else None
        return tuple(rows.search(self._store, of_shop, of_account, state, limit))

    def check(self, username: str, shop: str, role: Role, on: datetime | None = None) -> Check:
        """Ask every rule about linking this account to this shop, before anything is requested.

        `on`: as of this future moment, if nothing changes until then. In a record workspace, a username not seen before
        is an account of which everything is unknown.
        Raises NotFound, and InvalidInput if the username has characters that no text may have, or `on` is past.
        """
        now = self._record.settled()
        if on is not None and on < now:
            raise InvalidInput(
                "the date", "is in the past", remedy="Enter a future date.", command="For earlier rules: shoplink rules --on DAY"
            )
        now = on or self._record.moment()
        found = find_shop(self._store, shop)
        account = account_rows.find(self._store, bare_username(username)) or self._accounts.unseen(username, checking=True)
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
            former=self._accounts.former_notes(username),
        )

    def frequency(self, link: Link) -> Verdict:
        """Ask marketing.link-frequency how often this link's account was linked recently."""
        situation = read_situation(self._record, "request", self._shop(link), Role.MARKETING, account=self.account(link))
        return rules.judge("marketing.link-frequency", situation, self._record.policy, self._record.now())

    def request(self, username: str, shop: str, role: Role, *, agreement: bool, confirmed: Collection[str] = ()) -> Link:
        """Request a link, which takes its slot until the account's holder authorizes it.

        The seller's own organization account is linked at once, as the official account.
        `confirmed`: rules whose unknown facts the person confirms; the link keeps those whose facts are unknown.
        Raises Refused with the verdicts that stop it, NotFound, InvalidInput.
        """
        record = self._record
        with record.change() as now:
            message = "@{username} can't be linked to {shop} as {role} now."
            link, situation = self._new_link(username, shop, role, message, confirmed=confirmed, agreement=agreement)
            link = replace(link, requested_at=now, requested_by=record.actor)
            confirmed_facts = {"rules": list(link.confirmed), "facts": self._facts(link)}
            details: dict[str, Any] = {"confirmed": confirmed_facts} if link.confirmed else {}
            if rules.links_at_once(situation):
                return self._activation.activate(link, **details)
            hours = record.policy.span("link.authorization", "answer_hours", situation.shop.region, now)
            link = replace(link, authorize_by=now + hours)
            rows.add(self._store, link)
            done = "requested" if role == Role.OFFICIAL else "invited"
            summary = f"@{link.username} {done} as {ROLES[role]}"
            record.add_link_event(EventKind.LINK_REQUESTED, link, summary, **details)
            return link

    def authorize(self, id: str) -> Link:
        """Record that the holder accepts: a marketing link is linked, an official one can be submitted.

        Raises Refused with the verdicts that stop it, NotFound, InvalidInput for a moment before the request.
        """
        with self._record.change() as now:
            link = self._in_state(id, "link.authorization", LinkState.AWAITING_AUTHORIZATION)
            if link.role == Role.MARKETING:
                link = self._allowed(link, f"@{link.username} can't become a marketing account now.", self._ask("accept", link))
            else:
                asked = self._ask("accept", link, only="link.authorization")
                link = self._allowed(link, f"The holder of @{link.username} can't accept now.", asked)
            authorized = replace(link, authorized_at=now, state=LinkState.AUTHORIZED)
            self._record.add_link_event(
                EventKind.LINK_AUTHORIZED, authorized, f"The holder of @{link.username} accepted", actor=HOLDER
            )
            if link.role == Role.MARKETING:
                return self._activation.activate(authorized)
            rows.replace(self._store, authorized)
            return authorized

    def decline(self, id: str) -> Link:
        """Record that the holder declines. Raises Refused, NotFound, InvalidInput as `authorize`."""
        with self._record.change() as now:
            link = self._in_state(id, "link.authorization", LinkState.AWAITING_AUTHORIZATION, others=OPEN)
            summary = f"The holder of @{link.username} declined"
            return self._end(link, LinkState.DECLINED, EventKind.LINK_DECLINED, now, summary, HOLDER)

    def expire(self, id: str) -> Link:
        """Record that nobody authorized a request in time, by default at its deadline.

        Raises Refused in practice, where it expires by itself, and for a request that is not waiting for an answer;
        NotFound, InvalidInput for a moment before the request or for a request that could still be answered.
        """
        record = self._record
        if not record.is_record:
            raise Refused("In practice, requests and invitations expire automatically.", remedy="Move the clock at the Desk.")
        with record.change() as now:
            link = self._in_state(id, "link.authorization", LinkState.AWAITING_AUTHORIZATION, others=OPEN)
            at = record.stated_at or max(filter(None, (link.authorize_by, link.last_step_at)))
            if link.authorize_by and at < link.authorize_by:
                until = f"is before the request expires, {spoken(link.authorize_by)}"
                raise InvalidInput("date", until, remedy="Enter a later one.")
            if at > now:
                raise InvalidInput("date", "is in the future: the holder can still answer", remedy="Record it then.")
            summary = f"The {asked(link.role, link.username)} expired without an answer"
            return self._end(link, LinkState.EXPIRED, EventKind.LINK_EXPIRED, at, summary, TIKTOK)

    def submit(self, id: str) -> Link:
        """Send an authorized request to review if the rules allow it; in a record, note that it was sent.

        Raises Refused, NotFound, InvalidInput for a moment before the previous step.
        """
        with self._record.change() as now:
            link = self._in_state(id, "link.authorization", LinkState.AUTHORIZED, others={LinkState.AWAITING_AUTHORIZATION})
            verdicts = self._ask("submit", link) if link.authorized_at else ()
            link = self._allowed(link, f"@{link.username} can't be sent to review now.", verdicts)
            submitted = replace(link, state=LinkState.IN_REVIEW, submitted_at=now)
            rows.replace(self._store, submitted)
            self._record.add_link_event(EventKind.LINK_SUBMITTED, submitted, f"@{link.username} sent to review")
            return submitted

    def check_approve(self, id: str) -> tuple[Verdict, ...]:
        """Ask the rules about approving this request. Raises NotFound."""
        self._record.settled()
        return self._ask("approve", self._find(id))

    def approve(self, id: str) -> Link:
        """Record that TikTok approves: the account is linked and takes the shop's current name.

        The rules are asked again; if one says no, the request stays in review. Raises Refused, NotFound, InvalidInput for a
        moment before the previous step.
        """
        with self._record.change() as now:
            link = self._in_state(id, "link.review", LinkState.IN_REVIEW, others=OPEN)
            message = f"The approval of @{link.username} is not possible now; the request stays in review."
            link = self._allowed(link, message, self._ask("approve", link))
            approved = replace(link, decided_at=now)
            self._record.add_link_event(EventKind.LINK_APPROVED, approved, f"TikTok approved @{link.username}", actor=TIKTOK)
            return self._activation.activate(approved)

    def reject(self, id: str, reason: str) -> Link:
        """Record that TikTok rejects, with a reason. Raises Refused, NotFound, InvalidInput for an empty reason."""
        reason = clean("reason", reason, "reason")
        with self._record.change() as now:
            link = self._in_state(id, "link.review", LinkState.IN_REVIEW, others=OPEN)
            summary = f"TikTok rejected @{link.username}: {reason}"
            return self._end(replace(link, reason=reason), LinkState.REJECTED, EventKind.LINK_REJECTED, now, summary, TIKTOK)

    def cancel(self, id: str, by: EndedBy = EndedBy.SELLER) -> Link:
        """Cancel an open request, or record that TikTok withdrew it. Its slot is free again. Raises Refused, NotFound."""
        with self._record.change() as now:
            link = replace(self._in_state(id, None, *OPEN), ended_by=by)
            by_tiktok = by == EndedBy.TIKTOK
            what = asked(link.role, link.username)
            summary = f"TikTok withdrew the {what}" if by_tiktok else f"The {what} was canceled"
            actor = TIKTOK if by_tiktok else None
            return self._end(link, LinkState.CANCELLED, EventKind.LINK_CANCELLED, now, summary, actor)

    def check_unlink(self, id: str) -> tuple[Verdict, ...]:
        """Ask the rules about unlinking: what blocks it, the unlinks left, the wait.

        Raises Refused if it is not linked, NotFound, InvalidInput for a moment before the link was made.
        """
        self._record.settled()
        return self._ask("unlink", self._in_state(id, None, LinkState.LINKED))

    def unlink_needs_name(self, id: str) -> bool:
        """Check whether this may be the shop's last official unlink, which needs its name. Raises NotFound."""
        link = self._find(id)
        used = rows.unlinks(self._store, link.shop)
        at_most = rules.unlinks_left_at_most(used, self._shop(link), self._record.policy, self._record.moment())
        return link.role == Role.OFFICIAL and at_most == 1

    def check_confirmed(self, id: str, name: str | None) -> None:
        """Check that an unlink which needs the shop's name has it. Raises NotFound, and InvalidInput if it is not the name."""
        shop = self._shop(self._find(id))
        if self.unlink_needs_name(id) and name != shop.name:
            raise InvalidInput(
                "confirmation",
                "is not the shop's name",
                message="That isn't the shop's name." if name else "Enter the shop's name.",
                remedy=f"This is the shop's last unlink. Type its name to confirm: {shop.name}",
            )

    def unlink(self, id: str, confirm: str | None = None, by: EndedBy = EndedBy.SELLER) -> Link:
        """Unlink an account, or record that TikTok ended the link, which uses no unlink.

        `confirm`: the shop's name, needed for the seller's last official unlink. Raises Refused with the verdicts that
        stop it, NotFound, InvalidInput when the name is not the shop's, or for a moment before the link was made.
        """
        with self._record.change() as now:
            link = self._in_state(id, None, LinkState.LINKED)
            if by == EndedBy.SELLER:
                link = self._allowed(link, f"@{link.username} can't be unlinked now.", self._ask("unlink", link))
                self.check_confirmed(id, confirm)
            unlinked = replace(link, state=LinkState.UNLINKED, unlinked_at=now, ended_by=by)
            rows.replace(self._store, unlinked)
            self._add_unlinked(unlinked)
            return unlinked

    def check_next(self, id: str) -> tuple[Verdict, ...]:
        """Ask the rules about what comes next: the link's next step, its unlink, or a new request if it has ended.

        Raises NotFound.
        """
        link = self.get(id)
        if link.state in NEXT:
            return self._ask(NEXT[link.state], link)
        return self.check(link.username, link.shop, link.role).verdicts

    def kept(self, id: str) -> tuple[Verdict, ...]:
        """Ask the rules that a linked account has to keep. Raises NotFound."""
        link = self.get(id)
        return tuple(kept(self._record, self._shop(link), link))

    def _find(self, id: str) -> Link:
        link = rows.find(self._store, id)
        if link is None or link.undone_by:
            problem = f"The link {show(id, 60)} was undone." if link else f"There is no link {show(id, 60)}."
            raise NotFound(problem, remedy="Choose one from the list.", command="See the links with: shoplink links")
        return link

    def _in_state(self, id: str, rule: str | None, *states: LinkState, others: Collection[LinkState] = ()) -> Link:
        """Find a link in one of these states, or an official one in `others` if TikTok went ahead anyway.

        Raises Refused (with `rule`), NotFound, and InvalidInput if the act happened before the link's last step.
        """
        record = self._record
        link = self._find(id)
        reason = f"The link with @{link.username} is {STATES[link.state]}."
        needed = " or ".join(STATES[state] for state in LinkState if state in states)
        remedy = f"This step is only for a link that is {needed}."
        verdicts = (Verdict(rule=rule, outcome=Outcome.BLOCKED, reason=reason, remedy=remedy),) if rule else ()
        ahead = link.state in others and link.role == Role.OFFICIAL  # a marketing one is never in another open state
        if link.state not in states and not ahead:
            raise Refused(reason, remedy=remedy, verdicts=verdicts)
        at, last = record.stated_at, link.last_step_at
        is_end = at == last and link.state == LinkState.LINKED  # of two dates alone
        if at and last and (at < last or is_end):
            raise InvalidInput(
                "date",
                f"is {'that of' if is_end else 'before'} the last step of this link, {spoken(last)}",
                remedy=f"Enter a later one. {SAME_DAY}",
            )
        return link if link.state in states else self._allowed(link, reason, verdicts)

    def _facts(self, link: Link) -> list[str]:
        """List the unknown facts of its account that were confirmed at the request."""
        asked = {fact for rule in link.confirmed for fact in self._record.policy.rules[rule].facts}
        return [fact for fact in self.account(link).unknown if fact in asked]

    def _end(self, link: Link, state: LinkState, kind: EventKind, at: datetime, summary: str, actor: str | None = None) -> Link:
        ended = replace(link, state=state, decided_at=at)
        rows.replace(self._store, ended)
        self._record.add_link_event(kind, ended, summary, at=at, actor=actor)
        return ended
