"""The footer of every screen: the keys that work there."""

from textual.binding import Binding
from textual.widgets import Footer


class Keys(Footer):
    """Textual's footer, recomposed only if its keys change, to save a layout."""

    def __init__(self) -> None:
        super().__init__(compact=True)
        self._working: list[tuple[Binding, bool]] = []

    async def recompose(self) -> None:
        """Recompose if the active keys changed and the screen is still open."""
        if not self.is_attached:
            return
        active = self.screen.active_bindings.values()
        working = [(key.binding, key.enabled) for key in active if key.binding.show]
        if working != self._working:
            self._working = working
            await super().recompose()
