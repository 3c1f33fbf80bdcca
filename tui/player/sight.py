"""Find the text on the screen widget by widget, even if it wraps, and where the rest is."""

import re
from collections.abc import Iterable, Iterator

from rich.segment import Segment
from textual.errors import NoWidget
from textual.geometry import Region
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

from tui.player.bar import TOASTS, TourBar
from tui.widgets.card import Card
from tui.widgets.keys import Keys

BESIDE = ("left", "side")
"""The columns that only a wide screen has: a tour's texts are visible without them."""


PAGE = ("page", "dialog")
"""The parts of the screen that a caption is about."""
SHORTEST, LONGEST = 4, 60
"""Characters of a text that is offered for a caption."""
DRAWN = "".join(map(chr, range(0x2500, 0x25A0)))
"""Boxes, rules and blocks, such as the line under a tab."""
FRAME = f" {DRAWN}●◔◑◕○◆·✓✗!→"
"""What stands before a text, or around it."""


def one_line(text: str) -> str:
    """Join lines and separated words with one space."""
    return " ".join(text.split())


def blocks(screen_text: str, screens: Iterable[Screen[object]]) -> set[str]:
    """Return the visible text of each widget in one line, apart from bars and toasts, which come and go."""
    lines = [Strip([Segment(line)]) for line in screen_text.splitlines()]
    found = set()
    for _, region in _placed(screens):
        cells = [line.crop(region.x, region.right).text for line in lines[region.y : region.bottom]]
        found.add(one_line(" ".join(cells)))
    return found


def phrases(screen_text: str, screens: Iterable[Screen[object]]) -> list[str]:
    """List the titles and sentences that can be read on the page, from its top."""
    lines = [Strip([Segment(line)]) for line in screen_text.splitlines()]
    found: list[tuple[int, int, list[str]]] = []
    for widget, region in _placed(screens):
        if not any(above.id in PAGE for above in widget.ancestors):
            continue
        if isinstance(widget, Card):
            found.append((region.y, region.x, [one_line(widget.title.plain)]))
        elif not widget.children:
            cells = [line.crop(region.x, region.right).text for line in lines[region.y : region.bottom]]
            found.append((region.y, region.x, _sentences(cells)))
    readable = (text for _, _, texts in sorted(found) for text in texts if SHORTEST <= len(text) <= LONGEST)
    return list(dict.fromkeys(text for text in readable if any(char.isalpha() for char in text) and not set(DRAWN) & set(text)))


def _sentences(lines: Iterable[str]) -> list[str]:
    """Split lines at what is apart in a row, and wrapped text into its sentences."""
    parts = [""]
    for line in lines:
        columns = [part.strip(FRAME) for part in re.split(r"\s{2,}", line.strip(FRAME))]
        if len(columns) == 1 and columns[0]:
            parts[-1] = one_line(f"{parts[-1]} {columns[0]}")
        else:
            parts += [*columns, ""]
    return [sentence.strip(FRAME) for part in parts for sentence in re.split(r"(?<=[.!?]) ", part)]


def scroll_to(screens: Iterable[Screen[object]], texts: Iterable[str]) -> None:
    """Scroll pages so that these texts are visible, if they fit together."""
    left = {one_line(text) for text in texts}
    wanted: dict[Widget, Region] = {}
    for widget, region in _placed(screens, whole=True):
        page = next((above for above in widget.ancestors if isinstance(above, Widget) and above.allow_vertical_scroll), None)
        if page is None or widget.children:
            continue
        lines = [one_line(strip.text) for strip in widget.render_lines(Region(0, 0, *widget.outer_size))]
        for text in [text for text in left if text in one_line(" ".join(lines))]:
            left.remove(text)
            small = len(lines) <= page.size.height // 2
            first, last = (0, len(lines)) if small else _lines_with(lines, text)
            top = region.y - page.content_region.y + page.scroll_offset.y
            found = Region(0, top + first, 1, last - first)
            wanted[page] = wanted[page].union(found) if page in wanted else found
    for page, found in wanted.items():
        page.scroll_to_region(found, animate=False, immediate=True)


def _lines_with(lines: list[str], text: str) -> tuple[int, int]:
    """Return the smallest range of lines with this text: the first, and the one after the last."""
    last = next(end for end in range(1, len(lines) + 1) if text in one_line(" ".join(lines[:end])))
    first = next(begin for begin in range(last - 1, -1, -1) if text in one_line(" ".join(lines[begin:last])))
    return first, last


def _placed(screens: Iterable[Screen[object]], *, whole: bool = False) -> Iterator[tuple[Widget, Region]]:
    """Yield each laid-out widget with its visible region; `whole`: its region if nothing were cut off."""
    for screen in screens:
        for widget in screen.query("*"):
            if isinstance(widget, TourBar | Keys) or any(above.css_identifier == TOASTS for above in widget.ancestors_with_self):
                continue
            if widget.id == "body" or any(getattr(above, "id", None) in BESIDE for above in widget.ancestors_with_self):
                continue
            try:
                place = screen.find_widget(widget)
            except NoWidget:
                continue
            yield widget, place.region if whole else place.visible_region
