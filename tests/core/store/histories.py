"""A record workspace with something of everything."""

from datetime import timedelta
from pathlib import Path

from core.models import AccountKind, EndedBy, MemberRole, Probation, Role
from core.workspace import Workspace
from tests.support import BIRCH, DAY, MS, NOW, StoppedClock, add_account, add_shop, linked


def used_workspace(path: Path, clock: StoppedClock) -> Workspace:
    """Two sellers, official links that are linked, ended and requested, marketing links, an organization with members."""
    workspace = Workspace.create(path, actor="maya", clock=clock, seed="used")
    lumen, other = add_shop(workspace, "Lumen"), add_shop(workspace, "Other")
    birch = add_shop(workspace, "Birch", "GB", BIRCH)
    for username in ("lumen.candles", "wax.and.wick", "glow.one", "next.one"):
        add_account(workspace, username, email=f"{username}@lumen.example")
    add_account(workspace, "birch.bloom", region="GB", phone="+44 20 7946 0123")
    first = linked(workspace, lumen, "lumen.candles")
    linked(workspace, lumen, "wax.and.wick", Role.MARKETING)
    linked(workspace, lumen, "glow.one", Role.MARKETING)
    workspace.products.add(lumen.code, "Amber jar", "18.50")
    workspace.organizations.create(other.code, contact="owner@lumen.example", username="lumen.org")
    invited = workspace.organizations.invite(other.code, "sam@lumen.example", MemberRole.OPERATOR)
    workspace.organizations.accept(invited.id)
    workspace.organizations.invite(other.code, "kim@lumen.example", MemberRole.ADMIN)
    clock.move(DAY)
    workspace.links.unlink(first.id)
    linked(workspace, lumen, "next.one")
    workspace.links.request("birch.bloom", birch.code, Role.OFFICIAL, agreement=True)
    clock.move(timedelta(hours=1))
    workspace.links.request("not.seen.before", birch.code, Role.MARKETING, agreement=True, confirmed=workspace.policy.rules)
    workspace.shops.rename(lumen.code, "Lumen Lights")
    return workspace


def told_workspace(workspace: Workspace) -> None:
    """Go on with a used workspace by what only a record can tell: against rules, as of then, undone."""
    lumen, other = workspace.shops.page(query="Lumen Lights").shops[0].shop, workspace.shops.page(query="Other").shops[0].shop
    links, entries, record = workspace.links, workspace.entries, workspace.recording
    workspace.shops.state(lumen.code, code="USLC000001", unlinks_before=1)
    lumen = workspace.shops.state(lumen.id, probation=Probation.ACTIVE, probation_until=NOW + 90 * DAY)
    with record(note="Ticket 4711", at=workspace.now()):
        workspace.accounts.rename("glow.one", "renamed.one")
    with record(anyway=True):
        marketing = links.record_linked("was.one", lumen.code, Role.MARKETING, NOW - 90 * DAY, NOW - 90 * DAY + MS)
        links.record_linked("wax.and.wick", other.code, Role.OFFICIAL, NOW - 80 * DAY, NOW - 70 * DAY, EndedBy.TIKTOK)
    entries.undo(entries.newest(link=marketing.id), "It was another shop.")
    workspace.accounts.state("was.one", kind=AccountKind.BUSINESS)
    workspace.accounts.convert("was.one")
    for username in ("never.one", "reviewed.one"):
        add_account(workspace, username)
    workspace.accounts.remove("never.one")
    workspace.shops.remove(add_shop(workspace, "Never").code)
    left = workspace.organizations.remove(workspace.organizations.members(other.code)[1].id)
    workspace.organizations.note_removed_in_seller_center(left.id)
    workspace.organizations.invite(other.code, "oops@lumen.example", MemberRole.OPERATOR)
    entries.undo(entries.newest(shop=other.code), "The wrong person.")
    workspace.products.add(lumen.code, "Wrong jar", "1")
    entries.undo(entries.newest(shop=lumen.code), "The wrong shop.")
    with record(anyway=True):
        request = links.request("reviewed.one", lumen.code, Role.OFFICIAL, agreement=True)
        links.reject(request.id, "The name is not the brand's.")
