"""Keys and texts for a pilot."""

from textual.events import Paste
from textual.pilot import Pilot


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Press keys one after the other; "type:abc" puts abc into what has the focus at once. Waits until the screen has settled."""
    for key in keys:
        if key.startswith("type:"):
            assert pilot.app.focused is not None
            pilot.app.focused.post_message(Paste(key.removeprefix("type:")))
        else:
            await pilot.press(key)
        await settled(pilot)
    await settled(pilot)


async def settled(pilot: Pilot[None]) -> None:
    """Wait until no place on the stack is being painted anew."""
    await pilot.pause()
    while any(getattr(screen, "painting", False) for screen in pilot.app.screen_stack):
        await pilot.pause()
    await pilot.pause()


def text_of(pilot: Pilot[None]) -> str:
    """What the screen shows, as text, line by line."""
    screen = pilot.app.screen
    strips = screen._compositor.render_strips(screen.size)
    return "\n".join(strip.text.rstrip() for strip in strips)
