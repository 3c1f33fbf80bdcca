"""Tours can be published in the smallest pictures, for phones: two that show every kind of page."""

import pytest

from tui import tours
from tui.storyboard import storyboard
from tui.storyboard.frames import SMALLEST, Look

TOURS = {id: tours.load(id) for id in ("create-organization", "shop-page-follows")}


@pytest.mark.parametrize("id", TOURS)
def test_a_tour_fits_the_smallest_size(id: str) -> None:
    made = storyboard.make(TOURS[id], Look(*SMALLEST))
    assert len(made.frames) == len(TOURS[id].steps)
