"""Team access: the organization account's members, or why it has none."""

from collections.abc import Iterable, Sequence
from functools import partial

from textual import getters, on, work
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, OptionList, Static
from textual.widgets.option_list import Option

from core.errors import Refused
from core.models import LinkState, Member, MemberRole, MemberState, standing_official
from core.organizations import open_in_seller_center, read_contact
from core.text import mask_contact
from tui import place_texts
from tui.commands import (
    ALSO_REMOVED,
    CHANGE_ROLE,
    INVITE,
    JOINED,
    NOT_JOINED,
    RECORD_INVITE,
    REMOVE_MEMBER,
    WHOLE_CONTACTS,
    bindings,
)
from tui.dialogs.confirm import Confirm
from tui.place import Place
from tui.widgets.buttons import Buttons
from tui.widgets.card import Card
from tui.widgets.choices import of_values
from tui.widgets.facts import Facts
from tui.widgets.field import Field
from tui.widgets.form import Form
from tui.widgets.lines import Hanging, marked
from tui.widgets.moments import time_left
from tui.widgets.pick import Pick
from tui.widgets.rows import Rows
from tui.widgets.states import safe

STATES = {
    MemberState.INVITED: ("◔", "invited", "$warning"),
    MemberState.ACTIVE: ("●", "active", "$success"),
    MemberState.EXPIRED: ("✗", "expired", "$error"),
    MemberState.REMOVED: ("○", "removed", "$muted"),
}
ROLES = {MemberRole.ADMIN: "everything", MemberRole.OPERATOR: "content, chats, connections"}
GONE = (MemberState.EXPIRED, MemberState.REMOVED)


