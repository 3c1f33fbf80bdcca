"""Widgets that tell something else instead of being made anew: most of what stands beside a list is alike from row to row."""

from collections.abc import Sequence

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from tui.widgets.card import Card
from tui.widgets.facts import Facts


def retold(old: Sequence[Widget], new: Sequence[Widget]) -> bool:
    """Have the mounted widgets tell what the new ones would. False where they are not alike: they are to be replaced then."""
    return len(old) == len(new) and all(map(_retold, old, new))


def _retold(old: Widget, new: Widget) -> bool:
    if type(old) is not type(new) or (old.id, old.classes) != (new.id, new.classes):
        return False
    match old, new:
        case Card(), Card():
            if old.border_title != new.border_title:
                old.border_title = new.border_title
            return retold(old.parts, new.parts)
        case Facts(), Facts():
            old.tell(new.pairs)
            return True
        case Static(), Static():
            if not (isinstance(old.content, Content) and isinstance(new.content, Content) and old.content.is_same(new.content)):
                old.update(new.content)
            return True
    return False
