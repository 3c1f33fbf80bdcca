"""Every tour that ships can be published in the smallest pictures, for phones."""

import pytest

from tui import tours
from tui.storyboard import storyboard
from tui.storyboard.frames import SMALLEST, Look

TOURS = {one.id: one for one in tours.catalog()}


@pytest.mark.parametrize("id", TOURS)
def test_a_tour_fits_the_smallest_size(id: str) -> None:
    made = storyboard.make(TOURS[id], Look(*SMALLEST))
    assert len(made.frames) == len(TOURS[id].steps)
