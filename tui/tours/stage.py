"""The stage: a tour's steps done on the real screens, by the player as by the storyboard."""

from collections.abc import Awaitable, Callable, Iterator

from rich.segment import Segment
from textual import events
from textual.errors import NoWidget
from textual.pilot import Pilot
from textual.screen import ModalScreen, Screen
from textual.strip import Strip

from core.errors import InvalidInput
from core.text import show
from tui import takeout
from tui.desk.acts import Acts, named
from tui.on_workspace import OnWorkspace
from tui.tours.tour import TYPE, Step, Tour

Pause = Callable[[], Awaitable[None]]


class Stage:
    """Brings the screens to a tour's start and does its steps, one after the other."""

    def __init__(self, app: OnWorkspace, tour: Tour) -> None:
        self.app = app
        self.tour = tour
        self.pilot = Pilot(app)
        self.sent: events.Key | None = None
        """The key that the tour itself has pressed last: no sign that somebody wants to take over."""

    async def begin(self) -> None:
        """The scenario from its start, and the screens with it. Raises what switching to the scenario can raise."""
        self.app.start_scenario(self.tour.scenario, self.tour.shop)
        await settled(self.pilot)

    async def perform(self, step: Step, pause: Pause | None = None) -> None:
        """Do a step. `pause` is awaited after each key and each letter.

        Raises what a Desk act can raise, and InvalidInput when something is to be typed where nothing takes it.
        """
        self.app.clear_notifications()  # one that is told here is told in this step's picture, however long the steps took
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
            for part in text if pause else [text]:  # letter by letter where somebody watches
                self._type(part)
                if pause:
                    await pause()
            await settled(self.pilot)

    def missing(self, step: Step) -> list[str]:
        """The words that the step says are seen, and are not."""
        blocks = set(self._blocks())
        return [words for words in step.sees if not any(" ".join(words.split()) in block for block in blocks)]

    def _blocks(self) -> Iterator[str]:
        """What is seen of each widget, its lines joined: words that wrap in it are found, whatever stands beside it."""
        lines = [Strip([Segment(line)]) for line in takeout.text(self.app).splitlines()]
        for screen in seen(self.app.screen_stack):
            for widget in screen.query("*"):
                try:
                    part = screen.find_widget(widget).visible_region
                except NoWidget:
                    continue  # it is not displayed
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
    """Wait until no screen that is seen is being painted anew: a place behind a dialogue too."""
    await pilot.pause()
    await pilot.pause()
    while any(getattr(screen, "painting", False) for screen in seen(pilot.app.screen_stack)):
        await pilot.pause()
    for screen in seen(pilot.app.screen_stack):
        await screen.wait_for_refresh()


def seen(stack: list[Screen[object]]) -> list[Screen[object]]:
    """The screen on top, and those behind it when it is a dialogue."""
    screens: list[Screen[object]] = []
    for screen in reversed(stack):
        screens.append(screen)
        if not isinstance(screen, ModalScreen):
            break
    return screens
