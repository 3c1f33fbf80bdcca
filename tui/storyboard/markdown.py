"""Write a guide's Markdown pages; their pictures are files beside them."""

import re
from collections.abc import Sequence

from core.text import show
from tui.player.key_caps import Press, instructions
from tui.storyboard.brand import Brand
from tui.storyboard.frames import Storyboard
from tui.storyboard.pages import TITLE, length
from tui.tours import Step, Tour

_SIGNS = re.compile(r"([\\`*_{}\[\]()#+.!|<>~&-])")


def guide(made: Storyboard, brand: Brand) -> str:
    """Write a tour's steps, each with its keys and its picture."""
    steps = [
        f"{frame.number}. {_plain(frame.step.caption)}{_keys(frame.step)}\n\n   ![Step {frame.number}]({frame.picture_name})"
        for frame in made.frames
    ]
    tour = made.tour
    return "\n\n".join([*_brand(brand), f"# {_plain(tour.title)}", _plain(tour.shows), _plain(length(tour)), *steps]) + "\n"


def gallery(tours: Sequence[Tour], brand: Brand) -> str:
    """Write the list of tours."""
    items = [f"- [{_plain(tour.title)}]({tour.id}/index.md): {_plain(tour.shows)} {_plain(length(tour))}" for tour in tours]
    return "\n\n".join([*_brand(brand), f"# {_plain(TITLE)}", "\n".join(items)]) + "\n"


def _brand(brand: Brand) -> list[str]:
    return [_plain(brand.line)] if brand.line else []


def _keys(step: Step) -> str:
    return "".join(f"\n\n   {label} {' '.join(map(_press, pressed))}" for label, pressed in instructions(step))


def _press(press: Press) -> str:
    if press.is_typed:
        return _plain(str(press))
    return f"<kbd>{_plain(press.label)}</kbd>" + (f" ×{press.times}" if press.times > 1 else "")


def _plain(text: str) -> str:
    return _SIGNS.sub(r"\\\1", show(text))
