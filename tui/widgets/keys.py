"""The last line of every screen: the keys that work there."""

from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import Footer


class Keys(Footer):
    """Textual's footer, recomposed only when other keys work.

    It is there from the start, since each time lays the screen out again.

    Its keys are compact before they are mounted: changing that later would style each of them twice.
    """

    def __init__(self) -> None:
        super().__init__(compact=True)
        self.set_reactive(Footer._bindings_ready, True)
        self._made: list[tuple[Binding, bool]] = []

    def compose(self) -> ComposeResult:
        self._made = self._working()
        for key in super().compose():
            yield key.add_class("-compact", update=False)

    async def recompose(self) -> None:
        """Recompose once for all that asked, unless the screen was closed."""
        if self.is_attached and self._working() != self._made:
            await super().recompose()

    def _working(self) -> list[tuple[Binding, bool]]:
        return [(active.binding, active.enabled) for active in self.screen.active_bindings.values() if active.binding.show]
