"""The caption of a tour, at the bottom of every screen."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual.content import Content

from core.text import show
from tui.player.bar import Bar

if TYPE_CHECKING:
    from tui.player.player import Player

YOURS = "The keys are yours. The tour waits where you left it."
REPLAYED = "started over up to here, since the screens had moved on"


class Caption(Bar):
    """Show the tour's progress, the caption of the step that is on the screen, and the player's keys."""

    def __init__(self, player: "Player") -> None:
        super().__init__()
        self.player = player

    def texts(self) -> Iterable[Content]:
        tour = self.player.tour
        return (Content(show(text)) for text in (YOURS, tour.shows, *(step.caption for step in tour.steps)))

    def show(self) -> None:
        player = self.player
        waits, ended = player.paused or player.is_taken_over, player.has_ended
        glyph = "■" if ended else "⏸" if waits else "▶"
        title = Content.assemble(
            (f"{glyph} {player.at}/{len(player.tour.steps)}  ", "$warning bold"),
            (show(player.tour.title, 60), "$muted"),
            (f"  {REPLAYED}" if player.was_replayed else "", "$warning"),
        )
        if player.is_taken_over:
            self.show_lines(title, Content(YOURS), [("f12", "go on with the tour")])
            return
        keys = [] if ended else [("space", "go on" if waits else "pause"), ("→", "next")]
        keys += [*([("←", "back"), ("home", "start")] if player.at else []), ("- +", f"{player.speed:g}x"), ("esc", "end")]
        self.show_lines(title, Content(show(player.caption)), [*keys, ("others", "take over")])
