"""The last line of every screen: the keys that work there."""

from textual.app import ComposeResult
from textual.widgets import Footer


class Keys(Footer):
    """Textual's footer. Its keys are compact before they are mounted: changing that later would style each of them twice."""

    def __init__(self) -> None:
        super().__init__(compact=True)

    def compose(self) -> ComposeResult:
        for key in super().compose():
            yield key.add_class("-compact", update=False)
