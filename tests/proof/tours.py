"""Every tour that ships plays at every size: what it speaks of is seen above its caption, and what it claims is so."""

from collections import Counter

from tests.proof.part import Figures, Run
from tests.tui.support import SHORT_TOUR
from tui import rehearsal, tours
from tui.storyboard import storyboard
from tui.storyboard.frames import SMALLEST, Look


def prove(run: Run) -> Figures:
    """Play each tour at both sizes and in the smallest pictures; in the short form, the one that is made for tests."""
    counted = Counter(dict.fromkeys(("tours", "steps", "keys", "texts seen at both sizes", "smallest pictures"), 0))
    for tour in tours.catalog() if run.long else [tours.load(SHORT_TOUR)]:
        assert not (mistakes := rehearsal.rehearse(tour)), f"{tour.id}: {mistakes}"
        made = storyboard.make(tour, Look(*SMALLEST))
        assert len(made.frames) == len(tour.steps), tour.id
        counted["tours"] += 1
        counted["steps"] += len(tour.steps)
        counted["keys"] += sum(len(step.keys) for step in tour.steps)
        counted["texts seen at both sizes"] += sum(len(step.sees) for step in tour.steps)
        counted["smallest pictures"] += len(made.frames)
    assert counted["texts seen at both sizes"] >= counted["steps"] > 0
    return dict(counted)
