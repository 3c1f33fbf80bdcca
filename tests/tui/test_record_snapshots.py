"""The screens of a record in every state of their own, at 80x24 and 120x40. Look at a picture before you accept it."""

from collections.abc import Callable

import pytest

from core.models import Entity, MemberRole, Role, Standing
from core.workspace import Workspace
from tests.support import DAY, StoppedClock, add_account, add_shop, linked
from tests.tui.conftest import Along, Stops
from tests.tui.record import HOUR, in_review, now_linked, requested
from tests.tui.support import HISTORY, INFORMATION, TEAM
from tests.tui.test_snapshots import AGREE, TO_USERNAME
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


def past(workspace: Workspace, clock: StoppedClock) -> None:
    """An official account of before, and an unlink from before the record."""
    link = now_linked(workspace, unlinks_before=1)
    clock.move(2 * DAY)
    workspace.links.unlink(link.id)


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


def renamed(workspace: Workspace, clock: StoppedClock) -> None:
    """An account that TikTok updated to an organization account, and that has had another username."""
    add_shop(workspace)
    add_account(workspace)
    clock.move(DAY)
    with workspace.recording(anyway=True):
        workspace.accounts.convert("lumen.candles")
    workspace.accounts.rename("lumen.candles", "lumen.org")
    workspace.accounts.state("lumen.org", entity=Entity(registration_number="84-1", country="US"))


def undone(workspace: Workspace, clock: StoppedClock) -> None:
    """An approval that was entered two days later, and a rejection that was undone."""
    link = in_review(workspace)
    clock.move(3 * DAY)
    workspace.links.reject(link.id, "The photo is blurred")
    workspace.entries.undo(workspace.store.entry, "That was the other shop")
    with workspace.recording(at=clock() - 2 * DAY, note="Ticket 4711"):
        workspace.links.approve(link.id)


PAST = ("type:@maplewick", "enter", "type:2026-05-10 13:30")
WALKS: tuple[tuple[Start, Stops], ...] = (
    (
        empty,
        {
            "official-nothing-linked": ("enter",),
            "already-linked": ("p",),
            "already-linked-typed": PAST,
            "already-linked-mistake": ("enter", "type:2026-05-01", *["tab"] * 4, "enter"),
        },
    ),
    (empty, {"already-linked-marketing": ("enter", "2", "p")}),
    (empty, {"link-rules-unknown": (*TO_USERNAME, "type:never.seen", *AGREE)}),
    (another_region, {"link-rules": (*TO_USERNAME, "type:lumen.candles", *AGREE)}),
    (awaiting, {"official-awaiting": ("enter",)}),
    (awaiting_marketing, {"link-authorize": ("enter", "2", "enter")}),
    (late, {"official-late": ("enter",), "when-expired": ("e",)}),
    (authorized, {"official-authorized": ("enter",)}),
    (
        reviewed,
        {
            "official-in-review": ("enter",),
            "when": ("y",),
            "when-typed": ("type:yesterday 3 PM", "tab", "type:Ticket 4711"),
            "when-mistake": ("escape", "y", "type:3/4/2026"),
            "when-too-early": ("ctrl+u", "type:2 days ago", "enter"),
            "reason": ("escape", "r", "type:The photo is blurred"),
        },
    ),
    (reviewed, {"undo": ("enter", "y", "enter", "z"), "undo-mistake": ("tab", "enter")}),
    (
        just_linked,
        {"official-just-linked": ("enter",), "unlink-wait": ("u",), "anyway": ("tab", "enter", "enter")},
    ),
    (
        unknown_past,
        {"official-unknown-past": ("enter",), "unlink": ("u",), "shop-information": ("escape", "escape", *INFORMATION)},
    ),
    (
        past,
        {
            "official-none-now": ("enter",),
            "shop-information-unlinks-before": ("escape", *INFORMATION),
            "rename": ("r", "type: Studio"),
        },
    ),
    (against, {"official-against": ("enter",)}),
    (marketing, {"marketing": ("enter", "2")}),
    (invited, {"team-late": TEAM}),
    (renamed, {"account-renamed": (*["down"] * 7, "enter", "enter")}),
    (undone, {"history": HISTORY, "history-undone": ("down", "enter")}),
)


@pytest.mark.parametrize(("start", "stops"), [pytest.param(*walk, id=" ".join(walk[1])) for walk in WALKS])
def test_looks_along(along: Along, app_on: Callable[..., ShoplinkApp], clock: StoppedClock, start: Start, stops: Stops) -> None:
    app = app_on("record")
    start(app.workspace, clock)
    along(app, stops)
