"""Plain text for people and screen readers: tables, states, local times."""

import sys
import textwrap
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import zip_longest

from core.clock import in_words
from core.text import show
from core.verdict import Outcome
from tui.widgets.moments import full

__all__ = ["OUTCOMES", "WIDTH", "day", "facts", "plain", "table", "when", "write_utf8"]

WIDTH = 80

OUTCOMES = {
    Outcome.PASS: "passes",
    Outcome.BLOCKED: "blocked",
    Outcome.WAIT: "waits",
    Outcome.NOTICE: "note",
    Outcome.UNKNOWN: "unknown",
}


def write_utf8(text: str) -> None:
    """Write a document to stdout in UTF-8, whatever the locale, with its own line ends."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))
    sys.stdout.buffer.flush()


def plain(line: str) -> str:
    """Escape control characters in a line."""
    return show(line, 4000)


def when(moment: datetime | None, now: datetime) -> str:
    """Format a local time with its zone and distance from now; None is a dash."""
    if moment is None:
        return "-"
    distance = moment - now
    relative = f"in {in_words(distance)}" if distance.total_seconds() > 0 else f"{in_words(-distance)} ago"
    return f"{full(moment, None)} {moment.astimezone():%Z} ({relative})"


def day(moment: datetime) -> str:
    """Format a short local time with its zone."""
    return f"{full(moment, None)} {moment.astimezone():%Z}"


def facts(pairs: Iterable[tuple[str, object]]) -> list[str]:
    """Align labels and values; wrap long values to fit 80 columns."""
    shown = [(label, "-" if value in {None, ""} else str(value)) for label, value in pairs]
    width = max((len(label) for label, _ in shown), default=0)
    indent = " " * (width + 2)
    return [
        line
        for label, value in shown
        for line in textwrap.wrap(
            f"{label:<{width}}  {value}", WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
        )
    ]


def table(headings: Sequence[str], rows: Iterable[Sequence[object]], *, nothing: str, longest: int = 200) -> list[str]:
    """Align rows under headings; wrap long cells to fit 80 columns.

    `longest` is the maximum number of characters shown of a cell.
    """
    from rich.cells import cell_len, set_cell_size

    cells = [["-" if value is None else show(str(value), longest) for value in row] for row in rows]
    if not cells:
        return [nothing]
    widths = [max(len(heading), *(cell_len(row[index]) for row in cells)) for index, heading in enumerate(headings)]
    while sum(widths) + 2 * (len(widths) - 1) > WIDTH:
        widths[widths.index(max(widths))] -= 1
    lines = []
    for row in [list(headings), *cells]:
        wrapped = [_wrapped(value, width) for value, width in zip(row, widths, strict=True)]
        for parts in zip_longest(*wrapped, fillvalue=""):
            lines.append("  ".join(set_cell_size(part, width) for part, width in zip(parts, widths, strict=True)).rstrip())
    return lines


def _wrapped(value: str, width: int) -> list[str]:
    """Wrap a cell; wide letters take two columns."""
    from rich.cells import cell_len

    if cell_len(value) <= width:
        return [value]
    return textwrap.wrap(value, width if cell_len(value) == len(value) else max(1, width // 2))
