"""Play a tour live, with captions: pause, step, start over, faster, slower, end.

Any other key takes over until `f12`.
"""

import asyncio
from collections.abc import Callable
from time import monotonic
from typing import Literal

from textual import events
from textual.containers import VerticalScroll
from textual.widgets import Input, OptionList

from core.errors import ShoplinkError
from core.text import show
from tui.exit_codes import INVALID
from tui.player import pace
from tui.player.bar import remove_bars, show_bars
from tui.player.stage import Stage, seen
from tui.shell import Shell
from tui.tours import Tour

AtEnd = Literal["stay", "exit", "loop"]
"""What follows the last step: wait for a key, quit, or play again."""
SPEEDS = (0.2, 0.3, 0.5, 0.7, 1.0, 1.5, 2.0, 3.0, 5.0, 10.0, 20.0)
GO_ON = "f12"
"""The key that resumes a tour that was taken over."""


class Player:
    """Play one tour in one app.

    `speed` 2 is twice as fast; `ended` is called when the tour ends. If nobody will press a key at the end, the
    caption does not name the player's keys.
    """

    def __init__(self, app: Shell, tour: Tour, speed: float, ended: Callable[[], None], at_end: AtEnd = "stay") -> None:
        self.app = app
        self.tour = tour
        self.speed = speed
        self.ended = ended
        self.at_end = at_end
        self.stage = Stage(app, tour)
        self.at = 0
        """The number of finished steps; the caption is the last one's."""
        self.paused = False
        self.is_taken_over = False
        self.was_replayed = False
        """Whether the steps were replayed because somebody who took over had changed the screens."""
        self._left: object = None
        """The state of the screens when somebody took over; None in the middle of a step."""
        self._is_performing = False
        self._wanted: int | None = 0
        self._is_interrupted = False
        self._woken = asyncio.Event()

    @property
    def has_ended(self) -> bool:
        return self.at == len(self.tour.steps)

    @property
    def caption(self) -> str:
        """The caption of the step that is on the screen."""
        return self.tour.steps[self.at - 1].caption if self.at else self.tour.shows

    async def run(self) -> None:
        """Play until canceled or a step fails; report why a step failed. A tour presses the keys that shoplink comes with."""
        self.app.set_keymap({})
        try:
            await self.play()
        except ShoplinkError as error:
            problem = f"The tour ended at step {self.at + 1}. {self.stage.explained(self.tour.steps[self.at], error)}"
            if self.at_end == "exit":
                self.app.exit(return_code=INVALID, message=show(problem))
            else:
                self._leave(problem)
        else:
            self.app.exit()

    async def play(self) -> None:
        """Play until canceled or, if the program then quits, to the end of the last caption.

        Raises ShoplinkError if a step fails.
        """
        while True:
            self._is_interrupted = False
            show_bars(self.app)
            if self._wanted is not None:
                wanted, self._wanted = self._wanted, None
                await self._go(wanted)
                await self._wait_for_reader()
            elif self.paused or (self.has_ended and self.at_end == "stay"):
                await self._interruption()
            elif not self.has_ended:
                await self._step(slowly=True)
                await self._wait_for_reader()
            elif self.at_end == "loop":
                self._wanted = 0
            else:
                return

    def takes(self, event: events.Event) -> bool:
        """Return whether the event is one of the player's keys.

        Any other key or a click takes over and is then handled as usual.
        """
        if isinstance(event, events.MouseDown):
            self.take_over()
        if not isinstance(event, events.Key) or event is self.stage.sent:
            return False
        if self.is_taken_over:
            if event.key == GO_ON:
                self._go_on()
            return event.key == GO_ON
        match event.key:
            case "space":
                if self.has_ended and self.at_end == "stay":
                    return True  # there is nothing to pause
                self.paused = not self.paused
            case "right":
                self._wanted = None if self.has_ended else self.at + 1
            case "left":
                self._wanted = max(self.at - 1, 0)
            case "home":
                self._wanted = 0
            case "plus" | "equals_sign":
                self._set_speed(min((speed for speed in SPEEDS if speed > self.speed), default=self.speed))
                return True
            case "minus":
                self._set_speed(max((speed for speed in SPEEDS if speed < self.speed), default=self.speed))
                return True
            case "escape":
                self.end()
                return True
            case _:
                self.take_over()
                return False
        self._is_interrupted = True
        self._woken.set()
        return True

    def end(self) -> None:
        """End the tour and leave the screens as they are."""
        self.app.workers.cancel_group(self.app, "tour")
        self._leave("You left the tour. You can continue on your own.")

    def _leave(self, message: str) -> None:
        self.app.set_keymap(self.app.own_keys)
        self.ended()
        remove_bars(self.app)
        self.app.notify(show(message), title=show(self.tour.title), markup=False)

    def take_over(self) -> None:
        """Stop playing; the bar stays, with the key to resume."""
        if not self.is_taken_over:
            self.app.workers.cancel_group(self.app, "tour")
            self.app.set_keymap(self.app.own_keys)
            self.is_taken_over, self.was_replayed = True, False
            self._left = None if self._is_performing else self._position()
            show_bars(self.app)

    def _go_on(self) -> None:
        """Resume where somebody took over; if they changed the screens, replay the steps first."""
        self.was_replayed = self._left is None or self._left != self._position()
        self.is_taken_over = self.paused = False
        if self.was_replayed:
            self._wanted = self.at
        self.app.run_worker(self.run(), group="tour", exclusive=True)

    def _position(self) -> object:
        """Return what shows whether somebody changed the screens: their state, inputs, cursor and scrolling."""
        app = self.app
        typed = [entry.value for screen in app.screen_stack for entry in screen.query(Input)]
        marked = [rows.highlighted for screen in app.screen_stack for rows in screen.query(OptionList)]
        scrolled = [page.scroll_offset for screen in seen(app.screen_stack) for page in screen.query(VerticalScroll)]
        focused = app.focused and (type(app.focused), app.focused.id)
        return app.workspace.version(), [*app.screen_stack], typed, marked, scrolled, focused

    def _set_speed(self, speed: float) -> None:
        self.speed = speed
        show_bars(self.app)
        self._woken.set()

    async def _go(self, wanted: int) -> None:
        """Go to the state after `wanted` steps.

        Going back replays from the start, since steps cannot be undone.
        """
        if wanted <= self.at:
            self.at = 0
            self._is_performing = True
            await self.stage.begin()
            self._is_performing = False
        while self.at < wanted:
            await self._step(slowly=False)

    async def _step(self, *, slowly: bool) -> None:
        """Do the next step; its caption appears afterward, together with its screen."""
        self._is_performing = True
        try:
            await self.stage.perform(self.tour.steps[self.at], self._between_keys if slowly else None)
            self.at += 1
            if slowly:
                self.was_replayed = False
        finally:
            self._is_performing = False

    async def _wait_for_reader(self) -> None:
        """Wait for as long as the caption takes to read."""
        show_bars(self.app)
        await self._wait(pace.reading(self.caption))

    async def _between_keys(self) -> None:
        await self._wait(pace.KEY_SECONDS)

    async def _wait(self, seconds: float) -> None:
        """Wait for `seconds` at speed 1, following changes of speed, or until a key interrupts."""
        while seconds > 0 and not self._is_interrupted:
            speed, since = self.speed, monotonic()
            self._woken.clear()
            try:
                await asyncio.wait_for(self._woken.wait(), seconds / speed)
            except TimeoutError:
                return
            seconds -= (monotonic() - since) * speed

    async def _interruption(self) -> None:
        while not self._is_interrupted:
            self._woken.clear()
            await self._woken.wait()
