"""Commands about organization accounts and their members."""

import textwrap
from collections.abc import Sequence

import click

from core.models import Member, MemberRole
from core.organizations import open_in_seller_center
from core.workspace import Workspace
from tui.cli.context import Answer, here, on_workspace
from tui.cli.links import answer_link
from tui.cli.params import MEMBER, SHOP, Choice
from tui.cli.text import WIDTH, facts, table, when
from tui.formats.json import member_json

ROLE = Choice([role.value for role in MemberRole])
STILL_OPEN = "; in Seller Center: not noted"


@click.command("create-org")
@click.option("--shop", type=SHOP, required=True, metavar="SHOP")
@click.option("--contact", required=True, metavar="EMAIL_OR_PHONE", help="Where the login code goes; becomes the first admin.")
@click.option("--username", help="Suggested from the shop's name when left out.")
@on_workspace
def create_org_command(workspace: Workspace, answer: Answer, shop: str, contact: str, username: str | None) -> None:
    """Make an organization account named after the shop, and link it at once.

    \b
    shoplink create-org --shop USLCDEMO01 --contact owner@lumen.example
    """
    link = workspace.organizations.create(shop, contact=contact, username=username)
    answer_link(workspace, answer, link, f"Made and linked @{link.username}. Log in with the code sent to the contact.")


@click.group("members")
def members_command() -> None:
    """The members of the organization account linked to a shop.

    \b
    shoplink members list USLCDEMO01
    """


@members_command.command("list")
@click.argument("shop", type=SHOP)
@on_workspace
def list_command(workspace: Workspace, answer: Answer, shop: str) -> None:
    """The members, with role and state.

    \b
    shoplink members list USLCDEMO01
    """
    members = workspace.organizations.members(shop)
    still = open_in_seller_center(members)
    found = [member_json(member) for member in members]
    rows = [
        (shown["id"], shown["contact"], shown["role"], f"{member.state}{STILL_OPEN if member in still else ''}")
        for member, shown in zip(members, found, strict=True)
    ]
    lines = table(("MEMBER", "CONTACT", "ROLE", "STATE"), rows, nothing="No member.")
    answer(found, [*lines, *(["", *_other_way(still[0])] if still else [])])


@members_command.command("invite")
@click.argument("shop", type=SHOP)
@click.argument("contact")
@click.option("--role", type=ROLE, required=True)
@on_workspace
def invite_command(workspace: Workspace, answer: Answer, shop: str, contact: str, role: str) -> None:
    """Invite a person by email or phone.

    \b
    shoplink members invite USLCDEMO01 studio@lumen.example --role operator
    """
    _answer(workspace, answer, workspace.organizations.invite(shop, contact, MemberRole(role)))


@members_command.command("accept")
@click.argument("member", type=MEMBER)
@on_workspace
def accept_command(workspace: Workspace, answer: Answer, member: str) -> None:
    """The invited person accepts.

    \b
    shoplink members accept mem-7qk2m9xa
    """
    _answer(workspace, answer, workspace.organizations.accept(member))


@members_command.command("role")
@click.argument("member", type=MEMBER)
@click.argument("role", type=ROLE)
@on_workspace
def role_command(workspace: Workspace, answer: Answer, member: str, role: str) -> None:
    """Make a member admin or operator.

    \b
    shoplink members role mem-7qk2m9xa admin
    """
    _answer(workspace, answer, workspace.organizations.change_role(member, MemberRole(role)))


@members_command.command("remove")
@click.argument("member", type=MEMBER)
@click.option("--seller-center", is_flag=True, help="Only note that a removed member was removed in Seller Center too.")
@on_workspace
def remove_command(workspace: Workspace, answer: Answer, member: str, seller_center: bool) -> None:
    """Take a member out; all their sessions end at once. Or take an invitation back.

    \b
    shoplink members remove mem-7qk2m9xa
    shoplink members remove mem-7qk2m9xa --seller-center
    """
    if seller_center:
        _answer(workspace, answer, workspace.organizations.note_removed_in_seller_center(member))
        return
    removed = workspace.organizations.remove(member)
    _answer(workspace, answer, removed, _other_way(removed) if removed.accepted_at else ())


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
