"""Perform a tour's steps on the real screens, for the player and the storyboard."""

from collections.abc import Awaitable, Callable, Iterator

from rich.segment import Segment
from textual import events
from textual.errors import NoWidget
from textual.pilot import Pilot
from textual.screen import ModalScreen, Screen
from textual.strip import Strip

from core import desk
from core.errors import InvalidInput
from core.text import show
from tui import capture
from tui.acts import Acts, named
from tui.messages import OpenWorkspace
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

    async def begin(self) -> None:
        """Load the tour's scenario and open its shop.

        Raises NotFound or InvalidInput for a mistake in the tour or scenario.
        """
        workspace = self.app.workspace
        desk.switch(workspace, self.tour.scenario)
        workspace.shops.get(self.tour.shop)
        self.app.post_message(OpenWorkspace(workspace, self.tour.shop))
        await settled(self.pilot)

    async def perform(self, step: Step, pause: Pause | None = None) -> None:
        """Perform a step; `pause` is awaited after each key and letter.

        Raises the errors of Desk acts, and InvalidInput when text is typed without a focused widget.
        """
        self.app.clear_notifications()  # keep only this step's own in its picture
        acts = Acts(self.app.workspace, self.app.workspace.shops.get(self.tour.shop).id)
        for words in step.desk:
            named(words)(acts)
            self.app.repaint()
            await settled(self.pilot)
        for key in step.keys:
            if not key.startswith(TYPE):
                self._press(key)
                await settled(self.pilot)
                if pause:
                    await pause()
                continue
            text = key.removeprefix(TYPE)
            for part in text if pause else [text]:  # letter by letter in the live player
                self._type(part)
                if pause:
                    await pause()
            await settled(self.pilot)

    def missing(self, step: Step) -> list[str]:
        """Return the step's expected texts that are not on screen."""
        blocks = set(self._blocks())
        return [words for words in step.sees if not any(" ".join(words.split()) in block for block in blocks)]

    def _blocks(self) -> Iterator[str]:
        """Yield each widget's visible text with its lines joined, for wrapped text."""
        lines = [Strip([Segment(line)]) for line in capture.text(self.app).splitlines()]
        for screen in seen(self.app.screen_stack):
            for widget in screen.query("*"):
                try:
                    part = screen.find_widget(widget).visible_region
                except NoWidget:
                    continue  # not displayed
                cells = [line.crop(part.x, part.right).text for line in lines[part.y : part.bottom]]
                yield " ".join(" ".join(cells).split())

    def _press(self, key: str) -> None:
        self.sent = events.Key(key, key if len(key) == 1 else None)
        self.app.post_message(self.sent)

    def _type(self, letter: str) -> None:
        if self.app.focused is None:
            raise InvalidInput("step", f"types {show(letter)} where nothing takes it", remedy="Correct the tour's keys.")
        self.app.focused.post_message(events.Paste(letter))


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
