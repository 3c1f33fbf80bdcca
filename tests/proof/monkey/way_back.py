"""The way back: from anywhere to the first screen with the keys that the screens name, and out of the program."""

from __future__ import annotations

from typing import cast

from textual import events
from textual.pilot import Pilot

from tests.proof.monkey.input_events import key, post, resize
from tests.proof.settled import settled
from tui.app import ShoplinkApp
from tui.dialogs.confirm import Confirm
from tui.screens.shops import Shops
from tui.screens.welcome import Welcome

STEPS = 12
"""Keys that one screen may take: leaving the focus, a question, a filter, the steps of a wizard."""


async def back(pilot: Pilot[None]) -> int:
    """Press escape until the first screen is there; return how many keys it took."""
    app = cast(ShoplinkApp, pilot.app)
    if not await settled(pilot):
        return 0
    post(app, events.AppFocus())
    post(app, resize((80, 24)))
    await settled(pilot)
    most = STEPS * (len(app.screen_stack) + 1)
    for pressed in range(most):
        if _is_first(app):
            return pressed
        for name in ("right", "enter") if _leaving(app) else ("escape",):
            post(app, key(name))
            if not await settled(pilot):
                return pressed
    raise AssertionError(f"no way back from {app.screen_stack} within {most} keys; the focus is on {app.focused}")


async def quit(pilot: Pilot[None]) -> None:
    app = pilot.app
    if app._exception is None and not app._exit:
        post(app, key("ctrl+q"))
        await settled(pilot)
        assert app._exit, f"ctrl+q does not leave {app.screen}"


def _is_first(app: ShoplinkApp) -> bool:
    """Whether there is nothing behind this screen, no question and no tour."""
    screen = app.screen
    if app.player or screen.maximized or not isinstance(screen, Shops | Welcome):
        return False
    return not screen.check_action("back", ())


def _leaving(app: ShoplinkApp) -> bool:
    """Whether a wizard asks before it forgets what was typed: there escape stays."""
    return isinstance(app.screen, Confirm) and app.screen.title_text == "Leave without saving?"
