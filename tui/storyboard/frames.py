"""Play a tour without a terminal and take reproducible pictures of each step."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from core import scenarios
from core.errors import InvalidInput, ShoplinkError
from core.text import show
from tui import capture
from tui.app import ShoplinkApp
from tui.player.stage import Stage
from tui.storyboard import claims
from tui.theme import DARK, NAMES
from tui.tours import Step, Tour

MOMENT = datetime(2026, 11, 23, 14, 5, tzinfo=UTC)
"""The start time of every storyboard, so that output is reproducible."""
PRESENTER = "demo"
SMALLEST, LARGEST = (60, 20), (240, 100)
CAST = "tour.cast"


@dataclass(frozen=True)
class Look:
    """The size of the pictures in columns and rows, and their theme."""

    columns: int = 80
    rows: int = 24
    theme: str = DARK.name

    @classmethod
    def parsed(cls, size: str, theme: str) -> "Look":
        """Parse `80x24` and a theme's name. Raises InvalidInput."""
        width, _, height = size.lower().partition("x")
        remedy = f"Between {SMALLEST[0]}x{SMALLEST[1]} and {LARGEST[0]}x{LARGEST[1]}, such as 80x24, 120x40, or 60x40 for phones."
        if not (width.isascii() and height.isascii() and width.isdigit() and height.isdigit() and len(size) < 10):
            raise InvalidInput("size", f"{show(size, 40)} is not columns x rows", remedy=remedy)
        look = cls(int(width), int(height), theme)
        if not (SMALLEST[0] <= look.columns <= LARGEST[0] and SMALLEST[1] <= look.rows <= LARGEST[1]):
            raise InvalidInput("size", f"{show(size, 40)} can't be drawn", remedy=remedy)
        if theme not in NAMES:
            raise InvalidInput("theme", f"{show(theme, 40)} is not known", remedy=f"There are: {', '.join(sorted(NAMES))}.")
        return look


@dataclass(frozen=True)
class Frame:
    """A step with the screen after it, as SVG and as text. Steps are numbered from 1."""

    number: int
    step: Step
    picture: str
    text: str

    @property
    def picture_name(self) -> str:
        return f"step-{self.number:02}.svg"


@dataclass(frozen=True)
class Storyboard:
    """A tour with a frame for each step."""

    tour: Tour
    frames: tuple[Frame, ...]
    look: Look
    cast: str | None = None
    """The tour as it plays, in the asciicast format."""


@asynccontextmanager
async def opened(tour: Tour, look: Look) -> AsyncIterator[ShoplinkApp]:
    """Open the screens on the tour's scenario."""
    with scenarios.in_memory(tour.scenario, actor=PRESENTER, clock=lambda: MOMENT) as workspace:
        app = ShoplinkApp(workspace, path=Path("practice.db"), actor=PRESENTER, clock=lambda: MOMENT, zone=UTC)
        app.theme = look.theme
        app.animation_level = "none"  # what moves by the wall clock would be caught anywhere
        async with app.run_test(size=(look.columns, look.rows), notifications=True, tooltips=True):
            yield app


async def frames(tour: Tour, look: Look) -> AsyncIterator[Frame]:
    """Play the tour and yield a frame after each step.

    Raises InvalidInput if expected text is missing or a claim is not true.
    """
    async with opened(tour, look) as app:
        stage = Stage(app, tour)
        await stage.begin()
        for number, step in enumerate(tour.steps, start=1):
            try:
                await stage.perform(step)
            except ShoplinkError as error:
                raise _tour_error(tour, number, f"can't be done. {stage.explained(step, error)}") from error
            if app.return_code:
                return  # run_test raises the error
            if missing := stage.missing(step):
                raise _tour_error(tour, number, "shows something else. Not on the screen: " + "; ".join(missing))
            await capture.remove_toasts(app)
            yield Frame(number, step, capture.picture(app), capture.text(app))
        if wrong := claims.broken(tour, app.workspace):
            raise _tour_error(tour, len(tour.steps), "doesn't end as claimed. " + "; ".join(wrong))


def _tour_error(tour: Tour, step: int, problem: str) -> InvalidInput:
    return InvalidInput("tour", f"{tour.id}: step {step} {show(problem)}", remedy="Correct the tour; nothing was written.")
