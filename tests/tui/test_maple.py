"""A seller begins in the middle: a shop entered on the screens alone, with the keys that a person presses."""

from collections.abc import Callable
from datetime import UTC, datetime

from core.models import EndedBy
from tests.support import StoppedClock
from tests.tui.support import press, text_of, until
from tui.app import ShoplinkApp
from tui.dialogs.when import When

NOW = datetime(2026, 11, 28, 20, 30, tzinfo=UTC)
SELLER = ("tab", "type:US", "tab", "type:Maple LLC", "tab", "tab", "type:84-1", "tab", "type:US")
KNOWN = ("type:USLCMAPLE1", "tab", "type:over", "tab", "type:1")
ACCOUNTS = ("end", "up", "up", "enter")


async def test_a_shop_with_a_past_is_entered_on_screens_alone(app_on: Callable[..., ShoplinkApp], clock: StoppedClock) -> None:
    app = app_on("record")
    clock.now = NOW
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "a", "type:Maple Wick", *SELLER, "tab", *KNOWN, "enter")
        await press(pilot, "enter", "p", "type:@maplewick", "tab", "type:2026-05-10 13:30", *["tab"] * 5, "enter")
        assert "2 of 3 unlinks left" in text_of(pilot)
        await press(pilot, "escape", *ACCOUNTS, "enter", "n", "type:@Maple.Wick", "enter")
        await until(pilot, lambda: isinstance(app.screen, When))
        await press(pilot, "type:2026-11-20 09:00", "enter")
        assert "@maple.wick" in text_of(pilot)
        await press(pilot, "escape", "escape", "home", "down", "enter", "2")
        await press(pilot, "p", "type:maple.live", "tab", "type:2026-06-01 10:00", "tab", "type:2026-06-15 10:00", "tab", "space")
        await press(pilot, "tab", "type:Banned", "tab", "enter")
        await press(pilot, "p", "type:maple.studio", "tab", "type:2026-07-01 10:00", *["tab"] * 4, "enter")
        status = app.workspace.shops.status("USLCMAPLE1")
        assert (status.shop.code_is_made_up, status.shop.unlinks_before, status.shop.probation) == (False, 1, "over")
        assert status.official is not None
        assert (status.official.username, status.official.linked_at) == ("maple.wick", datetime(2026, 5, 10, 13, 30, tzinfo=UTC))
        assert (status.unlinks_used, status.unlinks_left) == (0, 2)
        assert [link.username for link in status.marketing] == ["maple.studio"]
        assert status.broken == ()
        (live,) = [link for link in app.workspace.links.find() if link.username == "maple.live"]
        assert (live.ended_by, live.unlinked_at) == (EndedBy.TIKTOK, datetime(2026, 6, 15, 10, tzinfo=UTC))
