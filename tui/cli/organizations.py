"""Commands about organization accounts and their members."""

import textwrap
from collections.abc import Sequence

import click

from core.errors import InvalidInput, Refused
from core.models import Member, MemberRole
from core.organizations import open_in_seller_center
from core.text import mask_contact
from core.workspace import Workspace
from tui.cli.command import Filled, NearGroup
from tui.cli.context import Answer, here, on_workspace, recording, unchanged
from tui.cli.links import answer_link
from tui.cli.named import the_member, the_shop
from tui.cli.pages import page_of, paged
from tui.cli.params import MEMBER, SHOP, Choice, shop_argument
from tui.cli.text import WIDTH, facts, table, when
from tui.formats.json import member_json

ROLE = Choice([role.value for role in MemberRole])
STILL_OPEN = "; in Seller Center: not noted"


@click.command("create-org", cls=Filled)
@click.option("--shop", type=SHOP, metavar="SHOP", help="You can leave it out if there is only one.")
@click.option("--contact", metavar="EMAIL_OR_PHONE", help="The first admin's email or phone. Optional in a record.")
@click.option("--username", help="If left out, one is suggested from the shop's name.")
@recording()
def create_org_command(workspace: Workspace, answer: Answer, shop: str | None, contact: str | None, username: str | None) -> None:
    """Create and link an organization account. In a record: note that you created it in Seller Center.

    \b
    shoplink create-org --shop USLCDEMO01 --contact owner@lumen.example
    """
    link = workspace.organizations.create(the_shop(workspace, shop).id, contact=contact or "", username=username)
    made = "Recorded as created and linked:" if workspace.is_record else "Created and linked"
    code = "Log in with its username and a verification code from Seller Center, Official Account."
    answer_link(workspace, answer, link, f"{made} @{link.username}. {code}")


@click.group("members", cls=NearGroup)
def members_command() -> None:
    """Manage the team of a shop's organization account. MEMBER is an id or a contact.

    \b
    shoplink members list USLCDEMO01
    """


@members_command.command("list")
@shop_argument
@click.option("--show-contacts", is_flag=True, help="Record only: email addresses and phone numbers in full.")
@paged
@on_workspace
def list_command(
    workspace: Workspace, answer: Answer, shop: str | None, show_contacts: bool, limit: int, after: str | None
) -> None:
    """List the members with role and state.

    \b
    shoplink members list USLCDEMO01
    """
    if show_contacts and not workspace.is_record:
        raise InvalidInput("--show-contacts", "is for a record only", remedy="Leave it out: practice masks all contacts.")
    members = workspace.organizations.members(the_shop(workspace, shop).id)
    still = open_in_seller_center(members)
    page, following = page_of(members, limit, after, lambda member: member.id)
    found = [member_json(member, whole=show_contacts) for member in page]
    rows = [
        (shown["id"], shown["contact"], shown["role"], f"{member.state}{STILL_OPEN if member in still else ''}")
        for member, shown in zip(page, found, strict=True)
    ]
    lines = table(("MEMBER", "CONTACT", "ROLE", "STATE"), rows, nothing="No members.")
    answer.page("members", found, following, [*lines, *(["", *_other_way(still[0])] if still else [])])


@members_command.command("invite")
@shop_argument
@click.argument("contact")
@click.option("--role", type=ROLE, required=True)
@recording()
def invite_command(workspace: Workspace, answer: Answer, shop: str | None, contact: str, role: str) -> None:
    """Invite a person by email or phone, or record that you did.

    \b
    shoplink members invite USLCDEMO01 studio@lumen.example --role operator
    """
    _answer(workspace, answer, workspace.organizations.invite(the_shop(workspace, shop).id, contact, MemberRole(role)))


@members_command.command("accept")
@click.argument("member", type=MEMBER)
@recording()
def accept_command(workspace: Workspace, answer: Answer, member: str) -> None:
    """Record that the invited person accepted.

    \b
    shoplink members accept mem-7qk2m9xa
    """
    _answer(workspace, answer, workspace.organizations.accept(the_member(workspace, member)))


@members_command.command("role")
@click.argument("member", type=MEMBER)
@click.argument("role", type=ROLE)
@recording()
def role_command(workspace: Workspace, answer: Answer, member: str, role: str) -> None:
    """Change a member's role to admin or operator.

    \b
    shoplink members role mem-7qk2m9xa admin
    """
    changed = workspace.organizations.change_role(the_member(workspace, member), MemberRole(role))
    said = unchanged(workspace, answer, f"{mask_contact(changed.contact)} is an {role} already")
    _answer(workspace, answer, changed, said=said)


@members_command.command("remove")
@click.argument("member", type=MEMBER)
@click.option("--seller-center", is_flag=True, help="Only note that you removed this former member in Seller Center too.")
@recording()
def remove_command(workspace: Workspace, answer: Answer, member: str, seller_center: bool) -> None:
    """Remove a member, who is signed out at once, or cancel an invitation.

    \b
    shoplink members remove mem-7qk2m9xa
    shoplink members remove mem-7qk2m9xa --seller-center
    """
    id = the_member(workspace, member)
    if seller_center:
        noted = workspace.organizations.note_removed_in_seller_center(id)
        said = unchanged(workspace, answer, f"{mask_contact(noted.contact)} was noted as removed in Seller Center already")
        _answer(workspace, answer, noted, said=said)
        return
    removed = workspace.organizations.remove(id)
    _answer(workspace, answer, removed, more=_other_way(removed) if removed.accepted_at else ())


@members_command.command("expire")
@click.argument("member", type=MEMBER)
@recording()
def expire_command(workspace: Workspace, answer: Answer, member: str) -> None:
    """Record only: nobody accepted in time. Without --at, it expired at its deadline.

    \b
    shoplink members expire mem-7qk2m9xa
    """
    if not workspace.is_record:
        raise Refused("In practice, invitations expire automatically.", remedy="Move the clock with: shoplink desk advance 24h")
    _answer(workspace, answer, workspace.organizations.expire(the_member(workspace, member)))


def _other_way(member: Member) -> list[str]:
    """Remind people to remove a removed member in Seller Center too."""
    text = (
        "Seller Center gives access too: remove the role in User Management, then note it with: "
        f"shoplink members remove {member.id} --seller-center"
    )
    return textwrap.wrap(here(text), WIDTH, break_on_hyphens=False)


def _answer(workspace: Workspace, answer: Answer, member: Member, *, said: Sequence[str] = (), more: Sequence[str] = ()) -> None:
    shown = member_json(member)
    named = [("Member", member.id), ("Contact", shown["contact"]), ("Role", member.role), ("State", member.state)]
    if member.removed_at:
        named.append(("In Seller Center", "removed" if member.seller_center_removed_at else "not noted"))
    answer(shown, [*said, *facts([*named, ("Accept by", when(member.accept_by, workspace.now()))]), *more])
