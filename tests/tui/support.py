"""Keys and texts for a pilot."""

from textual.events import Paste
from textual.pilot import Pilot

from tui.tours.stage import settled
from tui.tours.tour import TYPE


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Press keys one after the other; "type:abc" puts abc into what has the focus at once. Waits until the screen has settled."""
    await settled(pilot)
    for key in keys:
        if key.startswith(TYPE):
            assert pilot.app.focused is not None
            pilot.app.focused.post_message(Paste(key.removeprefix(TYPE)))
        else:
            await pilot.press(key)
        await settled(pilot)


def text_of(pilot: Pilot[None]) -> str:
    """What the screen shows, as text, line by line."""
    screen = pilot.app.screen
    strips = screen._compositor.render_strips(screen.size)
    return "\n".join(strip.text.rstrip() for strip in strips)
