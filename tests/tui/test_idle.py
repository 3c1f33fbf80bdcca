"""What costs nothing: a screen on which nothing changes, and one that is covered."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.support import StoppedClock
from tests.tui.support import press
from tui.app import ShoplinkApp
from tui.widgets.lines import Live

AppOn = Callable[..., ShoplinkApp]


def painted(app: ShoplinkApp, monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What is written to the terminal from now on."""
    written: list[object] = []
    monkeypatch.setattr(app, "_display", lambda screen, renderable: written.append(renderable))
    return written


async def test_an_idle_screen_writes_nothing_and_a_minute_later_the_clock(
    app_on: AppOn, clock: StoppedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = app_on("just-linked")
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "enter")
        written = painted(app, monkeypatch)
        for at, times in ((timedelta(), 0), (timedelta(minutes=1), 1)):
            clock.move(at)
            written.clear()
            for screen in app.screen_stack:
                for live in screen.query(Live):
                    live.look()
            app.look()
            await press(pilot)
            assert len(written) == times


async def test_a_step_of_the_focus_paints_two_widgets_and_not_the_screen(app_on: AppOn, monkeypatch: pytest.MonkeyPatch) -> None:
    app = app_on("new-shop")
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "enter")
        before = app.focused
        written = painted(app, monkeypatch)
        await press(pilot, "tab")
        assert app.focused is not before
        assert written
        assert not [one for one in written if type(one).__name__ == "LayoutUpdate"]  # that is the whole screen
