"""Play a tour live, with captions, pause, next and back; any other key ends it."""

import asyncio
from collections.abc import Callable
from typing import Literal

from textual import events
from textual.css.query import NoMatches
from textual.screen import Screen
from textual.widgets import Footer

from core.errors import ShoplinkError
from core.text import show
from tui.exit_codes import INVALID
from tui.player import pace
from tui.player.caption import TOASTS, Caption
from tui.player.stage import Stage
from tui.shell import Shell
from tui.tours import Tour

AtEnd = Literal["stay", "exit", "loop"]
"""What follows the last step: wait for a key, end the program, or play again."""


class Player:
    """Play one tour in one app.

    `speed` 2 is twice as fast; `ended` is called when the tour ends early. Where nobody is expected to press a key at the
    end, the caption doesn't name the player's keys.
    """

    def __init__(self, app: Shell, tour: Tour, speed: float, ended: Callable[[], None], at_end: AtEnd = "stay") -> None:
        self.app = app
        self.tour = tour
        self.speed = speed
        self.ended = ended
        self.at_end = at_end
        self.stage = Stage(app, tour)
        self.at = 0
        """The number of steps done."""
        self.performing = False
        """Whether the last of these is being played."""
        self.paused = False
        self._wanted: int | None = 0
        self._interrupted = asyncio.Event()

    async def run(self) -> None:
        """Play until canceled or a step fails; report why a step failed."""
        try:
            await self.play()
        except ShoplinkError as error:
            problem = f"The tour ended at step {self.at}. {error.message} {error.remedy}"
            if self.at_end == "exit":
                self.app.exit(return_code=INVALID, message=show(problem))
            else:
                await self._leave(problem)
        else:
            self.app.exit()

    async def play(self) -> None:
        """Play until canceled, or to the end of the last caption where the program ends then.

        Raises ShoplinkError when a step fails.
        """
        while True:
            self._interrupted.clear()
            await self._show_caption()
            if self._wanted is not None:
                wanted, self._wanted = self._wanted, None
                await self._go(wanted)
                await self._wait_for_reader()
            elif self.paused or (self.at == len(self.tour.steps) and self.at_end == "stay"):
                await self._interrupted.wait()
            elif self.at < len(self.tour.steps):
                await self._step(slowly=True)
                await self._wait_for_reader()
            elif self.at_end == "loop":
                self._wanted = 0
            else:
                return

    async def takes(self, event: events.Event) -> bool:
        """Return whether the event is one of the player's keys.

        Any other key or a click ends the tour and is then handled as usual.
        """
        if isinstance(event, events.MouseDown):
            await self.end()
        if not isinstance(event, events.Key) or event is self.stage.sent:
            return False
        match event.key:
            case "space":
                self.paused = not self.paused
            case "right":
                self._wanted = self.at + 1 if self.at < len(self.tour.steps) else None
            case "left":
                self._wanted = max(self.at - 1, 0)
            case "home":
                self._wanted = 0
            case _:
                await self.end()
                return event.key == "escape"
        self._interrupted.set()
        return True

    async def end(self) -> None:
        """End the tour and leave the screens as they are."""
        self.app.workers.cancel_group(self.app, "tour")
        await self._leave("The tour is left: the screens are yours.")

    async def _leave(self, message: str) -> None:
        self.ended()
        for screen in self.app.screen_stack:
            await screen.query(Caption).remove()
            screen.query(TOASTS).set_styles("margin: 0 0 1 0;")
        self.app.notify(show(message), title=show(self.tour.title), markup=False)

    async def _go(self, wanted: int) -> None:
        """Go to the state after `wanted` steps.

        Going back replays from the start, since steps cannot be undone.
        """
        if wanted <= self.at:
            self.at = 0
            await self.stage.begin()
        while self.at < wanted:
            await self._step(slowly=False)

    async def _step(self, *, slowly: bool) -> None:
        step = self.tour.steps[self.at]
        self.at += 1
        self.performing = True
        try:
            await self._show_caption()
            if slowly:
                await self._wait(pace.STEP_SECONDS / 2)
            await self.stage.perform(step, self._between_keys if slowly else None)
        finally:
            self.performing = False

    async def _wait_for_reader(self) -> None:
        """Wait for as long as the caption takes to read."""
        await self._show_caption()
        await self._wait(pace.reading(self._caption))

    @property
    def _caption(self) -> str:
        return self.tour.steps[self.at - 1].caption if self.at else self.tour.shows

    async def _between_keys(self) -> None:
        await self._show_caption()  # the key may have opened another screen
        await self._wait(pace.KEY_SECONDS)

    async def _wait(self, seconds: float) -> None:
        """Wait for `seconds` at speed 1, or until a player key is pressed."""
        try:
            await asyncio.wait_for(self._interrupted.wait(), seconds / self.speed)
        except TimeoutError:
            return

    async def _show_caption(self) -> None:
        """Show the caption on every screen, so that layouts stay when one closes."""
        step = self.tour.steps[self.at - 1] if self.at else None
        for screen in self.app.screen_stack:
            if not screen.is_attached or (not screen.query(Footer) and not screen.is_modal):
                continue
            caption = await self._caption_on(screen)
            caption.show_step(
                title=self.tour.title,
                at=self.at,
                steps=len(self.tour.steps),
                caption=self._caption,
                keys=step.keys if step else (),
                note=step.note if step and not self.app.presenters else "",
                paused=self.paused,
                ended=self.at == len(self.tour.steps) and not self.performing,
                attended=self.at_end == "stay",
            )

    async def _caption_on(self, screen: Screen[object]) -> Caption:
        found = screen.query(Caption)
        if found:
            return found.first()
        caption = Caption()
        try:
            await screen.mount(caption, before=screen.query_one(Footer))
        except NoMatches:  # a dialog
            await screen.mount(caption)
        return caption
