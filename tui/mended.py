"""Textual 8.2.8's own faults, each worked around here, with its reason, and nowhere else."""

from textual import events
from textual.app import App
from textual.screen import Screen


class Mended(App[None]):
    """Textual's application without the faults that its users would meet."""

    async def on_event(self, event: events.Event) -> None:
        """Pass a button pressed over by where there is nothing any more.

        Until the next layout Textual finds a widget there that was removed, and looks for its parent to begin a selection.
        """
        if isinstance(event, events.MouseDown) and not event.is_forwarded:
            under, _ = self.screen.get_widget_and_offset_at(event.x, event.y)
            if under is not None and under.parent is None and not isinstance(under, Screen):
                return
        await super().on_event(event)
