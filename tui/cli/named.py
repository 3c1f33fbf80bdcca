"""Find what a person named on the command line: a shop, a link, a member, a market."""

from core.errors import InvalidInput, NotFound
from core.models import LinkState, MemberState, Shop
from core.plurals import count_of
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

    If none is suitable, the live or else the newest one counts. Raises NotFound, InvalidInput if several match.
    """
    try:
        return workspace.links.get(ref).id
    except NotFound:
        if workspace.accounts.known(ref) is None and "-" in ref:  # in a link's id, but never in a username
            raise
    links = workspace.links.find(account=ref)
    if not links:
        raise NotFound(f"@{workspace.accounts.get(ref).username} has no link.", remedy="See the links with: shoplink links")
    found = [link for link in links if link.state in fitting] or [link for link in links if link.is_live] or links[:1]
    if len(found) > 1:
        each = ", ".join(f"{link.id} ({workspace.shops.code(link.shop)}, {link.role})" for link in found)
        raise InvalidInput("link", f"could be one of {len(found)} of @{found[0].username}", remedy=f"Give its id: {each}.")
    return found[0].id


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
