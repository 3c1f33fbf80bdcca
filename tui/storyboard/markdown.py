"""Write a guide's Markdown pages; their pictures are files beside them."""

import re
from collections.abc import Sequence

from core.text import show
from tui.player.key_caps import Press
from tui.storyboard.brand import Brand, Words
from tui.storyboard.frames import Storyboard
from tui.storyboard.pages import practice
from tui.tours import Step, Tour

_SIGNS = re.compile(r"([\\`*_{}\[\]()#+.!|<>~&-])")


def guide(made: Storyboard, brand: Brand) -> str:
    """Write a tour's steps, each with its keys and its picture."""
    tour, words = made.tour, brand.words
    steps = [
        f"{frame.number}. {_plain(frame.step.caption)}{_keys(frame.step, words)}\n\n"
        f"   ![{_plain(words.numbered(words.step, frame.number))}]({frame.picture_name})"
        for frame in made.frames
    ]
    command = [f"{_plain(words.start)} `{practice(tour)}`"] if practice(tour) else []
    about = [_plain(tour.shows), _plain(words.length(tour)), *command, _plain(words.settings)]
    return "\n\n".join([*_brand(brand), f"# {_plain(tour.title)}", *about, *steps]) + "\n"


def gallery(tours: Sequence[Tour], brand: Brand) -> str:
    """Write the list of tours."""
    items = [
        f"- [{_plain(tour.title)}]({tour.id}/index.md): {_plain(tour.shows)} {_plain(brand.words.length(tour))}" for tour in tours
    ]
    return "\n\n".join([*_brand(brand), f"# {_plain(brand.words.title)}", "\n".join(items)]) + "\n"


def _brand(brand: Brand) -> list[str]:
    return [_plain(brand.line)] if brand.line else []


def _keys(step: Step, words: Words) -> str:
    return "".join(
        f"\n\n   {_plain(label)} {' '.join(_press(press, typing) for typing, press in pressed)}"
        for label, pressed in words.instructions(step)
    )


def _press(press: Press, typing: str) -> str:
    if press.is_typed:
        return _plain(press.said(typing))
    return f"<kbd>{_plain(press.label)}</kbd>" + (f"\N{NO-BREAK SPACE}×{press.times}" if press.times > 1 else "")


def _plain(text: str) -> str:
    return _SIGNS.sub(r"\\\1", show(text))
