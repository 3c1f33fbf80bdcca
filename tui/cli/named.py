"""Find what a person named on the command line: a shop, a link, a member, a market."""

from collections.abc import Collection

from core.errors import InvalidInput, NotFound, Refused
from core.models import OPEN, LinkState, MemberState, Shop
from core.plurals import count_of
from core.words import STATES
from core.workspace import Workspace


def the_shop(workspace: Workspace, ref: str | None) -> Shop:
    """Find the shop with this code or id or, without one, the only shop. Raises NotFound, InvalidInput."""
    if ref is not None:
        return workspace.shops.get(ref)
    count = workspace.shops.count()
    if count == 0:
        raise NotFound("This workspace has no shops.", remedy="Add one with: shoplink add-shop")
    if count > 1:
        raise InvalidInput(
            "shop", f"is missing: there are {count_of(count, 'shop')}", remedy="Give its code. See the shops with: shoplink shops"
        )
    return workspace.shops.page(limit=1).shops[0].shop


def the_link(workspace: Workspace, ref: str, *fitting: LinkState) -> str:
    """Find the id of the link with this id, or of this username's one link in a suitable state.

    If none is suitable, the only live or else the newest one counts. Raises NotFound, InvalidInput if several match, Refused
    if several are live but none is suitable.
    """
    try:
        return workspace.links.get(ref).id
    except NotFound:
        if workspace.accounts.known(ref) is None and "-" in ref:  # in a link's id, but never in a username
            raise
    links = workspace.links.find(account=ref)
    if not links:
        raise NotFound(f"@{workspace.accounts.get(ref).username} has no link.", remedy="See the links with: shoplink links")
    suitable = [link for link in links if link.state in fitting]
    found = suitable or [link for link in links if link.is_live] or links[:1]
    if len(found) > 1 and fitting and not suitable:
        raise Refused(
            f"No link of @{found[0].username} is {any_of(fitting)}.",
            remedy=f"See them with: shoplink links --account {found[0].username}",
        )
    if len(found) > 1:
        each = ", ".join(f"{link.id} ({workspace.shops.code(link.shop)}, {link.role})" for link in found)
        raise InvalidInput("link", f"could be one of {len(found)} of @{found[0].username}", remedy=f"Give its id: {each}.")
    return found[0].id


def any_of(states: Collection[LinkState]) -> str:
    """Say that a link is in any of these states."""
    return "open" if set(states) == OPEN else " or ".join(STATES[state] for state in states)


def the_member(workspace: Workspace, ref: str) -> str:
    """Find the id of the member with this id or contact; return anything else unchanged.

    Raises InvalidInput if several match.
    """
    members = [member for member in workspace.organizations.every_member() if not member.undone_by]
    same = [member for member in members if member.contact.lower() == ref.strip().lower()]
    found = [member for member in same if member.state in {MemberState.INVITED, MemberState.ACTIVE}] or same[-1:]
    if not found or any(member.id == ref for member in members):
        return ref
    if len(found) > 1:
        each = ", ".join(f"{member.id} (@{member.username})" for member in found)
        raise InvalidInput("member", f"could be one of {len(found)}", remedy=f"Give the id: {each}.")
    return found[0].id
