"""The screens in tui/README.md are what the program draws now."""

import pytest

from tests.pictures import README, SCREENS, SNAPSHOTS, updated


def test_the_page_has_the_screens_as_they_are_now() -> None:
    text = README.read_text(encoding="utf-8")
    assert updated(text) == text


@pytest.mark.parametrize("state", [state for state, _ in SCREENS])
def test_each_picture_exists(state: str) -> None:
    assert (README.parent / SNAPSHOTS / f"test_looks[{state}].svg").is_file()
