"""A storyboard of a tour: its frames look as accepted, its words and claims hold, and it is written among nothing else."""

from pathlib import Path

import pytest
from pytest_textual_snapshot import SVGImageExtension
from syrupy.assertion import SnapshotAssertion

from core import scenarios
from core.errors import InvalidInput
from tests.support import StoppedClock
from tests.tui.support import SHORT_TOUR, short_storyboard
from tui import tours
from tui.storyboard import storyboard
from tui.storyboard.brand import Brand
from tui.storyboard.claims import broken
from tui.storyboard.frames import Frame, Look

SHORT = tours.load(SHORT_TOUR)


def frames_of(of: tours.Tour) -> tuple[Frame, ...]:
    return storyboard.make(of, Look()).frames


def write(folder: Path) -> None:
    storyboard.write(short_storyboard(), folder, Brand())


def test_every_step_of_the_short_tour_looks_as_accepted(snapshot: SnapshotAssertion) -> None:
    pictures = snapshot.use_extension(SVGImageExtension)
    for frame in short_storyboard().frames:
        assert frame.picture == pictures(name=f"{frame.number:02}"), f"step {frame.number}: {frame.step.caption}"


def altered(**changes: object) -> tours.Tour:
    return tours.Tour.model_validate({**SHORT.model_dump(), **changes})


def test_a_tour_that_names_words_which_are_not_seen_does_not_run() -> None:
    steps = [{"caption": "A lie", "sees": ["all is linked"]}]
    with pytest.raises(InvalidInput, match="step 1 shows something else"):
        frames_of(altered(steps=steps))


def test_a_tour_that_claims_what_is_not_so_does_not_run() -> None:
    with pytest.raises(InvalidInput, match="doesn't end as claimed"):
        frames_of(altered(steps=[{"caption": "The settings", "sees": ["Settings"]}], claims={"official": "linked"}))


@pytest.mark.parametrize(
    "claims",
    [
        {"official": "linked"},
        {"unlinks_left": 0},
        {"marketing": ["nobody.here"]},
        {"members": 7},
        {"shop_page": 12},
        {"shop_name": "Another"},
        {"refused": [{"account": "lumen.candles", "rule": "link.region-match"}]},
        {"happened": ["link.linked"]},
    ],
)
def test_what_is_not_so_is_a_broken_claim(claims: dict[str, object]) -> None:
    with scenarios.in_memory(SHORT.scenario, actor="maya", clock=StoppedClock()) as workspace:
        assert broken(altered(claims=claims), workspace)


def test_a_storyboard_fetches_nothing(tmp_path: Path) -> None:
    write(tmp_path)
    assert len(list(tmp_path.iterdir())) == 2 + 2 * len(SHORT.steps)
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    for fetching in ("@font-face", "src=", "url(http"):
        assert fetching not in page


def test_a_storyboard_does_not_write_among_other_files(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(InvalidInput, match="holds other files"):
        write(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_storyboard_takes_the_place_of_an_older_one_but_of_nothing_that_was_put_beside_it(tmp_path: Path) -> None:
    write(tmp_path)
    write(tmp_path)
    (tmp_path / "step-by-step.svg").write_text("mine")
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    with pytest.raises(InvalidInput, match=r"holds other files, such as step-by-step\.svg"):
        write(tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_mistake_in_a_tour_of_ones_own_is_reported_by_file_line_and_field(tmp_path: Path) -> None:
    mine = tmp_path / "mine.toml"
    head = 'title = "T"\nshows = "S"\nscenario = "linked"\n\n[[steps]]\ncaption = "C"\n'
    mine.write_text(f'{head}sees = ["S"]\nkeys = ["Enter!"]\n\n[claims]\n')
    with pytest.raises(InvalidInput) as told:
        tours.load(str(mine))
    for words in ("mine.toml", "line 8", "keys"):
        assert words in str(told.value)
