"""The caption of a tour, at the bottom of every screen."""

from textual import events
from textual.content import Content
from textual.widgets import Static

from core.text import show

TOASTS = "ToastRack"
"""What holds a screen's toasts; below them is an empty row for the footer."""


class Caption(Static):
    """Show the tour's progress, the step's caption and the player's keys."""

    def on_resize(self, event: events.Resize) -> None:
        """Move the screen's toasts above the caption and the footer."""
        self.screen.query(TOASTS).set_styles(f"margin: 0 0 {self.outer_size.height + 1} 0;")

    def show_step(self, *, title: str, at: int, steps: int, caption: str, note: str, paused: bool, ended: bool) -> None:
        """Update the caption for a step. `ended`: whether the last step is done."""
        glyph = "■" if ended else "⏸" if paused else "▶"
        head = Content.assemble((f"{glyph} {at}/{steps}  ", "$warning bold"), (show(title), "$muted"))
        keys = [] if ended else [("space", "go on" if paused else "pause"), ("→", "next")]
        keys += [*([("←", "back")] if at else []), ("home", "start"), ("esc", "end")]
        foot = Content("   ").join(Content.assemble((f"{key} ", "$accent"), (does, "$muted")) for key, does in keys)
        lines = [head, Content(show(caption))]
        if note and paused:
            lines.append(Content.styled(f"Presenter: {show(note)}", "$muted italic"))
        self.update(Content("\n").join([*lines, foot + Content.styled("   others take over", "$muted")]))
