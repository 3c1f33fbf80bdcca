"""What happens by itself when its time has come: requests and invitations that nobody answered expire.

They expire at their own moment, whoever looks first, and history dates them then.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from core.models import EventKind, LinkState, MemberState
from core.store import links, members
from core.store.connection import Store

if TYPE_CHECKING:
    from core.workspace import Workspace

ACTOR = "TikTok"


def is_due(store: Store, now: datetime) -> bool:
    """Whether anything waits to be settled."""
    return links.any_overdue(store, now) or members.any_overdue(store, now)


def expire_overdue(workspace: Workspace, now: datetime) -> None:
    """Have all that is due at `now` expire, in the order in which it happened. Call it within a write."""
    store = workspace.store
    due = [(link.authorize_by or now, link, None) for link in links.overdue(store, now)]
    invited = [(member.accept_by or now, None, member) for member in members.overdue(store, now)]
    for moment, link, member in sorted([*due, *invited], key=lambda entry: entry[0]):
        if link:
            ended = replace(link, state=LinkState.EXPIRED, decided_at=moment)
            links.replace(store, ended)
            workspace.record(
                EventKind.LINK_EXPIRED,
                f"Nobody authorized @{link.account} in time; the request expired",
                at=moment,
                actor=ACTOR,
                shop=link.shop,
                link=link.id,
                account=link.account,
                details={"link": ended},
            )
        if member:
            out = replace(member, state=MemberState.EXPIRED)
            members.replace(store, out)
            last = links.newest_of_account(store, member.account)
            workspace.record(
                EventKind.MEMBER_EXPIRED,
                f"An invitation to @{member.account} was not accepted in time",
                at=moment,
                actor=ACTOR,
                shop=last.shop if last else None,
                account=member.account,
                details={"member": out},
            )
