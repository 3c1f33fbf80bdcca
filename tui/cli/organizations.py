"""Commands about organization accounts and their members."""

import textwrap
from collections.abc import Sequence

import click

from core.errors import InvalidInput, Refused
from core.models import Member, MemberRole
from core.organizations import open_in_seller_center
from core.workspace import Workspace
from tui.cli.context import Answer, here, on_workspace, recording
from tui.cli.group import NearGroup
from tui.cli.links import answer_link
from tui.cli.named import the_member, the_shop
from tui.cli.pages import page_of, paged
from tui.cli.params import MEMBER, SHOP, Choice, shop_argument
from tui.cli.text import WIDTH, facts, table, when
from tui.formats.json import member_json

ROLE = Choice([role.value for role in MemberRole])
STILL_OPEN = "; in Seller Center: not noted"


@click.command("create-org")
@click.option("--shop", type=SHOP, metavar="SHOP", help="May be left out where there is one.")
@click.option("--contact", metavar="EMAIL_OR_PHONE", help="Becomes the first admin; may be left out in a record.")
@click.option("--username", help="Suggested from the shop's name when left out.")
@recording()
def create_org_command(workspace: Workspace, answer: Answer, shop: str | None, contact: str | None, username: str | None) -> None:
    """Make an organization account named after the shop, and link it at once. A record notes that it was made in Seller Center.

    \b
    shoplink create-org --shop USLCDEMO01 --contact owner@lumen.example
    """
    link = workspace.organizations.create(the_shop(workspace, shop).id, contact=contact or "", username=username)
    made = "Recorded as made and linked:" if workspace.is_record else "Made and linked"
    code = "Log in with its username and a verification code from Seller Center, Official Account."
    answer_link(workspace, answer, link, f"{made} @{link.username}. {code}")


@click.group("members", cls=NearGroup)
def members_command() -> None:
    """The members of the organization account linked to a shop. A MEMBER is an id or a contact.

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
    """The members, with role and state.

    \b
    shoplink members list USLCDEMO01
    """
    if show_contacts and not workspace.is_record:
        raise InvalidInput("--show-contacts", "is for a record only", remedy="Leave it out: practice masks every contact.")
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
    """The invited person accepts.

    \b
    shoplink members accept mem-7qk2m9xa
    """
    _answer(workspace, answer, workspace.organizations.accept(the_member(workspace, member)))


@members_command.command("role")
@click.argument("member", type=MEMBER)
@click.argument("role", type=ROLE)
@recording()
def role_command(workspace: Workspace, answer: Answer, member: str, role: str) -> None:
    """Make a member admin or operator.

    \b
    shoplink members role mem-7qk2m9xa admin
    """
    _answer(workspace, answer, workspace.organizations.change_role(the_member(workspace, member), MemberRole(role)))


@members_command.command("remove")
@click.argument("member", type=MEMBER)
@click.option("--seller-center", is_flag=True, help="Only note that a removed member was removed in Seller Center too.")
@recording()
def remove_command(workspace: Workspace, answer: Answer, member: str, seller_center: bool) -> None:
    """Take a member out; all their sessions end at once. Or take an invitation back.

    \b
    shoplink members remove mem-7qk2m9xa
    shoplink members remove mem-7qk2m9xa --seller-center
    """
    id = the_member(workspace, member)
    if seller_center:
        _answer(workspace, answer, workspace.organizations.note_removed_in_seller_center(id))
        return
    removed = workspace.organizations.remove(id)
    _answer(workspace, answer, removed, _other_way(removed) if removed.accepted_at else ())


@members_command.command("expire")
@click.argument("member", type=MEMBER)
@recording()
def expire_command(workspace: Workspace, answer: Answer, member: str) -> None:
    """Record only: nobody accepted in time. At the moment when the invitation should have expired, unless --at is given.

    \b
    shoplink members expire mem-7qk2m9xa
    """
    if not workspace.is_record:
        raise Refused("In practice an invitation expires by itself.", remedy="Move the clock with: shoplink desk advance 24h")
    _answer(workspace, answer, workspace.organizations.expire(the_member(workspace, member)))


def _other_way(member: Member) -> list[str]:
    """Say that a removed member has to be removed in Seller Center too."""
    text = (
        "Seller Center gives access of its own: take the role away in User Management too, then note it with: "
        f"shoplink members remove {member.id} --seller-center"
    )
    return textwrap.wrap(here(text), WIDTH, break_on_hyphens=False)


def _answer(workspace: Workspace, answer: Answer, member: Member, more: Sequence[str] = ()) -> None:
    shown = member_json(member)
    named = [("Member", member.id), ("Contact", shown["contact"]), ("Role", member.role), ("State", member.state)]
    if member.removed_at:
        named.append(("In Seller Center", "removed" if member.seller_center_removed_at else "not noted"))
    answer(shown, [*facts([*named, ("Accept by", when(member.accept_by, workspace.now()))]), *more])
