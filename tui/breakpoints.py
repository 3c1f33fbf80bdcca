"""Breakpoints of the layout, in columns and rows."""

LEAST = (60, 20)
"""Below this size the screens show that the window is too small."""

NORMAL = 80
WIDE, TALL = 120, 30
"""From this size up, there is a side column, and more on the page."""
ROOM = 72
"""The columns of a row where there are 80: in fewer, its end has a line of its own."""

COLUMNS = [(0, "-too-narrow"), (LEAST[0], "-narrow"), (NORMAL, "-normal"), (WIDE, "-wide")]
ROWS = [(0, "-too-short"), (LEAST[1], "-short"), (TALL, "-tall")]
"""The minimum size for each CSS class of a screen."""


def is_too_small(columns: int, rows: int) -> bool:
    """Check whether there is no room for a page."""
    return columns < LEAST[0] or rows < LEAST[1]


def at(columns: int, rows: int) -> tuple[str, str]:
    """Return the CSS classes of a screen of this size."""
    width = max(one for one in COLUMNS if one[0] <= columns)[1]
    return width, max(one for one in ROWS if one[0] <= rows)[1]


def classes(columns: int, rows: int) -> dict[str, bool]:
    """Return every CSS class of a size, and whether a screen of this size has it."""
    now = at(columns, rows)
    return {name: name in now for _, name in COLUMNS + ROWS}
