"""The screens of a record in every state of their own, at 80x24 and 120x40. Look at a picture before you accept it."""

from collections.abc import Callable

import pytest

from core.models import MemberRole, Role, Standing
from core.workspace import Workspace
from tests.support import DAY, StoppedClock, add_account, add_shop, linked
from tests.tui.conftest import SameLooks
from tests.tui.support import HISTORY, INFORMATION, TEAM
from tests.tui.test_record_steps import HOUR, in_review, now_linked, requested
from tests.tui.test_snapshots import AGREE, TO_USERNAME, keys, of_wide
from tui.app import ShoplinkApp

Start = Callable[[Workspace, StoppedClock], object]


def empty(workspace: Workspace, clock: StoppedClock) -> None:
    add_shop(workspace)


def awaiting(workspace: Workspace, clock: StoppedClock) -> None:
    requested(workspace)


def awaiting_marketing(workspace: Workspace, clock: StoppedClock) -> None:
    requested(workspace, Role.MARKETING)


def invited(workspace: Workspace, clock: StoppedClock) -> None:
    """An invitation past its hours."""
    shop = add_shop(workspace)
    workspace.organizations.create(shop.code, contact="owner@lumen.example")
    workspace.organizations.invite(shop.code, "ines@lumen.example", MemberRole.OPERATOR)
    clock.move(2 * DAY)


def late(workspace: Workspace, clock: StoppedClock) -> None:
    requested(workspace)
    clock.move(50 * HOUR)


def authorized(workspace: Workspace, clock: StoppedClock) -> None:
    workspace.links.authorize(requested(workspace).id)


def reviewed(workspace: Workspace, clock: StoppedClock) -> None:
    in_review(workspace)
    clock.move(DAY)


def just_linked(workspace: Workspace, clock: StoppedClock) -> None:
    now_linked(workspace)


def unknown_past(workspace: Workspace, clock: StoppedClock) -> None:
    now_linked(workspace, unlinks_before=None)
    clock.move(2 * DAY)


def against(workspace: Workspace, clock: StoppedClock) -> None:
    """An official account of another region, banned since."""
    shop = add_shop(workspace)
    add_account(workspace, "lumen.candles", region="GB")
    with workspace.recording(anyway=True):
        linked(workspace, shop, "lumen.candles")
    workspace.accounts.state("lumen.candles", standing=Standing.BANNED)
    clock.move(2 * DAY)


def another_region(workspace: Workspace, clock: StoppedClock) -> None:
    add_shop(workspace)
    add_account(workspace, "lumen.candles", region="GB")


def marketing(workspace: Workspace, clock: StoppedClock) -> None:
    """A request past its hours, an account of another region, and a banned one."""
    shop = add_shop(workspace)
    for name in ("wax.one", "wax.three"):
        add_account(workspace, name)
    add_account(workspace, "wax.two", region="GB")
    workspace.links.request("wax.one", shop.code, Role.MARKETING, agreement=True)
    with workspace.recording(anyway=True):
        linked(workspace, shop, "wax.two", Role.MARKETING)
    linked(workspace, shop, "wax.three", Role.MARKETING)
    workspace.accounts.state("wax.three", standing=Standing.BANNED)
    clock.move(50 * HOUR)


def undone(workspace: Workspace, clock: StoppedClock) -> None:
    """An approval that was entered two days later, and a rejection that was undone."""
    link = in_review(workspace)
    clock.move(3 * DAY)
    workspace.links.reject(link.id, "The photo is blurred")
    workspace.entries.undo(workspace.store.entry, "That was the other shop")
    with workspace.recording(at=clock() - 2 * DAY, note="Ticket 4711"):
        workspace.links.approve(link.id)


PAST = ("p", "type:@maplewick", "enter", "type:2026-05-10 13:30")
STATES: dict[str, tuple[Start, tuple[str, ...]]] = {
    "official-nothing-linked": (empty, ("enter",)),
    "official-awaiting": (awaiting, ("enter",)),
    "official-late": (late, ("enter",)),
    "official-authorized": (authorized, ("enter",)),
    "official-in-review": (reviewed, ("enter",)),
    "official-just-linked": (just_linked, ("enter",)),
    "official-unknown-past": (unknown_past, ("enter",)),
    "official-against": (against, ("enter",)),
    "already-linked": (empty, ("enter", "p")),
    "already-linked-typed": (empty, ("enter", *PAST)),
    "already-linked-mistake": (empty, ("enter", *PAST, "enter", "type:2026-05-01", *["tab"] * 4, "enter")),
    "already-linked-marketing": (empty, ("enter", "2", "p")),
    "marketing": (marketing, ("enter", "2")),
    "link-rules": (another_region, (*TO_USERNAME, "type:lumen.candles", *AGREE)),
    "link-rules-unknown": (empty, (*TO_USERNAME, "type:never.seen", *AGREE)),
    "link-authorize": (awaiting_marketing, ("enter", "2", "enter")),
    "team-late": (invited, TEAM),
    "when": (reviewed, ("enter", "y")),
    "when-typed": (reviewed, ("enter", "y", "type:yesterday 3 PM", "tab", "type:Ticket 4711")),
    "when-mistake": (reviewed, ("enter", "y", "type:3/4/2026")),
    "when-too-early": (reviewed, ("enter", "y", "type:2 days ago", "enter")),
    "when-expired": (late, ("enter", "e")),
    "reason": (reviewed, ("enter", "r", "type:The photo is blurred")),
    "anyway": (just_linked, ("enter", "u", "tab", "enter", "enter")),
    "unlink": (unknown_past, ("enter", "u")),
    "unlink-wait": (just_linked, ("enter", "u")),
    "undo": (reviewed, ("enter", "y", "enter", "z")),
    "undo-mistake": (reviewed, ("enter", "y", "enter", "z", "tab", "enter")),
    "history": (undone, HISTORY),
    "history-undone": (undone, (*HISTORY, "down", "enter")),
    "shop-information": (unknown_past, INFORMATION),
}


@pytest.mark.parametrize("state", STATES, ids=of_wide)
def test_looks(same_looks: SameLooks, app_on: Callable[..., ShoplinkApp], clock: StoppedClock, state: str) -> None:
    start, names = STATES[state]
    app = app_on("record")
    start(app.workspace, clock)
    assert same_looks(app, keys(names))
