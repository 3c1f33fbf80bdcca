"""Keys and texts for a pilot."""

from textual.events import Paste
from textual.pilot import Pilot
from textual.screen import Screen


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
    while any(_unpainted(screen) for screen in pilot.app.screen_stack if screen.is_current):
        await pilot.pause()


def _unpainted(screen: Screen[object]) -> bool:
    return getattr(screen, "painting", False) or screen._layout_required or bool(screen._dirty_widgets)


def text_of(pilot: Pilot[None]) -> str:
    """What the screen shows, as text, line by line."""
    screen = pilot.app.screen
    strips = screen._compositor.render_strips(screen.size)
    return "\n".join(strip.text.rstrip() for strip in strips)
