"""How much a terminal shows, in columns and rows."""

LEAST = (60, 20)
"""Below it the screens say that the window is too small."""

NORMAL = 80
WIDE, TALL = 120, 30
"""From here on there is something beside the page, and more on it."""

COLUMNS = [(0, "-too-narrow"), (LEAST[0], "-narrow"), (NORMAL, "-normal"), (WIDE, "-wide")]
ROWS = [(0, "-too-short"), (LEAST[1], "-short"), (TALL, "-tall")]
"""The classes that a screen gets from so many columns and rows on: the styles know no other sizes."""
