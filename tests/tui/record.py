"""What the tests of a record on screen share: links in each state."""

from collections.abc import Callable
from datetime import timedelta

from core.models import Link, Role
from core.workspace import Workspace
from tests.support import add_account, add_shop, linked
from tui.app import ShoplinkApp

Make = Callable[..., ShoplinkApp]


HOUR = timedelta(hours=1)


def requested(workspace: Workspace, role: Role = Role.OFFICIAL) -> Link:
    """Add a request for @lumen.candles that waits for its holder."""
    shop = add_shop(workspace)
    add_account(workspace, "lumen.candles")
    return workspace.links.request("lumen.candles", shop.code, role, agreement=True)


def in_review(workspace: Workspace) -> Link:
    """Add a request for @lumen.candles that waits for TikTok's review."""
    link = requested(workspace)
    workspace.links.authorize(link.id)
    return workspace.links.submit(link.id)


def now_linked(workspace: Workspace, role: Role = Role.OFFICIAL, unlinks_before: int | None = 0) -> Link:
    """Add @lumen.candles as a linked account."""
    shop = add_shop(workspace)
    workspace.shops.state(shop.id, unlinks_before=unlinks_before)
    add_account(workspace, "lumen.candles")
    return linked(workspace, shop, "lumen.candles", role)
