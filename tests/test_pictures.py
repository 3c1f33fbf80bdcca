"""The README's tour of screens shows the current pictures."""

import pytest

from tests.pictures import README, SNAPSHOTS, TOUR, renewed


def test_the_readme_has_the_tour_as_it_is_now() -> None:
    text = README.read_text(encoding="utf-8")
    assert renewed(text) == text


@pytest.mark.parametrize("state", [state for state, _ in TOUR])
def test_every_picture_of_the_tour_is_there(state: str) -> None:
    assert (README.parent / SNAPSHOTS / f"test_looks[{state}].svg").is_file()
