"""Make a scenario while the screens go on; show its progress if it takes a moment."""

import asyncio
from contextlib import suppress

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import ProgressBar

from core.clock import Clock
from core.workspace import Workspace
from tui.dialogs.dialog import Dialog
from tui.shell import Shell

AT_ONCE_SECONDS = 0.15
"""How long it may take before its progress is shown."""


class Making(Dialog[None]):
    """A bar that follows the work; whoever started it stops it when asked to, and closes this."""

    BINDINGS = [Binding("escape", "stop", "Stop")]

    def __init__(self, title: str) -> None:
        super().__init__()
        self.title_text = title
        self.is_stopped = False

    def compose(self) -> ComposeResult:
        with Vertical(id="dialog") as dialog:
            dialog.border_title = Content(self.title_text)
            yield ProgressBar(total=1, show_eta=False)

    def action_stop(self) -> None:
        self.is_stopped = True

    def show(self, share: float) -> None:
        """Show the finished share of the work, from 0 to 1. It may be closed already, or not mounted yet."""
        for bar in self.query(ProgressBar):
            bar.update(progress=share)


class _Stopped(Exception):
    pass


async def make_scenario(app: Shell, scenario: str, *, actor: str, clock: Clock) -> Workspace | None:
    """Make a scenario's workspace in memory, in its own thread. Call it from a worker.

    Returns None if somebody stopped it or left the program. Raises NotFound or InvalidInput.
    """
    from core import scenarios

    making = Making("Making the scenario")

    def report(share: float) -> None:
        if making.is_stopped:
            raise _Stopped
        app.call_later(making.show, share)

    def make() -> Workspace | None:
        with suppress(_Stopped):
            return scenarios.in_memory(scenario, actor=actor, clock=clock, report=report)
        return None

    made = asyncio.create_task(asyncio.to_thread(make))
    try:
        if not (await asyncio.wait([made], timeout=AT_ONCE_SECONDS))[0]:
            app.push_screen(making)
        workspace = await made
    finally:
        making.is_stopped = True  # the thread goes on when its worker is canceled
        if app.is_there(making):
            app.leave(making)
    return workspace if app.is_running else None
