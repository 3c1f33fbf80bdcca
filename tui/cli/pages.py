"""Lists that are printed page by page."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import click

from core.errors import NotFound
from core.text import show
from tui.cli.params import Whole

Item = TypeVar("Item")


def paged(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options --limit and --after."""
    limit = click.option("--limit", type=Whole(1, 100_000), default=50, show_default=True)
    after = click.option("--after", metavar="CURSOR", help="Continue after this cursor: the `next` of the previous page.")
    return after(limit(function))


def page_of(
    found: Sequence[Item], limit: int, after: str | None, cursor: Callable[[Item], str] | None = None
) -> tuple[Sequence[Item], str | None]:
    """Cut a page from a list; also return the `after` of the next page, None at the end.

    `cursor`: names an item, by default its place in the list. Raises NotFound if `after` names none.
    """
    names = [cursor(item) for item in found] if cursor else [str(place) for place in range(1, len(found) + 1)]
    if after is not None and after not in names:
        raise NotFound(f"There is no cursor {show(after, 60)}.", remedy="Leave out --after to start from the beginning.")
    start = 0 if after is None else names.index(after) + 1
    end = start + limit
    return found[start:end], names[end - 1] if end < len(names) else None
