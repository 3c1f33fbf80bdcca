"""Ask whether to record what TikTok did even though a rule says no."""

from collections.abc import Iterable

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Button, Static

from core.verdict import Verdict
from tui.dialogs.dialog import Dialog
from tui.widgets.buttons import Buttons
from tui.widgets.lines import Hanging
from tui.widgets.states import OUTCOMES, safe


class Anyway(Dialog[bool]):
    """The rules that say no; dismisses with True to record it. Starts on "Don't record"."""

    BINDINGS = [
        Binding("escape", "dismiss(False)", "Cancel"),
        Binding("j,k", "app.focus_next", "Other button", show=False),
    ]
    AUTO_FOCUS = "#keep"

    def __init__(self, message: str, verdicts: Iterable[Verdict], titles: dict[str, str]) -> None:
        super().__init__()
        self.message, self.verdicts, self.titles = message, tuple(verdicts), titles

    def compose(self) -> ComposeResult:
        with Vertical(id="dialog") as dialog:
            dialog.border_title = Content("Did TikTok do this anyway?")
            if all(self.message != verdict.reason for verdict in self.verdicts):
                yield Static(safe(self.message))
            for verdict in self.verdicts:
                glyph, _, style = OUTCOMES[verdict.outcome]
                rule = Content.styled(f"  Rule: {self.titles[verdict.rule]}", "$muted")
                yield Hanging((Content.styled(f"{glyph} ", style), safe(verdict.reason, style) + rule))
            kept = "this rule" if len(self.verdicts) == 1 else "these rules"
            words = f"If it did happen in TikTok, you can record it. {kept.capitalize()} will be shown with it."
            yield Static(Content.styled(words, "$muted"))
            with Buttons():
                yield Button("Don't record", id="keep", variant="primary", action="screen.dismiss(False)")
                yield Button("Record it anyway", id="do", variant="error", action="screen.dismiss(True)")
