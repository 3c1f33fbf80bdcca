"""A seller begins in the middle: two shops entered on the screens alone, with the keys that a person presses."""

from collections.abc import Callable
from datetime import UTC, datetime

from textual.pilot import Pilot

from core.models import EndedBy, LinkState
from tests.support import StoppedClock
from tests.tui.support import press, text_of, until
from tui.app import ShoplinkApp
from tui.dialogs.when import When

NOW = datetime(2026, 11, 28, 20, 30, tzinfo=UTC)
SELLER = ("tab", "type:US", "tab", "type:Maple LLC", "tab", "tab", "type:84-1", "tab", "type:US")
TO_CODE = ("tab",)
ACCOUNTS = ("end", "up", "up", "enter")


async def when(pilot: Pilot[None], moment: str) -> None:
    """Answer when it happened."""
    await until(pilot, lambda: isinstance(pilot.app.screen, When))
    await press(pilot, f"type:{moment}", "enter")


async def test_a_shop_with_a_past_is_entered_on_screens_alone(app_on: Callable[..., ShoplinkApp], clock: StoppedClock) -> None:
    app = app_on("record")
    clock.now = NOW
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "a", "type:Maple Wick", *SELLER, *TO_CODE, "type:USLCMAPLE1", "tab", "tab", "type:1", "enter")
        await press(pilot, "enter", "p", "type:@maplewick", "tab", "type:2026-05-10 13:30", *["tab"] * 5, "enter")
        assert "2 of 3 unlinks left" in text_of(pilot)
        await press(pilot, "escape", *ACCOUNTS, "enter", "n", "type:@Maple.Wick", "enter")
        await when(pilot, "2026-11-20 09:00")
        assert "@maple.wick" in text_of(pilot)
        await press(pilot, "escape", "escape", "home", "down", "enter", "2")
        await press(pilot, "p", "type:maple.live", "tab", "type:2026-06-01 10:00", "tab", "type:2026-06-15 10:00", "tab", "space")
        await press(pilot, "tab", "type:Banned", "tab", "enter")
        await press(pilot, "p", "type:maple.studio", "tab", "type:2026-07-01 10:00", *["tab"] * 4, "enter")
        status = app.workspace.shops.status("USLCMAPLE1")
        assert status.official is not None
        assert (status.official.username, status.official.linked_at) == ("maple.wick", datetime(2026, 5, 10, 13, 30, tzinfo=UTC))
        assert (status.unlinks_used, status.unlinks_left) == (0, 2)
        assert [link.username for link in status.marketing] == ["maple.studio"]
        assert status.broken == ()
        (live,) = [link for link in app.workspace.links.find() if link.username == "maple.live"]
        assert (live.ended_by, live.unlinked_at) == (EndedBy.TIKTOK, datetime(2026, 6, 15, 10, tzinfo=UTC))


async def test_a_request_is_recorded_a_day_late_and_a_mistake_undone(
    app_on: Callable[..., ShoplinkApp], clock: StoppedClock
) -> None:
    app = app_on("record")
    clock.now = NOW
    links, shops = app.workspace.links, app.workspace.shops
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "a", "type:Maple Outlet", *SELLER, *TO_CODE, "type:USLCMAPLE2", "tab", "tab", "enter")
        await press(pilot, "enter", "tab", "enter", "enter", "type:maple.outlet", "tab", "space", "tab", "enter")
        app.screen.query_one("#confirm").focus()
        await press(pilot, "enter")
        await when(pilot, "2026-11-24 09:00")
        await press(pilot, "a")
        await when(pilot, "2026-11-24 10:00")
        await press(pilot, "l")
        await when(pilot, "2026-11-25 09:00")
        await press(pilot, "r", "type:The name is taken.", "tab", "type:2026-11-26 09:00", "enter")
        assert [link.state for link in links.find(shop="USLCMAPLE2")] == [LinkState.REJECTED]
        await press(pilot, "z", "shift+tab", "type:It was about another shop", "enter")
        assert [link.state for link in links.find(shop="USLCMAPLE2")] == [LinkState.IN_REVIEW]
        await press(pilot, "y")
        await when(pilot, "yesterday 8 PM")
        status = shops.status("USLCMAPLE2")
        assert status.official is not None
        assert (status.official.state, status.official.linked_at) == (LinkState.LINKED, datetime(2026, 11, 27, 20, tzinfo=UTC))
        assert (status.unlinks_left, status.unlinks_left_at_most) == (None, 3)
        assert status.unlink_possible_at == datetime(2026, 11, 28, 20, tzinfo=UTC)
        await press(pilot, "escape")
        assert "At most 3 of 3 unlinks left: earlier unlinks not entered" in text_of(pilot)
