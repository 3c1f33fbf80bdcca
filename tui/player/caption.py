"""The caption of a tour, at the bottom of every screen."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from core.text import show
from tui.commands import PALETTE
from tui.player.bar import TourBar
from tui.player.key_caps import presses

if TYPE_CHECKING:
    from tui.player.player import Player

END = "End the tour"
"""The palette's command that ends a tour."""
YOURS = "You have the keys. The tour waits where you left it."
REPLAYED = "replayed up to here"
SHORTEST = 20
"""Characters of a tour's title that are shown in any width."""


class Caption(TourBar):
    """Show the tour's progress, the current step's caption and keys, and the player's keys."""

    def __init__(self, player: "Player") -> None:
        super().__init__()
        self.player = player

    def texts(self) -> Iterable[Content]:
        tour = self.player.tour
        return (Content(YOURS), Content(show(tour.shows)), *(with_keys(step.caption, step.keys) for step in tour.steps))

    def show(self) -> None:
        player = self.player
        waits, ended = player.paused or player.is_taken_over, player.has_ended
        glyph = "■" if ended else "⏸" if waits else "▶"
        progress = f"{glyph} {player.at}/{len(player.tour.steps)}  "
        replayed = f"  {REPLAYED}" if player.was_replayed else ""
        room = max(min(60, self.size.width - len(progress) - len(replayed)), SHORTEST)
        title = Content.assemble((progress, "$warning bold"), (show(player.tour.title, room), "$muted"), (replayed, "$warning"))
        if player.is_taken_over:
            search = [active.binding for active in self.screen.active_bindings.values() if active.binding.id == PALETTE.id]
            end = [(self.app.get_key_display(binding), f"search for “{END}”") for binding in search[:1]]
            self.show_lines(title, Content(YOURS), [("f12", "resume the tour"), *end])
            return
        text = with_keys(player.caption, player.tour.steps[player.at - 1].keys if player.at else ())
        note = player.tour.steps[player.at - 1].note if player.at and player.paused and not player.app.presenters else ""
        if note:  # for a presenter without a Desk in another terminal
            text += Content("\n") + Content.styled(f"Presenter: {show(note)}", "$muted italic")
        if player.at_end != "stay":  # nobody will press a key
            self.show_lines(title, text, ())
            return
        keys = [] if ended else [("space", "play" if waits else "pause"), ("→", "next")]
        keys += [*([("←", "back"), ("home", "start")] if player.at else []), ("- +", format_speed(player.speed)), ("esc", "end")]
        self.show_lines(title, text, [*keys, ("others", "take over")])


def format_speed(speed: float) -> str:
    """Format a speed with at most two decimals, as 0.5x."""
    return f"{max(speed, 0.01):.2f}".rstrip("0").rstrip(".") + "x"


def with_keys(caption: str, keys: Sequence[str]) -> Content:
    """Put a step's keys, drawn as caps, after its caption."""
    caps = [Content.styled(f" {press} ", "bold $text on $field") for press in presses(keys)]
    return Content(" ").join([Content(show(caption)), *caps])
