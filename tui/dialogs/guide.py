"""The dialogs behind ? and w: keys and guide, and the path in TikTok."""

from collections.abc import Iterable, Sequence

from textual import getters
from textual.app import ComposeResult
from textual.binding import ActiveBinding, Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from tui import place_texts
from tui.commands import EVERYWHERE
from tui.dialogs.dialog import Dialog
from tui.shell import Shell
from tui.widgets.facts import Facts

COMMON = {command.id for command in EVERYWHERE}
"""The ids of the commands of every place."""
MOVING = (
    ("↑ ↓ j k", "Move between rows, fields, and buttons"),
    ("enter", "Open or choose the selected item"),
    ("^p", "Find a page or a command by name"),
)
"""The keys of every place that belong to no command, and what they do."""


class _Sheet(Dialog[None]):
    """A read-only dialog about a screen."""

    app = getters.app(Shell)
    BINDINGS = [
        Binding("escape,enter,question_mark,w", "dismiss", "Close"),
        Binding("j", "scroll_line(1)", "Down", show=False),
        Binding("k", "scroll_line(-1)", "Up", show=False),
    ]

    def __init__(self, key: str) -> None:
        super().__init__()
        self.texts = place_texts.texts(key)

    def action_scroll_line(self, step: int) -> None:
        self.query_one(VerticalScroll).scroll_relative(y=step, animate=False)


class Help(_Sheet):
    """Show the guide of a screen, and the key bindings that are active: first its own, then those of every screen."""

    def __init__(self, key: str, bindings: Sequence[ActiveBinding], moving: Sequence[tuple[str, str]] = MOVING) -> None:
        super().__init__(key)
        self.moving = moving
        self.active = [active for active in bindings if active.binding.id and active.enabled]

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="dialog") as dialog:
            dialog.border_title = Content(self.texts["title"])
            dialog.border_subtitle = Content("esc closes")
            yield Static(Content(self.texts["guide"]))
            everywhere = [active for active in self.active if active.node is self.app or active.binding.id in COMMON]
            here = self._pairs(active for active in self.active if active not in everywhere)
            moving = [(keys, Content(words)) for keys, words in self.moving]
            groups = {"Keys on this page": here, "Everywhere": self._pairs(everywhere), "Moving around": moving}
            for heading, pairs in groups.items():
                if pairs:
                    yield Static(Content.styled(heading, "bold"), classes="heading")
                    yield Facts(pairs)

    def _pairs(self, bindings: Iterable[ActiveBinding]) -> list[tuple[str, Content]]:
        """Pair each command's first key with what it does."""
        seen: dict[str, ActiveBinding] = {}
        for active in bindings:
            seen.setdefault(active.binding.id or "", active)
        return [
            (
                self.app.get_key_display(active.binding),
                Content.assemble((active.binding.description, "bold"), "  ", active.binding.tooltip),
            )
            for active in seen.values()
        ]


class Where(_Sheet):
    """Show the path to the same page in Seller Center and the Seller app."""

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="dialog") as dialog:
            dialog.border_title = Content("The same page in TikTok")
            dialog.border_subtitle = Content("esc closes")
            ways = [(label, Content(" › ".join(way))) for label, way in place_texts.ways(self.texts)]
            ways += [("Steps" if number == 0 else "", Content(step)) for number, step in enumerate(place_texts.steps(self.texts))]
            yield Facts(ways) if ways else Static(Content("Only in shoplink: TikTok has no such page."))
