"""What ? and w show: keys and guide, and the way to the place in TikTok."""

from collections.abc import Sequence

from textual import getters
from textual.app import ComposeResult
from textual.binding import ActiveBinding, Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from tui import place_texts
from tui.mended import Dialogue
from tui.shell import Shell
from tui.widgets.facts import Facts


class _Sheet(Dialogue[None]):
    """A sheet of text over a place; any of its keys closes it."""

    app = getters.app(Shell)
    BINDINGS = [Binding("escape,enter,question_mark,w", "dismiss", "Close")]

    def __init__(self, key: str) -> None:
        super().__init__()
        self.texts = place_texts.texts(key)


class Help(_Sheet):
    """The keys that work here, made from the bindings, and the guide for this place."""

    def __init__(self, key: str, bindings: Sequence[ActiveBinding]) -> None:
        super().__init__(key)
        self.active = bindings

    def compose(self) -> ComposeResult:
        seen: dict[str, ActiveBinding] = {}  # a command with two keys is shown with its first
        for active in self.active:
            if active.binding.id and active.enabled:
                seen.setdefault(active.binding.id, active)
        pairs = [
            (
                self.app.get_key_display(active.binding),
                Content.assemble((active.binding.description, "bold"), "  ", active.binding.tooltip),
            )
            for active in seen.values()
        ]
        moving = [
            ("↑ ↓ j k", Content("Move between what can be opened or typed into")),
            ("enter", Content("Open or choose what has the focus")),
            ("^p", Content("Find a command by its name")),
        ]
        with VerticalScroll(id="dialog") as dialog:
            dialog.border_title = Content(self.texts["title"])
            dialog.border_subtitle = Content("esc closes")
            yield Static(Content(self.app.hint(self.texts["guide"])))
            yield Static(Content.styled("Keys", "bold"))
            yield Facts([*pairs, *moving])


class Where(_Sheet):
    """The way to the same place in Seller Center on the web and in the Seller app."""

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="dialog") as dialog:
            dialog.border_title = Content("The same place in TikTok")
            dialog.border_subtitle = Content("esc closes")
            if not self.texts["web"]:
                yield Static(Content("This place is shoplink's own: TikTok has none like it."))
                return
            yield Facts(
                [
                    ("On the web", Content(" › ".join(self.texts["web"]))),
                    *([("Seller app", Content(" › ".join(self.texts["app"])))] if self.texts["app"] else []),
                ]
            )
