"""Perform a tour's steps on the real screens, for the player and the storyboard."""

from collections.abc import Awaitable, Callable

from textual import events
from textual.pilot import Pilot
from textual.screen import ModalScreen, Screen
from textual.widgets import Input

from core import desk
from core.errors import InvalidInput, ShoplinkError
from core.text import show
from tui import capture
from tui.acts import Acts, named
from tui.messages import OpenWorkspace
from tui.player import sight
from tui.shell import Shell
from tui.tours import TYPE, Step, Tour

Pause = Callable[[], Awaitable[None]]


class Stage:
    """Open a tour's start and perform its steps."""

    def __init__(self, app: Shell, tour: Tour) -> None:
        self.app = app
        self.tour = tour
        self.pilot = Pilot(app)
        self.sent: events.Key | None = None
        """The last key sent by the tour, so that the player ignores it."""
        self.untaken: list[str] = []
        """The keys of the last step that nothing on the screen used."""
        self.act: int | None = None
        """Which of a step's Desk acts is being done, from 0."""

    async def begin(self) -> None:
        """Load the tour's scenario and open its shop.

        Raises NotFound or InvalidInput for a mistake in the tour or scenario.
        """
        self.act = None
        workspace = self.app.workspace
        desk.switch(workspace, self.tour.scenario)
        workspace.shops.get(self.tour.shop)
        self.app.post_message(OpenWorkspace(workspace, self.tour.shop))
        await settled(self.pilot)

    async def perform(self, step: Step, pause: Pause | None = None) -> None:
        """Perform a step; `pause` is awaited after each key and letter.

        Raises the errors of Desk acts, and InvalidInput when text is typed without a focused widget.
        """
        self.act = None
        self.app.clear_notifications()  # keep only this step's toasts in its picture
        acts = Acts(self.app.workspace, self.app.workspace.shops.get(self.tour.shop).id)
        self.untaken = []
        for self.act, words in enumerate(step.desk):
            named(words)(acts)
            self.app.repaint()
            await settled(self.pilot)
        self.act = None
        for key in step.keys:
            if not key.startswith(TYPE):
                self._press(key)
                await settled(self.pilot)
                if pause:
                    await pause()
                continue
            text = key.removeprefix(TYPE)
            for part in text if pause else [text]:  # letter by letter in the live player
                if not isinstance(self.app.focused, Input):
                    raise InvalidInput(
                        "step", f"types {show(text, 60)} where nothing accepts it", remedy="Correct the tour's keys."
                    )
                self.app.focused.post_message(events.Paste(part))
                if pause:
                    await pause()
            await settled(self.pilot)
        await self.bring_into_view(step)

    def explained(self, step: Step, error: ShoplinkError) -> str:
        """Say which of the step's Desk acts is not possible, if one is not, why, and what to do next."""
        act = "" if self.act is None else f"“{show(step.desk[self.act], 60)}” isn't possible. "
        return act + error.in_full()

    async def bring_into_view(self, step: Step) -> None:
        """Scroll pages to what the step names unless it is visible, and remove a toast over it."""
        if self.missing(step):
            await capture.remove_toasts(self.app)
            sight.scroll_to(seen(self.app.screen_stack), step.sees)
            await settled(self.pilot)

    def missing(self, step: Step) -> list[str]:
        """Return the step's expected texts that are not on screen."""
        blocks = sight.blocks(capture.text(self.app), seen(self.app.screen_stack))
        return [words for words in step.sees if not any(sight.one_line(words) in block for block in blocks)]

    def _press(self, key: str) -> None:
        self.sent = events.Key(key, key if len(key) == 1 else None)
        if not takes(self.app, key, self.sent.character):
            self.untaken.append(key)
        self.app.post_message(self.sent)


def takes(app: Shell, key: str, character: str | None) -> bool:
    """Whether something on the screen has a use for this key."""
    bindings, focused = app.screen.active_bindings, app.focused
    if focused is not None and focused.check_consume_key(key, character):
        return True
    return (key in bindings and bindings[key].enabled) or hasattr(app.screen, "on_key")


async def settled(pilot: Pilot[None]) -> None:
    """Wait until all visible screens are painted, including one behind a dialog."""
    await pilot.pause()
    await pilot.pause()
    while any(getattr(screen, "painting", False) for screen in seen(pilot.app.screen_stack)):
        await pilot.pause()
    for screen in seen(pilot.app.screen_stack):
        await screen.wait_for_refresh()


def seen(stack: list[Screen[object]]) -> list[Screen[object]]:
    """Return the visible screens: the top one and, behind dialogs, the next."""
    screens: list[Screen[object]] = []
    for screen in reversed(stack):
        screens.append(screen)
        if not isinstance(screen, ModalScreen):
            break
    return screens
