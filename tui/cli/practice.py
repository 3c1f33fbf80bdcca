"""Open the screens on a practice workspace that is deleted when they close.

Imports neither click nor core before the workspace is made in another process: both processes then import core at the same time.
"""

from __future__ import annotations

import gc
import sys
import tempfile
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from tui.cli.forked import forked
from tui.cli.opening import needs_terminal, opened

if TYPE_CHECKING:
    from tui.player.player import AtEnd

REPORT_SECONDS = 0.3
"""How long making a scenario takes before its progress is shown."""


def open_practice(
    scenario: str = "new-shop", play: str | None = None, *, speed: float = 1.0, at_end: AtEnd = "stay", guest: bool = False
) -> int:
    """Open the screens on a scenario, given by its id or file, and play a tour; return the exit code.

    Raises NotFound or InvalidInput for the scenario, and the errors of Workspace.open.
    """
    gc.disable()  # until the first paint, as in open_screens
    try:
        with tempfile.TemporaryDirectory(prefix="shoplink-demo-") as folder:
            path = Path(folder) / "practice.db"
            import core.workspace  # noqa: F401  # once, for both processes

            made = forked(lambda: make(path, scenario))  # takes as long as to import the screens
            from tui import launch
            from tui.actor import actor

            opens = made()
            if needs_terminal():
                return 2
            return launch.run(opened(path), path, actor(), opens=opens, tour=play, speed=speed, at_end=at_end, guest=guest)
    finally:
        gc.enable()


def make(path: Path, scenario: str) -> tuple[str | None, str]:
    """Make a practice workspace in a new file; return the shop and the page to open."""
    from core import scenarios
    from tui.actor import actor

    chosen = scenarios.load(scenario)
    report = _Report(chosen.title)
    scenarios.create(path, chosen.id, actor=actor(practice=True), report=report).close()
    report.clear()
    return chosen.first_shop, chosen.opens


class _Report:
    """Show the progress of making a scenario on a terminal, if it takes a while."""

    def __init__(self, title: str) -> None:
        from core.text import show

        self.text = f"Making “{show(title, 60)}”"
        self.begun = monotonic()
        self.shown = False

    def __call__(self, share: float) -> None:
        if monotonic() - self.begun > REPORT_SECONDS and sys.stderr.isatty():
            self.shown = True
            self._write(f"{self.text}: {share:.0%}")

    def clear(self) -> None:
        if self.shown:
            self._write(" " * (len(self.text) + 6) + "\r")

    def _write(self, text: str) -> None:
        sys.stderr.write(f"\r{text}")
        sys.stderr.flush()
