"""Make the storyboards of tours, and write them into a folder."""

import asyncio
import re
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile

from core.errors import InvalidInput
from core.store.trouble import unwritable
from core.text import show
from tui import umask
from tui.storyboard import cast, markdown, pages
from tui.storyboard.brand import Brand
from tui.storyboard.frames import CAST, Frame, Look, Storyboard, frames
from tui.tours import Tour

WRITTEN = re.compile(r"index\.(html|md)|step-\d+\.(svg|txt)|" + re.escape(CAST))
"""The names of a storyboard's files."""
_SIZE = re.compile(r'viewBox="0 0 (\S+) (\S+)"')


def make(tour: Tour, look: Look, *, with_cast: bool = False) -> Storyboard:
    """Play a tour and keep its pictures; write nothing.

    Raises InvalidInput if the tour does not do what it says.
    """

    async def everything() -> Storyboard:
        taken = tuple([frame async for frame in frames(tour, look)])
        return Storyboard(tour, taken, look, await cast.record(tour, look) if with_cast else None)

    return asyncio.run(everything())


def write(made: Storyboard, folder: Path, brand: Brand, gallery: Sequence[Tour] = ()) -> None:
    """Write a storyboard into the folder, replacing an older one. `gallery`: its gallery's tours.

    Raises InvalidInput if the folder holds other files, or a WorkspaceError if it can't be written.
    """
    check(folder)
    with _publishing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        for old in [*folder.glob("step-*.svg"), *folder.glob("step-*.txt"), folder / CAST]:
            old.unlink(missing_ok=True)
        for frame in made.frames:
            picture = folder / frame.picture_name
            _write_text(picture, _full_size(frame.picture))
            _write_text(picture.with_suffix(".txt"), _as_text(frame, brand))
        if made.cast:
            _write_text(folder / CAST, made.cast)
        _write_text(folder / "index.html", pages.guide(made, brand, gallery))
        _write_text(folder / "index.md", markdown.guide(made, brand))


def write_gallery(made: Sequence[Storyboard], folder: Path, brand: Brand) -> None:
    """Write each storyboard into its own folder in `folder`, and the pages that list them."""
    tours = [one.tour for one in made]
    for one in made:
        write(one, folder / one.tour.id, brand, tours)
    with _publishing(folder):
        _write_text(folder / "index.html", pages.gallery(made, brand))
        _write_text(folder / "index.md", markdown.gallery(tours, brand))


def check(folder: Path, tours: Collection[str] = ()) -> None:
    """Raise InvalidInput if the folder holds anything but a storyboard, or a WorkspaceError if it can't be written.

    Folders named after `tours` are allowed, for a gallery.
    """
    with _publishing(folder):
        with TemporaryFile(dir=next(path for path in (folder, *folder.parents) if path.exists())):
            pass
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


def _full_size(picture: str) -> str:
    """Give the picture the size it was drawn in, so that a browser does not fit it into its window."""
    return _SIZE.sub(r'width="\1" height="\2" \g<0>', picture, count=1)


def _as_text(frame: Frame, brand: Brand) -> str:
    keys = [
        f"{label} {', '.join(press.said(typing) for typing, press in pressed)}"
        for label, pressed in brand.words.instructions(frame.step)
    ]
    return "\n".join([show(frame.step.caption), *keys, "", frame.text])


@contextmanager
def _publishing(folder: Path) -> Iterator[None]:
    """Convert OSError to a WorkspaceError; what is written here is published."""
    try:
        with umask.published():
            yield
    except OSError as error:
        raise unwritable(folder, error) from None


def _write_text(path: Path, text: str) -> None:
    """Replace the old file with a new one, never writing through a link put there meanwhile."""
    path.unlink(missing_ok=True)
    with open(path, "x", encoding="utf-8", newline="\n") as file:
        file.write(text)
