"""Turn a tour into a storyboard; the same tour gives the same bytes."""

import asyncio
import re
from collections.abc import AsyncIterator, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from core import scenarios
from core.errors import InvalidInput, ShoplinkError
from core.text import show
from tui import capture, umask
from tui.app import ShoplinkApp
from tui.player.stage import Stage
from tui.storyboard import claims, pages
from tui.theme import DARK
from tui.tours import Step, Tour

MOMENT = datetime(2026, 11, 23, 14, 5, tzinfo=UTC)
"""The start time of every storyboard, so that output is reproducible."""
PRESENTER = "demo"
SMALLEST, LARGEST = (80, 24), (240, 100)
WRITTEN = re.compile(r"index\.(html|md)|step-\d+\.(svg|txt)")
"""The names of a storyboard's files."""


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
        remedy = f"Between {SMALLEST[0]}x{SMALLEST[1]} and {LARGEST[0]}x{LARGEST[1]}, such as 80x24 or 120x40."
        if not (width.isascii() and height.isascii() and width.isdigit() and height.isdigit() and len(size) < 10):
            raise InvalidInput("size", f"{show(size, 40)} is not columns x rows", remedy=remedy)
        look = cls(int(width), int(height), theme)
        if not (SMALLEST[0] <= look.columns <= LARGEST[0] and SMALLEST[1] <= look.rows <= LARGEST[1]):
            raise InvalidInput("size", f"{show(size, 40)} cannot be drawn", remedy=remedy)
        return look


@dataclass(frozen=True)
class Frame:
    """A step with the screen after it, as SVG and as text."""

    step: Step
    picture: str
    text: str


async def frames(tour: Tour, look: Look) -> AsyncIterator[Frame]:
    """Play the tour without a terminal and yield a frame after each step.

    Raises InvalidInput when expected text is missing or a claim does not hold.
    """
    with scenarios.in_memory(tour.scenario, actor=PRESENTER, clock=lambda: MOMENT) as workspace:
        app = ShoplinkApp(workspace, path=Path("practice.db"), actor=PRESENTER, clock=lambda: MOMENT, zone=UTC)
        if look.theme not in app.available_themes:
            known = ", ".join(sorted(app.available_themes))
            raise InvalidInput("theme", f"{show(look.theme, 40)} is not known", remedy=f"There are: {known}.")
        app.theme = look.theme
        async with app.run_test(size=(look.columns, look.rows), notifications=True, tooltips=True):
            stage = Stage(app, tour)
            await stage.begin()
            for number, step in enumerate(tour.steps, start=1):
                try:
                    await stage.perform(step)
                except ShoplinkError as error:
                    raise _tour_error(tour, number, f"cannot be done. {error.message}") from error
                if app.return_code:
                    return  # run_test raises the error
                if missing := stage.missing(step):
                    raise _tour_error(tour, number, "is not as it says. Not on the screen: " + "; ".join(missing))
                await capture.remove_toasts(app)
                yield Frame(step, capture.picture(app), capture.text(app))
            if wrong := claims.broken(tour, workspace):
                raise _tour_error(tour, len(tour.steps), "is not the end that is claimed. " + "; ".join(wrong))


def write(tour: Tour, folder: Path, look: Look) -> int:
    """Write a tour's storyboard into the folder; return the number of steps.

    Replaces an existing storyboard. Raises InvalidInput if the folder holds other files.
    """
    check(folder)
    found = asyncio.run(_all(tour, look))  # finish before writing anything
    check(folder)
    with _publishing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        for old in [*folder.glob("step-*.svg"), *folder.glob("step-*.txt")]:
            old.unlink()
        for number, frame in enumerate(found, start=1):
            _write_text(folder / f"step-{number:02}.svg", frame.picture)
            _write_text(folder / f"step-{number:02}.txt", f"{show(frame.step.caption)}\n\n{frame.text}")
        captions = [frame.step.caption for frame in found]
        _write_text(folder / "index.html", pages.html(tour, captions, [frame.picture for frame in found]))
        _write_text(folder / "index.md", pages.markdown(tour, captions))
    return len(found)


def write_gallery(tours: Sequence[Tour], folder: Path) -> None:
    """Write the pages that list all storyboards of the folder."""
    with _publishing(folder):
        _write_text(folder / "index.html", pages.gallery_html(tours))
        _write_text(folder / "index.md", pages.gallery_markdown(tours))


def check(folder: Path, tours: Collection[str] = ()) -> None:
    """Raise InvalidInput if the folder holds anything but a storyboard.

    Folders named after `tours` are allowed, for a gallery.
    """
    with _publishing(folder):
        paths = sorted(folder.iterdir()) if folder.exists() else []
        names = [path.name for path in paths if path.name not in tours]
        page = folder / "index.html"
        is_storyboard = page.is_file() and pages.MARK in page.read_text(encoding="utf-8", errors="replace")[:500]
    other = next((name for name in names if not (is_storyboard and WRITTEN.fullmatch(name))), None)
    link = next((path for path in paths if path.is_symlink() or not (path.is_file() or path.name in tours)), None)
    if link is not None:
        remedy = "Name a new or an empty folder: nothing is written through a link."
        raise InvalidInput("out", f"{show(str(link))} is a link, or no file", remedy=remedy)
    if other is not None:
        remedy = "Name a new or an empty folder; what is in this one was left as it is."
        raise InvalidInput("out", f"{show(str(folder))} holds other files, such as {show(other, 60)}", remedy=remedy)


async def _all(tour: Tour, look: Look) -> list[Frame]:
    return [frame async for frame in frames(tour, look)]


def _tour_error(tour: Tour, step: int, problem: str) -> InvalidInput:
    return InvalidInput("tour", f"{tour.id}: step {step} {show(problem)}", remedy="Correct the tour; nothing was written.")


@contextmanager
def _publishing(folder: Path) -> Iterator[None]:
    """Convert OSError to InvalidInput; what is written here is published."""
    try:
        with umask.published():
            yield
    except OSError as error:
        raise InvalidInput(
            "out", f"{show(str(folder))} cannot be written: {error.strerror}", remedy="Name a folder of yours."
        ) from None


def _write_text(path: Path, text: str) -> None:
    """Write a new file in the place of the old one: through no link that is put there meanwhile."""
    path.unlink(missing_ok=True)
    with open(path, "x", encoding="utf-8", newline="\n") as file:
        file.write(text)
