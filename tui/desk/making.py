"""Make a scenario while the screens go on; show its progress if it takes a moment."""

import asyncio

from core.workspace import Workspace
from tui.dialogs.making import Making
from tui.shell import Shell

AT_ONCE_SECONDS = 0.15
"""How long it may take before its progress is shown."""


class _Stopped(Exception):
    pass


async def make_scenario(app: Shell, scenario: str) -> Workspace | None:
    """Make a scenario's workspace in memory, in its own thread. Call it from a worker.

    Returns None if somebody stopped it or left the program. Raises NotFound or InvalidInput.
    """
    from core import scenarios

    making = Making("Making the scenario")

    def report(share: float) -> None:
        if making.is_stopped:
            raise _Stopped
        app.call_later(making.show, share)

    made = asyncio.create_task(
        asyncio.to_thread(
            scenarios.in_memory,
            scenario,
            actor=app.workspace.actor,
            clock=app.workspace.clock,
            report=report,
        )
    )
    if not (await asyncio.wait([made], timeout=AT_ONCE_SECONDS))[0]:
        app.push_screen(making)
    try:
        workspace = await made
    except _Stopped:
        return None
    finally:
        making.is_stopped = True  # the thread goes on when its worker is canceled
        if app.is_there(making):
            app.leave(making)
    return workspace if app.is_running else None
