"""A record workspace with something of everything, from which the released files were made."""

from datetime import timedelta
from pathlib import Path

from core.models import MemberRole, Role
from core.workspace import Workspace
from tests.support import BIRCH, DAY, StoppedClock, add_account, add_shop, linked


def used_workspace(path: Path, clock: StoppedClock) -> Workspace:
    """Two sellers, official links that are linked, ended and requested, marketing links, an organization with members."""
    workspace = Workspace.create(path, actor="maya", clock=clock, seed="released")
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