class TeamAccess(Place):
    """The members of the organization account; keys act on the highlighted one."""

    key = "team_access"
    AUTO_FOCUS = "#rows, #page Button"
    BINDINGS = bindings(INVITE, RECORD_INVITE, CHANGE_ROLE, REMOVE_MEMBER, ALSO_REMOVED, JOINED, NOT_JOINED, WHOLE_CONTACTS)

    def trail(self) -> list[str]:
        return ["Settings", self.texts["title"]]

    def __init__(self, shop_id: str | None = None) -> None:
        super().__init__(shop_id)
        self.members: tuple[Member, ...] | None = None
        """The painted members; None without an organization account."""
        self.whole = False
        """Whether contacts are shown in full."""
        self.still_open: set[str] = set()
        """The ids of people removed here who may still get in through Seller Center."""

    def page(self) -> Iterable[Widget]:
        members = self.members = self._read_members()
        if members is None:
            yield from self._no_team()
            return
        account = self.workspace.organizations.of_shop(self.the_shop().id)
        there = [member for member in members if member.state not in GONE]
        self.still_open = {member.id for member in open_in_seller_center(members)}
        active = sum(member.state == MemberState.ACTIVE for member in there)
        record = self.workspace.is_record
        counted = f"{active} active, {len(there) - active} invited"
        unlinked = "" if standing_official(self.workspace.links.find(shop=self.the_shop().id)) else ", not linked"
        head = f"@{account.username}{unlinked}: {'its members are not entered' if record and not members else counted}"
        yield Static(safe(head, "bold"), classes="heading")
        shown = [*there, *[member for member in members if member.state in GONE]]
        if shown:
            options = [Option(self._row(member, members), id=member.id) for member in shown]
            gone = {
                member.id: ALSO_REMOVED.name if member.id in self.still_open else "" for member in shown if member.state in GONE
            }
            yield Rows(*options, enter=CHANGE_ROLE.name, enters=gone)
        elif not record:
            words = "No members yet. Invite someone to add the first."
            yield Static(Content.styled(words, "$muted"), classes="heading-text")
        if self.still_open:
            yield Hanging(marked("!", _left_open(len(self.still_open)), "$warning"), classes="warning")
        label = "Record an invitation…" if record else "Invite someone…"
        action = "screen.record_invite" if record else "screen.invite"
        invite = Button(label, id="invite", variant="default" if self.still_open else "primary", action=action)
        also = Button("Also removed in Seller Center…", id="also", variant="primary", action="screen.also_removed")
        yield Buttons(*([also] if self.still_open else []), invite)
        yield Card("Two ways in", Facts([(name, Content(words)) for name, words in _ways()]))

    def side(self) -> Iterable[Widget]:
        limits = self.workspace.policy.rules["org.members"].at(self.the_shop().region, self.workspace.now())
        values = {name: version.value for name, version in limits.items()}
        lines = [marked("·", line.format(**values), "") for line in self.texts["rules"]]
        yield Card("Members", Hanging(*lines))

    def _read_members(self) -> tuple[Member, ...] | None:
        try:
            return self.workspace.organizations.members(self.the_shop().id)
        except Refused:
            return None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in {"invite", "record_invite"}:
            return self.members is not None and (action == "record_invite") == self.workspace.is_record
        if action in {"role", "remove"}:
            return self._marked() is not None
        if action == "also_removed":
            return bool(self.still_open)
        if action == "whole_contacts":
            return self.workspace.is_record and bool(self.members)
        if action == "answer":
            member = self._marked()
            return (
                self.workspace.is_record
                and member is not None
                and member.state == MemberState.INVITED
                and (parameters[0] == "accept" or self._is_late(member))
            )
        return super().check_action(action, parameters)

    @on(OptionList.OptionHighlighted)
    def show_keys(self) -> None:
        self.refresh_bindings()

    @on(OptionList.OptionSelected)
    def change_role(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if self._marked():
            self.action_role()
        elif self._highlighted() in self.still_open:
            self.action_also_removed()

    def action_invite(self) -> None:
        self.show_over(InviteMember(self.shop_id))

    def action_record_invite(self) -> None:
        self.action_invite()

    @work
    async def action_role(self) -> None:
        member = self._marked()
        if member is None:
            return
        role = MemberRole.OPERATOR if member.role == MemberRole.ADMIN else MemberRole.ADMIN
        text = f"{self._contact_label(member)} is an {member.role} now. As an {role}, they can manage: {ROLES[role]}."
        if await self._sure(Confirm("Change the role?", text, keep=f"Keep {member.role}", do=f"Make {role}")):
            what = f"{mask_contact(member.contact)} is {role} now"
            await self.record(what, lambda: self.workspace.organizations.change_role(member.id, role))

    def action_whole_contacts(self) -> None:
        """Show contacts in full, or mask them again."""
        self.whole = not self.whole
        self.repaint()

    @work
    async def action_remove(self) -> None:
        member = self._marked()
        if member is None:
            return
        invited = member.state == MemberState.INVITED
        verdicts = self.workspace.organizations.check_remove(member.id)
        effect = "Their invitation is withdrawn." if invited else " ".join(verdict.reason for verdict in verdicts)
        text = f"{self._contact_label(member)}, {member.role}: {effect}"
        sure = any(verdict.stops for verdict in verdicts) or await self._sure(
            Confirm("Remove from the team?", text, keep="Keep", do="Remove")
        )
        if sure:
            what = f"{mask_contact(member.contact)} was removed"
            await self.record(what, lambda: self.workspace.organizations.remove(member.id))

    @work
    async def action_answer(self, act: str) -> None:
        """Record that the invited person accepted, or that the invitation expired."""
        member = self._marked()
        if member is None:
            return
        organizations, who = self.workspace.organizations, mask_contact(member.contact)
        if act == "accept":
            await self.record(f"{who} accepted", lambda: organizations.accept(member.id))
        else:
            what = f"The invitation to {who} expired"
            await self.record(what, lambda: organizations.expire(member.id), otherwise=member.accept_by)

    async def _sure(self, dialog: Confirm) -> bool:
        """Ask before doing something in practice; a record asks together with the moment."""
        sure = self.workspace.is_record or await self.ask(dialog)
        return sure is True

    def _is_late(self, member: Member) -> bool:
        """Return whether an invitation should have expired: in a record nothing expires by itself."""
        return member.accept_by is not None and member.accept_by <= self.workspace.now()

    @work
    async def action_also_removed(self) -> None:
        open_ones = [member for member in self.members or () if member.id in self.still_open]
        if not open_ones:
            return
        member = next((member for member in open_ones if member.id == self._highlighted()), open_ones[0])
        text = f"{self._contact_label(member)}: note it once you have removed their role in Seller Center › User Management."
        if await self._sure(Confirm("Also removed in Seller Center?", text, keep="Not yet", do="Note it")):
            what = f"{mask_contact(member.contact)} was removed in Seller Center too"
            await self.record(what, lambda: self.workspace.organizations.note_removed_in_seller_center(member.id))

    def _highlighted(self) -> str | None:
        """Return the id of the highlighted member."""
        rows = self.query("#rows")
        return rows.first(Rows).marked if rows else None

    def _marked(self) -> Member | None:
        """Return the highlighted member if active or invited."""
        id = self._highlighted()
        return next((member for member in self.members or () if member.id == id and member.state not in GONE), None)

    def _no_team(self) -> Iterable[Widget]:
        status = self.workspace.shops.status(self.the_shop().id)
        account = status.official_account
        if account and status.official and status.official.state == LinkState.LINKED:
            kind = f"a {account.kind} account" if account.kind else "an account of unknown type"
            why = f"@{account.username} is {kind}. Only an organization account has members; other types belong to one person."
            what = "It can't become one. To get a team, unlink it (this uses one unlink), then create an organization account."
            if not status.unlinks_left_at_most:
                what = "It can't become one, and it can't be unlinked."
        else:
            why = "The shop has no official account, so there is no team."
            what = "Create an organization account: the company owns it, and several people work in it."
        left = Content.styled(f"{status.unlinks_words}.", "$muted")
        texts = (safe(why, limit=300), Content.styled(what, "$muted"), left)
        yield Card("No team here", *map(Static, texts))
        action = "screen.open('linked_accounts.official')"
        yield Buttons(Button("Official Account", id="official", variant="primary", action=action))

    def _contact_label(self, member: Member) -> str:
        """Format the masked contact, with a number if another looks the same."""
        return f"{mask_contact(member.contact)}{_number_if_alike(member, self.members or ())}"

    def _row(self, member: Member, members: Sequence[Member]) -> Content:
        glyph, words, style = STATES[member.state]
        apart = "" if self.whole else _number_if_alike(member, members)  # beside the contact, where it is never cut off
        shown = member.contact if self.whole else mask_contact(member.contact)
        contact = safe(shown, "bold").truncate(30 - len(apart), ellipsis=True)
        contact += Content.styled(apart, "$muted")
        more, more_style = "", "$muted"
        if member.state == MemberState.INVITED and member.accept_by:
            late = self.workspace.is_record and self._is_late(member)
            more = "should have expired" if late else time_left(member.accept_by, self.workspace.now())
            more_style = "$warning" if late else more_style
        elif member.seller_center_removed_at:
            more = "in Seller Center too"
        elif member.id in self.still_open:
            more, more_style = "still in Seller Center?", "$warning"
        parts = [
            contact.extend_right(31 - contact.cell_length),
            Content.styled(f"{member.role:<10}", "$muted"),
            Content.styled(f"{glyph} {words}", style),
        ]
        row = Content("").join(parts)
        fits = row.cell_length + len(f", {more}") <= self.room
        between = ", " if fits else "\n  "  # a line of its own, where it would be cut off
        return row + Content.styled(f"{between}{more}" if more else "", more_style)


def _ways() -> Iterable[tuple[str, str]]:
    """Return the ways into an organization account: where, and what each role can do there."""
    texts = place_texts.texts("team_access")
    yield texts["app"][0], " › ".join(texts["app"][1:])
    yield from ((f"  {role}", f"can manage: {words}") for role, words in ROLES.items())
    yield texts["web"][0], " › ".join(texts["web"][1:])
    yield "  roles", "Main Administrator, Affiliate Manager"


def _left_open(people: int) -> str:
    """Format how many people have to be removed in Seller Center too."""
    who = "1 person removed here" if people == 1 else f"{people} people removed here"
    return f"{who} may still get in through Seller Center. Remove the role there, then note it here."


def _number_if_alike(member: Member, members: Sequence[Member]) -> str:
    """Number the member among those whose masked contacts look the same, the oldest first; empty if none does."""
    masked = mask_contact(member.contact)
    alike = [one.id for one in members if mask_contact(one.contact) == masked]
    return f" ({alike.index(member.id) + 1})" if len(alike) > 1 else ""


class InviteMember(Place):
    """A form for a contact and a role."""

    key = "team_access"
    AUTO_FOCUS = "#contact"
    form = getters.query_one(Form)

    def __init__(self, shop_id: str | None = None) -> None:
        super().__init__(shop_id)
        self.typed: dict[str, str] = {"role": MemberRole.OPERATOR.value}
        self.begun = dict(self.typed)

    def trail(self) -> list[str]:
        return ["Settings", self.texts["title"], "Invite"]

    def page(self) -> Iterable[Widget]:
        hours = self.workspace.policy.limit("org.members", "invitation_hours", self.the_shop().region, self.workspace.now())
        label = "Record the invitation" if self.workspace.is_record else "Invite"
        yield Form(
            Field("contact", "Email or phone", help=f"They have {hours} hours to accept", read=read_contact),
            Pick("role", "Role", of_values(MemberRole, {str(role): f"can manage: {words}" for role, words in ROLES.items()})),
            typed=self.typed,
            submit="screen.invite",
            buttons=[
                Button(label, id="invite", variant="primary", action="screen.invite"),
                Button("Cancel", id="cancel", action="screen.back"),
            ],
        )
        yield Card("Roles", Facts([(role.value, Content(f"can manage: {words}")) for role, words in ROLES.items()]))

    def is_begun(self) -> bool:
        return self.typed != self.begun

    @work
    async def action_invite(self) -> None:
        found = self.form.read()
        if found is None:
            return
        contact, role = found["contact"], MemberRole(found["role"])
        invite = partial(self.workspace.organizations.invite, self.the_shop().id, contact, role)
        member = await self.record(f"You invited {mask_contact(contact)} as an {role}", invite, self.show_at_form)
        if member:
            if not self.workspace.is_record:
                self.notify(f"{mask_contact(member.contact)} is invited as an {member.role}.", markup=False)
            self.app.leave(self)
