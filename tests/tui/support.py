"""Keys and texts for a pilot."""

from textual.events import Paste
from textual.pilot import Pilot
from textual.screen import ModalScreen, Screen


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Press keys one after the other; "type:abc" puts abc into what has the focus at once. Waits until the screen has settled."""
    await settled(pilot)
    for key in keys:
        if key.startswith("type:"):
            assert pilot.app.focused is not None
            pilot.app.focused.post_message(Paste(key.removeprefix("type:")))
        else:
            await pilot.press(key)
        await settled(pilot)


async def settled(pilot: Pilot[None]) -> None:
    """Wait until no screen that is seen is being painted anew: a place behind a dialogue too."""
    await pilot.pause()
    while any(map(_unpainted, _seen(pilot))):
        await pilot.pause()


def _seen(pilot: Pilot[None]) -> list[Screen[object]]:
    """The screen on top, and those behind it when it is a dialogue."""
    seen: list[Screen[object]] = []
    for screen in reversed(pilot.app.screen_stack):
        seen.append(screen)
        if not isinstance(screen, ModalScreen):
            break
    return seen


def _unpainted(screen: Screen[object]) -> bool:
    return getattr(screen, "painting", False) or screen._layout_required or bool(screen._dirty_widgets)


def text_of(pilot: Pilot[None]) -> str:
    """What the screen shows, as text, line by line."""
    screen = pilot.app.screen
    strips = screen._compositor.render_strips(screen.size)
    return "\n".join(strip.text.rstrip() for strip in strips)
