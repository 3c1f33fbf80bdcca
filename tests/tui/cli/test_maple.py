"""A seller begins in the middle: two shops entered by commands alone, in two orders, and what the commands answer."""

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.support import StoppedClock
from tests.tui.cli.support import SELLER, Run

NOW = datetime(2026, 11, 28, 20, 30, tzinfo=UTC)
WICK, OUTLET = ("--shop", "USLCMAPLE1"), ("--shop", "USLCMAPLE2")
ANYWAY = ("--accept-agreement", "--confirm-unknown")

BANNED = ("--unlinked-at", "2026-06-15", "--ended-by", "tiktok", "--note", "Banned")

Commands = list[tuple[str, ...]]

SHOPS: Commands = [
    ("add-shop", "--name", "Maple Wick", "--code", "USLCMAPLE1", "--unlinks-before", "1", *SELLER),
    ("add-shop", "--name", "Maple Outlet", "--code", "USLCMAPLE2", *SELLER),
]
RENAMED = ("rename-account", "@maplewick", "@maple.wick", "--at", "2026-11-20 09:00")
OFFICIAL = ("record-link", "@maplewick", *WICK, "--as", "official", "--linked-at", "2026-05-10T13:30Z")
LIVE: Commands = [
    ("record-link", "@maple.live", *WICK, "--as", "marketing", "--linked-at", "2026-06-01", *BANNED),
    ("add-account", "@maple.live", "--standing", "banned", "--at", "2026-06-15"),
]
STUDIO = ("record-link", "https://www.tiktok.com/@Maple.Studio", *WICK, "--as", "marketing", "--linked-at", "2026-07-01")
MISTAKE: Commands = [
    ("link", "@maple.error", *WICK, "--as", "official", *ANYWAY, "--anyway", "--at", "2026-11-21 10:00"),
    ("reject", "@maple.error", "--reason", "The name is taken.", "--anyway", "--at", "2026-11-22 10:00"),
    ("undo", "--link", "@maple.error", "--reason", "It was about another shop", "--yes"),
    ("undo", "--link", "@maple.error", "--reason", "It was never requested", "--yes"),
]
OUTLETS: Commands = [
    ("link", "@maple.outlet", *OUTLET, "--as", "official", *ANYWAY, "--at", "2026-11-24 09:00"),
    ("authorize", "@maple.outlet", "--at", "2026-11-24 10:00"),
    ("submit", "@maple.outlet", "--at", "2026-11-25 09:00"),
    ("approve", "@maple.outlet", "--at", "2026-11-27T20:00Z"),
]
ORDERS: dict[str, Commands] = {
    "as it happened": [*SHOPS, OFFICIAL, *LIVE, STUDIO, RENAMED, *MISTAKE, *OUTLETS],
    "the other way round": [
        ("add-shop", "--name", "Maple Outlet", *SELLER),
        ("set-shop", "--code", "USLCMAPLE2"),
        *OUTLETS,
        ("add-shop", "--name", "Maple Wick", "--code", "USLCMAPLE1", *SELLER),
        STUDIO,
        ("add-account", "@maplewick", "--at", "2026-04-01"),
        RENAMED,
        *MISTAKE,
        *reversed(LIVE),
        OFFICIAL,
        ("set-shop", "USLCMAPLE1", "--unlinks-before", "1"),
    ],
}


def enter(cli: Run, stopped: StoppedClock, commands: Commands) -> None:
    stopped.now = NOW
    assert cli("init", "--record")[0] == 0
    for command in commands:
        code, answer = cli(*command)
        assert code == 0, (command, answer)


def without_ids(document: Any) -> Any:
    """The document without what differs from one workspace to the next."""
    if isinstance(document, dict):
        return {key: without_ids(value) for key, value in document.items() if key != "id"}
    return [without_ids(value) for value in document] if isinstance(document, list) else document


@pytest.mark.parametrize("order", ORDERS)
def test_the_start_is_answered_to_the_letter(cli: Run, stopped: StoppedClock, order: str) -> None:
    enter(cli, stopped, ORDERS[order])
    code, wick = cli("status", "USLCMAPLE1")
    official = wick["official"]
    assert (code, official["link"]["account"]["username"]) == (0, "maple.wick")
    (account,) = cli("accounts", "--query", "maplewick")[1]["accounts"]
    assert (account["username"], account["former"]) == ("maple.wick", ["maplewick"])
    assert official["link"]["linked_at"] == "2026-05-10T13:30:00Z"
    assert official["unlink_possible_at"] == "2026-05-11T13:30:00Z"
    assert (wick["unlinks_used"], wick["unlinks_before"], wick["unlinks_left"]) == (0, 1, 2)
    assert [link["account"]["username"] for link in wick["marketing"]] == ["maple.studio"]
    assert wick["broken"] == []
    assert wick["requests"] == []
    code, outlet = cli("status", "USLCMAPLE2")
    assert outlet["official"]["unlink_possible_at"] == "2026-11-28T20:00:00Z"
    assert (outlet["unlinks_before"], outlet["unlinks_left"], outlet["unlinks_left_at_most"]) == (None, None, 3)
    assert "At most 3 of 3 unlinks left: earlier unlinks not entered" in cli("status", "USLCMAPLE2", text=True)[1]


@pytest.mark.parametrize("order", ORDERS)
def test_the_history_has_everything_by_when_it_happened(cli: Run, stopped: StoppedClock, order: str) -> None:
    enter(cli, stopped, ORDERS[order])
    code, history = cli("history", *WICK)
    moments = [event["at"] for event in history["events"]]
    assert (code, moments) == (0, sorted(moments, reverse=True))
    (mistake,) = [event for event in history["events"] if event["kind"] == "link.rejected"]
    (undone, *_) = [event for event in history["events"] if event["kind"] == "entry.undone" and "rejected" in event["summary"]]
    assert mistake["undone_by"] == undone["entry"]
    assert (mistake["actor"], mistake["entered_by"]) == ("TikTok", "maya")
    assert undone["note"] == "It was about another shop"
    (ended,) = [event for event in history["events"] if event["kind"] == "link.unlinked"]
    assert (ended["at"], ended["actor"], ended["note"]) == ("2026-06-15T23:59:59.999Z", "TikTok", "Banned")
    (renamed,) = cli("history", "--account", "@maplewick", "--kind", "account.username_changed")[1]["events"]
    assert (renamed["at"], renamed["recorded_at"]) == ("2026-11-20T09:00:00Z", "2026-11-28T20:30:00Z")
    (approved,) = cli("history", *OUTLET, "--kind", "link.approved")[1]["events"]
    assert (approved["at"], approved["recorded_at"]) == ("2026-11-27T20:00:00Z", "2026-11-28T20:30:00Z")
    assert "entered 1 day later by maya" in " ".join(cli("history", *OUTLET, text=True)[1].split())


def test_both_orders_give_the_same_status(cli: Run, stopped: StoppedClock, tmp_path: Any) -> None:
    found = []
    for name, order in enumerate(ORDERS.values()):
        stopped.now = NOW
        db = tmp_path / f"{name}.db"
        assert cli("init", "--record", db=db)[0] == 0
        for command in order:
            assert cli(*command, db=db)[0] == 0, command
        found.append([without_ids(cli("status", shop, db=db)[1]) for shop in ("USLCMAPLE1", "USLCMAPLE2")])
    assert found[0] == found[1]
