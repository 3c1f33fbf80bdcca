"""The caption of a tour, at the bottom of every screen."""

from collections.abc import Sequence

from textual import events
from textual.content import Content
from textual.widgets import Static

from core.text import show
from tui.player.key_caps import presses

TOASTS = "ToastRack"
"""What holds a screen's toasts; below them is an empty row for the footer."""


class Caption(Static):
    """Show the tour's progress, the step's caption and the player's keys."""

    def on_resize(self, event: events.Resize) -> None:
        """Move the screen's toasts above the caption and the footer."""
        self.screen.query(TOASTS).set_styles(f"margin: 0 0 {self.outer_size.height + 1} 0;")

    def show_step(
        self,
        *,
        title: str,
        at: int,
        steps: int,
        caption: str,
        keys: Sequence[str],
        note: str,
        paused: bool,
        ended: bool,
        attended: bool,
    ) -> None:
        """Update the caption for a step.

        `ended`: whether the last step is done; `attended`: whether to name the player's keys.
        """
        glyph = "■" if ended else "⏸" if paused else "▶"
        lines = [
            Content.assemble((f"{glyph} {at}/{steps}  ", "$warning bold"), (show(title), "$muted")),
            with_keys(caption, keys),
        ]
        if note and paused:
            lines.append(Content.styled(f"Presenter: {show(note)}", "$muted italic"))
        if attended:
            lines.append(_player_keys(at, paused=paused, ended=ended))
        self.update(Content("\n").join(lines))


def with_keys(caption: str, keys: Sequence[str]) -> Content:
    """Put a step's keys, drawn as caps, behind its caption."""
    caps = [Content.styled(f" {press} ", "bold $text on $field") for press in presses(keys)]
    return Content(" ").join([Content(show(caption)), *caps])


def _player_keys(at: int, *, paused: bool, ended: bool) -> Content:
    keys = [] if ended else [("space", "go on" if paused else "pause"), ("→", "next")]
    keys += [*([("←", "back")] if at else []), ("home", "start"), ("esc", "end")]
    shown = Content("   ").join(Content.assemble((f"{key} ", "$accent"), (does, "$muted")) for key, does in keys)
    return shown + Content.styled("   others take over", "$muted")
