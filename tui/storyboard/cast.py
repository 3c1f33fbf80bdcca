"""Record a tour as it plays, as asciicast v2; its own pace is the clock, so the same tour gives the same bytes.

The format: https://docs.asciinema.org/manual/asciicast/v2/
"""

import json
from itertools import zip_longest

from core.text import show
from tui import capture
from tui.player.player import Player
from tui.player.stage import settled
from tui.shell import Shell
from tui.storyboard.frames import Look, opened
from tui.tours import Tour

_START, _SHOW_CURSOR = "\x1b[?25l\x1b[2J", "\x1b[?25h"


async def record(tour: Tour, look: Look) -> str:
    """Play the tour with its captions and return the cast; each step's screen is a marker.

    Raises ShoplinkError if a step fails.
    """
    async with opened(tour, look) as app:
        app.player = recorder = Recorder(app, tour)
        await recorder.play()
        header = {
            "version": 2,
            "width": look.columns,
            "height": look.rows,
            "title": show(tour.title),
            "env": {"TERM": "xterm-256color"},
        }
        return "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in (header, *recorder.ended_events()))


class Recorder(Player):
    """A player that draws the screen where the live one waits, and never waits."""

    def __init__(self, app: Shell, tour: Tour) -> None:
        super().__init__(app, tour, 1.0, ended=lambda: None, at_end="exit")
        self.seconds = 0.0
        """How long the tour has been playing."""
        self._events: list[tuple[float, str, str]] = []
        self._rows: list[str] = []
        self._is_done = False
        """Whether the step is finished, so that its marker is due."""

    def ended_events(self) -> list[tuple[float, str, str]]:
        """Return the events, with one at the end: until then the last screen stays."""
        return [*self._events, (round(self.seconds, 3), "o", _SHOW_CURSOR)]

    async def _wait_for_reader(self) -> None:
        self._is_done = self.at > 0
        await super()._wait_for_reader()

    async def _wait(self, seconds: float) -> None:
        await settled(self.stage.pilot)
        await capture.remove_toasts(self.app)
        if drawn := self._changed_rows():
            self._add("o", drawn)
        if self._is_done:
            self._add("m", show(self.tour.steps[self.at - 1].caption))
            self._is_done = False
        self.seconds += seconds

    def _changed_rows(self) -> str:
        """Return the output that draws the rows that are not on the terminal yet."""
        before, self._rows = self._rows, capture.rows(self.app)
        changed = [
            f"\x1b[{number};1H{row}" for number, (row, old) in enumerate(zip_longest(self._rows, before), start=1) if row != old
        ]
        return "".join(changed if before else [_START, *changed])

    def _add(self, kind: str, what: str) -> None:
        self._events.append((round(self.seconds, 3), kind, what))
