"""Every tour shows what it speaks of, above its captions; every mistake in a tour's file is found at once."""

from pathlib import Path

import pytest

from core.toml_files import Problem
from tests.tui.support import SHORT_TOUR
from tui import rehearsal, tours
from tui.rehearsal import check

pytestmark = pytest.mark.usefixtures("quick")
SHORT = Path(SHORT_TOUR).read_text(encoding="utf-8")


@pytest.mark.parametrize("id", [tour.id for tour in tours.catalog()])
def test_what_a_tour_speaks_of_is_seen_above_its_caption(id: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rehearsal, "SIZES", rehearsal.SIZES[:1])  # tests.proof.tours has the other
    assert rehearsal.rehearse(tours.load(id)) == []


def found(tmp_path: Path, text: str) -> list[Problem]:
    file = tmp_path / "mine.toml"
    file.write_text(text, encoding="utf-8")
    return check(file)


@pytest.mark.parametrize(
    ("was", "becomes", "field", "words"),
    [
        ('keys = ["enter"]', 'keys = ["entre"]', "steps 1, keys 1", "Did you mean enter?"),
        ('keys = ["enter"]', 'keys = ["type:x", "enter"]', "steps 1, keys", "where nothing accepts it"),
        ('"add product"]', '"accept"]', "steps 2, desk 2", "“accept” isn't possible. Nothing is waiting"),
        (
            'desk = ["advance 47h", ',
            'desk = ["approve", ',
            "steps 2, desk 1",
            "link first. 1 step after it was not played",
        ),
        ('desk = ["advance 47h", ', 'desk = ["fly", ', "steps 2, desk 1", "has no act fly"),
        ('sees = ["lumen"]', "sees = []", "steps 2, sees", "needs at least 1"),
        ('scenario = "new-shop"', 'scenario = "new-shpo"', "scenario", "Did you mean new-shop?"),
        ('scenario = "new-shop"', 'scenario = "none.toml"', "scenario", "There is no file"),
        ('scenario = "new-shop"', 'scenario = "new-shop"\nshop = "US9"', "shop", "US9"),
        (
            "nothing_linked = true",
            '[[claims.refused]]\naccount = "nobody.here"\nrule = "no.rule"',
            "claims, refused 1, rule",
            "there is no rule no.rule",
        ),
    ],
    ids=str,
)
def test_a_mistake_is_named_by_its_line_and_field(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, was: str, becomes: str, field: str, words: str
) -> None:
    monkeypatch.setattr(rehearsal, "SIZES", rehearsal.SIZES[:1])
    assert was in SHORT
    text = SHORT.replace(was, becomes)
    (problem,) = found(tmp_path, text)
    assert (problem.file, problem.field) == (str(tmp_path / "mine.toml"), field)
    assert words in problem.message
    name = field.rpartition(", ")[2].partition(" ")[0]
    assert name in text.splitlines()[problem.line - 1]


def test_mistakes_that_show_only_on_the_screens_are_named_so_too_and_all_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rehearsal, "SIZES", rehearsal.SIZES[:1])
    text = SHORT.replace('keys = ["enter"]', 'keys = ["x", "enter"]')
    text = text.replace('sees = ["lumen"]', 'sees = ["lumen", "bright", "others take over"]')
    text = text.replace("nothing_linked = true", 'official = "linked"')
    lines = text.splitlines()
    expected = (
        ("steps 1, keys", "nothing on the screen uses the key x", "keys"),
        ("steps 2, sees", "“bright” is not on the screen", "sees"),
        ("steps 2, sees", "“others take over” is not on the screen", "sees"),
        ("claims, official", "the tour says linked", "official"),
    )
    for problem, (field, words, name) in zip(found(tmp_path, text), expected, strict=True):
        assert problem.field == field
        assert words in problem.message
        assert lines[problem.line - 1].startswith(f"{name} = ")


def test_mistakes_of_every_kind_are_found_at_once(tmp_path: Path) -> None:
    text = SHORT.replace('title = "A short tour"\n', "").replace('sees = ["no official account yet"]', 'sees = ["all is linked"]')
    text = text.replace('keys = ["tab"]\n', 'keys = ["tba"]\n')
    assert [problem.field for problem in found(tmp_path, text)] == ["title", "steps 1, sees", "steps 3, keys 1"]


def test_the_scenario_is_looked_for_and_a_step_counted_even_where_a_step_has_a_mistake(tmp_path: Path) -> None:
    head, *_ = SHORT.partition("[[steps]]")
    text = head.replace("new-shop", "new-shpo") + '[[steps]]\ncaption = "C"\nsee = ["x"]\n\n[claims]\n'
    assert [(one.field, one.message) for one in found(tmp_path, text)] == [
        ("scenario", "There is no scenario new-shpo. Did you mean new-shop?"),
        ("steps 1, see", "there is no such field. Did you mean sees?"),
    ]


def test_what_differs_at_one_size_is_told_with_the_size_and_the_page(tmp_path: Path) -> None:
    first = "[[steps]]".join(SHORT.split("[[steps]]")[:2])
    keys = 'keys = ["tab", "down", "enter"]'  # at 80 columns the Settings are a page of their own
    text = first.replace('keys = ["enter"]', keys)
    problem = found(tmp_path, f"{text}[claims]\n")[0]
    assert problem.message.startswith("at 80x24: “no official account yet” is not on the screen, which is at ")


def test_the_scenarios_file_is_found_beside_the_tours_and_its_mistakes_are_named_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "own.toml").write_text('title = "T"\nshows = "S"\nacts = 7\n')
    (folder / "tour.toml").write_text(SHORT.replace("new-shop", "own.toml"))
    (problem,) = check(folder / "tour.toml")
    assert (problem.file, problem.line, problem.field) == (str(folder / "own.toml"), 3, "acts")
    assert tours.load(str(folder / "tour.toml")).scenario == str(folder / "own.toml")
