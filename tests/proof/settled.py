"""Wait until an application has answered everything: it is asked, where Textual's pilot waits by the clock."""

from __future__ import annotations

import asyncio

from textual.app import App
from textual.pilot import Pilot

from tui.player.stage import _seen


async def settled(pilot: Pilot[None]) -> bool:
    """Wait until everything was answered and painted; return False when the program has ended."""
    app = pilot.app
    quiet = 0
    for _ in range(1000):
        if app._exit or not await pilot._wait_for_screen():
            return False
        quiet = 0 if _busy(app) else quiet + 1
        if quiet == 2:  # a message that was just handled may have sent another
            return True
        await asyncio.sleep(0 if quiet else 0.001)
    raise AssertionError(f"never settled: {app.screen}")


def _busy(app: App[None]) -> bool:
    """Whether anything visible has still to be answered, mounted or laid out. Animations are not waited for."""
    seen = _seen(app.screen_stack)
    pumps = [app, *(node for screen in seen for node in screen.walk_children(with_self=True))]
    if any(pump._message_queue.qsize() or pump._next_callbacks for pump in pumps):
        return True
    return any(getattr(screen, "painting", False) for screen in seen) or app.screen._layout_required
