"""The caption of a tour, at the foot of whatever screen is shown."""

from textual.content import Content
from textual.widgets import Static

from core.text import show


class Caption(Static):
    """Where the tour is, what is seen, and the keys that hold it."""

    def show_step(self, *, title: str, at: int, steps: int, caption: str, note: str, paused: bool) -> None:
        """Show this step's caption."""
        ended = at == steps
        glyph = "■" if ended else "⏸" if paused else "▶"
        head = Content.assemble((f"{glyph} {at}/{steps}  ", "$warning bold"), (show(title), "$muted"))
        keys = [] if ended else [("space", "go on" if paused else "pause"), ("→", "next")]
        keys += [*([("←", "back")] if at else []), ("home", "start"), ("esc", "end")]
        foot = Content("   ").join(Content.assemble((f"{key} ", "$accent"), (does, "$muted")) for key, does in keys)
        lines = [head, Content(show(caption))]
        if note and paused:
            lines.append(Content.styled(f"Presenter: {show(note)}", "$muted italic"))
        self.update(Content("\n").join([*lines, foot + Content.styled("   others take over", "$muted")]))
