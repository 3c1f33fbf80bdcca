"""The use cases of organization accounts: create and link one, and manage its members."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from core import rules, teams
from core.accounts import FACTS, Accounts, wrong_username
from core.activation import Activation
from core.clock import spoken
from core.date_words import SAME_DAY
from core.errors import InvalidInput, NotFound, Refused
from core.links import Check
from core.lookup import check_newest, find_shop
from core.models import (
    Account,
    AccountKind,
    EventKind,
    Link,
    LinkOrigin,
    LinkState,
    Member,
    MemberRole,
    MemberState,
    Role,
    Shop,
    Standing,
)
from core.read_situation import owner, read_situation
from core.record import TIKTOK, Record
from core.store import accounts as account_rows
from core.store import members as rows
from core.store import shops as shop_rows
from core.text import bare_username, clean, contact_problem, mask_contact, show
from core.verdict import Moment, Outcome, Verdict, overall

INVITE_AGAIN = "Invite the person again."
REMOVE_FIRST = "Invite somebody else, or remove this person first."
CHANGE_ROLE = "Invite somebody else, or change this person's role."
IN_ORDER = "Undo the later entry first, then enter both in the order in which they happened."
JOINED_ALREADY = "This person is a member already: nothing to record. You can change the role, or remove the person."
RECORD_EXPIRED = "Record that the invitation expired, then invite the person again."


class Organizations:
    """Organization accounts and their members."""

    def __init__(self, record: Record, accounts: Accounts) -> None:
        self._record = record
        self._store = record.store
        self._accounts = accounts
        self._activation = Activation(record, accounts)

    def check_create(self, shop: str, username: str | None = None) -> Check:
        """Ask every rule about creating an organization account for this shop. Raises NotFound, InvalidInput.

        Without a username, the rules are asked about the suggested one.
        """
        record = self._record
        record.settled()
        now = record.moment()
        found = find_shop(self._store, shop)
        bare = clean("username", bare_username(username or self._accounts.suggest_username(found.name)))
        account = Account(
            id="",
            username=bare,
            nickname=found.name,
            kind=AccountKind.ORGANIZATION,
            region=found.region,
            entity=shop_rows.seller(self._store, found.seller).entity,
        )
        taken = account_rows.is_taken(self._store, bare)
        situation = read_situation(record, "create", found, Role.OFFICIAL, account=account, username_taken=taken)
        verdicts = rules.ask(situation, record.policy, now)
        return Check(shop=found, account=account, role=Role.OFFICIAL, outcome=overall(verdicts), verdicts=verdicts, at_once=True)

    def create(self, shop: str, *, contact: str = "", username: str | None = None) -> Link:
        """Create an organization account named after the shop, owned by its seller, and link it without review.

        `contact` (email or phone) becomes its first admin; in a record it may be left out. Raises Refused, NotFound,
        InvalidInput.
        """
        record = self._record
        if contact:
            contact = read_contact(contact)
        elif not record.is_record:
            raise InvalidInput.empty("contact", "the email or phone number of the person who logs in first")
        with record.change() as now:
            check = self.check_create(shop, username)
            format_verdict = next(verdict for verdict in check.verdicts if verdict.rule == "account.username-format")
            taken = account_rows.is_taken(self._store, check.account.username)
            message = f"{check.shop.name} can't get a new organization account now."
            if taken:  # which makes no sense in any record
                stopping = tuple(verdict for verdict in check.verdicts if verdict.stops)
                raise Refused(message, remedy=format_verdict.remedy, verdicts=stopping)
            if format_verdict.stops:
                raise wrong_username(format_verdict)
            against = record.allow(message, check.verdicts)
            account = replace(
                check.account,
                id=record.new_id("account", "acc"),
                email=contact if "@" in contact else None,
                phone=contact if contact and "@" not in contact else None,
                identity_verified=True,
                standing=Standing.GOOD,
                holder_is_adult=True,
            )
            account_rows.add(self._store, account)
            record.add_event(
                EventKind.ORGANIZATION_CREATED,
                f"Organization account @{account.username} created for {check.shop.name}",
                shop=check.shop.id,
                account=account.id,
                details={"account": account, "facts": sorted(FACTS)},
            )
            if contact:
                self._add_first_admin(account, contact, check.shop)
            link = Link(
                id=record.new_id("link", "lnk"),
                shop=check.shop.id,
                account=account.id,
                username=account.username,
                role=Role.OFFICIAL,
                origin=LinkOrigin.CREATED,
                state=LinkState.LINKED,
                requested_at=now,
                requested_by=record.actor,
                against=against,
            )
            return self._activation.activate(link)

    def _add_first_admin(self, account: Account, contact: str, shop: Shop) -> None:
        now = self._record.moment()
        admin = Member(
            id=self._record.new_id("member", "mem"),
            account=account.id,
            username=account.username,
            contact=contact,
            role=MemberRole.ADMIN,
            state=MemberState.ACTIVE,
            invited_at=now,
            accepted_at=now,
        )
        rows.add(self._store, admin)
        self._add_event(EventKind.MEMBER_ACCEPTED, admin, f"{mask_contact(contact)} is its first admin", shop.id)

    def linkable(self, shop: str) -> tuple[Account, ...]:
        """List the seller's organization accounts that are not linked or requested anywhere. Raises NotFound."""
        self._record.settled()
        seller = find_shop(self._store, shop).seller
        unlinked = account_rows.unlinked_at_seller(self._store, seller)
        return tuple(account for account in unlinked if owner(self._store, account) == seller)

    def of_shop(self, shop: str) -> Account:
        """Find the organization account whose team this shop has, if unlinked too. Raises NotFound, Refused if it has none."""
        return teams.of_shop(self._record, find_shop(self._store, shop))

    def members(self, shop: str) -> tuple[Member, ...]:
        """List the members of the shop's organization account, the oldest first. Raises NotFound, Refused."""
        self._record.settled()
        return tuple(rows.of_account(self._store, self.of_shop(shop).id))

    def every_member(self) -> tuple[Member, ...]:
        """List the members of every organization account, the oldest first."""
        with self._store.read():
            return tuple(rows.every(self._store))

    def invite(self, shop: str, contact: str, role: MemberRole) -> Member:
        """Invite a person to the shop's organization account.

        Raises Refused, also as of a moment when the shop had none; NotFound, InvalidInput.
        """
        record = self._record
        contact = read_contact(contact)
        with record.change() as now:
            found = find_shop(self._store, shop)
            account = teams.linked(record, found)
            self._check_absent(account, contact, now)
            member = Member(
                id=record.new_id("member", "mem"),
                account=account.id,
                username=account.username,
                contact=contact,
                role=role,
                state=MemberState.INVITED,
                invited_at=now,
                accept_by=now + record.policy.span("org.members", "invitation_hours", found.region, now),
            )
            rows.add(self._store, member)
            self._add_event(
                EventKind.MEMBER_INVITED, member, f"{mask_contact(contact)} invited as an {role} of @{account.username}", found.id
            )
            return member

    def _check_absent(self, account: Account, contact: str, now: datetime) -> None:
        """Check that this person was neither a member nor invited at `now`, and is not from later on. Raises Refused."""
        for member in rows.of_account(self._store, account.id):
            if member.contact.lower() != contact.lower():
                continue
            who, is_there = mask_contact(contact), member.state in {MemberState.INVITED, MemberState.ACTIVE}
            invited = member.state == MemberState.INVITED
            if now < member.invited_at and is_there:
                since = f"{'invited' if invited else 'a member, invited'} {spoken(member.invited_at)}"
                raise Refused(f"{who} is entered as {since}: an earlier invitation can't be added.", remedy=IN_ORDER)
            if member.removed_at and member.invited_at <= now < member.removed_at:
                said = f"{who} was {'a member' if member.accepted_at else 'invited'} until {spoken(member.removed_at)}."
                raise Refused(said, remedy="Enter a later date.")
            if is_there:
                late = invited and any(verdict.stops for verdict in self._ask("join", member))
                raise Refused(
                    f"{who} {'has an open invitation' if invited else 'is already a member'}.",
                    remedy=RECORD_EXPIRED if late else REMOVE_FIRST if invited else CHANGE_ROLE,
                    command=f"The command: shoplink members expire {member.id}" if late else "",
                )

    def accept(self, id: str) -> Member:
        """Record that the invited person accepts. Raises Refused if the invitation is closed or its time is over, NotFound."""
        with self._record.change() as now:
            member = self._in_state(id, MemberState.INVITED)
            verdicts = (replace(verdict, remedy=RECORD_EXPIRED if verdict.stops else "") for verdict in self._ask("join", member))
            self._record.allow(
                f"{mask_contact(member.contact)} can't accept now.",
                tuple(verdicts),
                command=f"The command: shoplink members expire {id}",
            )
            accepted = replace(member, state=MemberState.ACTIVE, accepted_at=now)
            rows.replace(self._store, accepted)
            summary = f"{mask_contact(member.contact)} joined as an {member.role}"
            self._add_event(EventKind.MEMBER_ACCEPTED, accepted, summary, actor="Member")
            return accepted

    def expire(self, id: str) -> Member:
        """Record that an invitation was not accepted in time, by default at its deadline.

        Raises Refused in practice, where it expires by itself, and when it is no longer open; NotFound, InvalidInput
        for a moment before the invitation, or when it could still be accepted.
        """
        record = self._record
        if not record.is_record:
            raise Refused("In practice, invitations expire automatically.", remedy="Move the clock at the Desk.")
        with record.change() as now:
            member = self._in_state(id, MemberState.INVITED)
            at = record.stated_at or member.accept_by or now
            if member.accept_by and at < member.accept_by:
                until = f"is before the invitation expires, {spoken(member.accept_by)}"
                raise InvalidInput("date", until, remedy="Enter a later one.")
            if at > now:
                raise InvalidInput("date", "is in the future: the invitation can still be accepted", remedy="Record it then.")
            expired = replace(member, state=MemberState.EXPIRED)
            rows.replace(self._store, expired)
            summary = f"The invitation to {mask_contact(member.contact)} expired"
            self._add_event(EventKind.MEMBER_EXPIRED, expired, summary, at=at, actor=TIKTOK)
            return expired

    def change_role(self, id: str, role: MemberRole) -> Member:
        """Change a member's role to admin or operator. Raises Refused for the last admin, NotFound."""
        with self._record.change():
            member = self._in_state(id, MemberState.ACTIVE, MemberState.INVITED)
            if member.role == role:
                return member
            check_newest(self._record, "member", member.id, ["role"])
            self._record.allow(f"The role of {mask_contact(member.contact)} can't be changed.", self._ask("member", member))
            changed = replace(member, role=role)
            rows.replace(self._store, changed)
            summary = f"{mask_contact(member.contact)} is an {role} now"
            self._add_event(EventKind.MEMBER_ROLE_CHANGED, changed, summary, facts=["role"])
            return changed

    def remove(self, id: str) -> Member:
        """Remove a member, or cancel an invitation. Sessions end. Raises Refused for the last admin, NotFound."""
        with self._record.change() as now:
            member = self._in_state(id, MemberState.ACTIVE, MemberState.INVITED)
            self._record.allow(f"{mask_contact(member.contact)} can't be removed.", self._ask("member", member))
            removed = replace(member, state=MemberState.REMOVED, removed_at=now)
            rows.replace(self._store, removed)
            ended = "; all sessions ended" if member.state == MemberState.ACTIVE else ""
            self._add_event(EventKind.MEMBER_REMOVED, removed, f"{mask_contact(member.contact)} removed{ended}")
            return removed

    def check_remove(self, id: str) -> tuple[Verdict, ...]:
        """Ask the rules about removing this member, and what else has to be done. Raises NotFound."""
        return self._ask("member", self._find(id))

    def note_removed_in_seller_center(self, id: str) -> Member:
        """Note that a removed member's role in Seller Center was removed too. Raises Refused, NotFound."""
        with self._record.change() as now:
            member = self._in_state(id, MemberState.REMOVED)
            if member.seller_center_removed_at:
                return member
            noted = replace(member, seller_center_removed_at=now)
            rows.replace(self._store, noted)
            self._add_event(EventKind.MEMBER_REMOVED, noted, f"{mask_contact(member.contact)} removed in Seller Center too")
            return noted

    def _ask(self, moment: Moment, member: Member) -> tuple[Verdict, ...]:
        record = self._record
        situation = read_situation(
            record,
            moment,
            teams.shop_of(self._store, member, record.stated_at),
            Role.OFFICIAL,
            account=account_rows.find_id(self._store, member.account),
            members=tuple(rows.of_account(self._store, member.account)),
            member=member,
        )
        return rules.ask(situation, record.policy, record.moment())

    def _find(self, id: str) -> Member:
        member = rows.find(self._store, id)
        if member is None or member.undone_by:
            raise NotFound(
                f"There is no member {show(id, 60)}.",
                remedy="Choose one from the list.",
                command="See them with: shoplink members list SHOP",
            )
        return member

    def _in_state(self, id: str, *states: MemberState) -> Member:
        member = self._find(id)
        if member.state not in states:
            reason = f"{mask_contact(member.contact)} is {member.state}."
            again = JOINED_ALREADY if member.state == MemberState.ACTIVE else INVITE_AGAIN
            remedy = "Remove the person first." if MemberState.REMOVED in states else again
            verdict = Verdict(rule="org.members", outcome=Outcome.BLOCKED, reason=reason, remedy=remedy)
            raise Refused(reason, remedy=verdict.remedy, verdicts=(verdict,))
        at, last = self._record.stated_at, max(filter(None, (member.invited_at, member.accepted_at, member.removed_at)))
        if at and at < last:
            raise InvalidInput(
                "date",
                f"is before the last step of this member, {spoken(last)}",
                remedy=f"Enter a later one. {SAME_DAY}",
            )
        return member

    def _add_event(
        self,
        kind: EventKind,
        member: Member,
        summary: str,
        shop: str | None = None,
        *,
        at: datetime | None = None,
        actor: str | None = None,
        **details: Any,
    ) -> None:
        self._record.add_event(
            kind,
            summary,
            at=at,
            actor=actor,
            shop=shop or teams.shop_of(self._store, member, at or self._record.stated_at).id,
            account=member.account,
            member=member.id,
            details={"member": member, **details},
        )


def open_in_seller_center(members: Iterable[Member]) -> list[Member]:
    """List removed people who may still get in through Seller Center, as nothing else was noted.

    `members`: all of an organization account's, in the order of entry. People who came back are not listed.
    """
    latest = {member.contact.lower(): member for member in members if member.accepted_at or member.state == MemberState.INVITED}
    return [member for member in latest.values() if member.removed_at and not member.seller_center_removed_at]


def read_contact(contact: str) -> str:
    """Read a person's email address or phone number. Raises InvalidInput."""
    contact = clean("contact", contact, "contact")
    if found := contact_problem(contact):
        raise InvalidInput("contact", found, message="Enter an email address or a phone number in full.")
    return contact
