"""Do a tour's steps on the real screens, for the player and for the storyboard."""

from collections.abc import Awaitable, Callable, Iterator

from rich.segment import Segment
from textual import events
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
    """Brings the screens to a tour's start and does its steps, one after the other."""

    def __init__(self, app: Shell, tour: Tour) -> None:
        self.app = app
        self.tour = tour
        self.pilot = Pilot(app)
        self.sent: events.Key | None = None
        """The key that the tour itself pressed last: not a sign that somebody takes over."""

    async def begin(self) -> None:
        """Put scenario and screens at the tour's start.

        Raises NotFound or InvalidInput for a mistake in the tour or scenario.
        """
        workspace = self.app.workspace
        desk.switch(workspace, self.tour.scenario)
        workspace.shops.get(self.tour.shop)
        self.app.post_message(OpenWorkspace(workspace, self.tour.shop))
        await settled(self.pilot)

    async def perform(self, step: Step, pause: Pause | None = None) -> None:
        """Do a step. `pause` is awaited after each key and each letter.

        Raises what a Desk act can raise, and InvalidInput when something is to be typed where nothing takes it.
        """
        self.app.clear_notifications()  # one that comes here is in this step's picture, however long the steps took
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
        """Give the words that the step says are seen, and are not."""
        seen = set(self._blocks())
        return [words for words in step.sees if not any(" ".join(words.split()) in block for block in seen)]

    def _blocks(self) -> Iterator[str]:
        """Give the text seen of each widget, its lines joined: wrapped words count."""
        lines = [Strip([Segment(line)]) for line in capture.text(self.app).splitlines()]
        for screen in _seen(self.app.screen_stack):
            for region, clip in screen._compositor.visible_widgets.values():
                part = region.intersection(clip)
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
    """Wait until no screen that is seen is being painted.

    A place behind a dialog is seen too.
    """
    await pilot.pause()
    await pilot.pause()
    while any(map(_unpainted, _seen(pilot.app.screen_stack))):
        await pilot.pause()


def _seen(stack: list[Screen[object]]) -> list[Screen[object]]:
    """Give the screen on top, and those behind it when it is a dialog."""
    seen: list[Screen[object]] = []
    for screen in reversed(stack):
        seen.append(screen)
        if not isinstance(screen, ModalScreen):
            break
    return seen


def _unpainted(screen: Screen[object]) -> bool:
    return getattr(screen, "painting", False) or screen._layout_required or bool(screen._dirty_widgets)
