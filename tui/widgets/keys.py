"""The last line of every screen: the keys that work there."""

from textual.binding import Binding
from textual.widgets import Footer


class Keys(Footer):
    """Textual's footer, made again only when other keys work: each time the whole screen is laid out."""

    def __init__(self) -> None:
        super().__init__(compact=True)
        self._working: list[tuple[Binding, bool]] = []

    async def recompose(self) -> None:
        """Make the keys again, once for all that asked for it; not where the screen was closed meanwhile."""
        if not self.is_attached:
            return
        active = self.screen.active_bindings.values()
        working = [(key.binding, key.enabled) for key in active if key.binding.show]
        if working != self._working:
            self._working = working
            await super().recompose()
