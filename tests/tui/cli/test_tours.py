"""demo, tours and storyboard: their answers, exit codes and files."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from core.errors import InvalidInput
from tests.tui.cli.support import Run
from tests.tui.support import SHORT_TOUR, short_storyboard
from tui import tours
from tui.app import ShoplinkApp
from tui.cli import run
from tui.storyboard import markdown, pages, storyboard
from tui.storyboard.brand import Brand
from tui.storyboard.frames import Frame, Look, Storyboard

TOUR = "authorization-expires"


def words(value: object) -> str | None:
    return " ".join(value) if isinstance(value, tuple) else None


def test_tours_lists_every_tour(cli: Run) -> None:
    code, found = cli("tours")
    assert code == 0
    assert [one["id"] for one in found["tours"]] == [known.id for known in tours.catalog()]
    assert all(set(one) >= {"id", "title", "shows", "scenario", "steps"} for one in found["tours"])
    assert TOUR in cli("tours", text=True)[1]


@pytest.mark.parametrize(
    ("arguments", "code", "exit_code"),
    [
        (("storyboard", "nope", "--out", "x"), "not_found", 4),
        (("storyboard", "nope.toml", "--out", "x"), "not_found", 4),
        (("storyboard", "--out", "x"), "invalid", 2),
        (("storyboard", TOUR), "invalid", 2),
        (("storyboard", TOUR, "--all", "--out", "x"), "invalid", 2),
        (("storyboard", TOUR, "--out", "x", "--size", "big"), "invalid", 2),
        (("storyboard", TOUR, "--out", "x", "--size", "10x10"), "invalid", 2),
        (("storyboard", TOUR, "--out", "x", "--size", "9999x9999"), "invalid", 2),
        (("storyboard", TOUR, "--out", "x", "--theme", "none"), "invalid", 2),
    ],
    ids=words,
)
def test_a_storyboard_that_cannot_be_made_is_reported_and_writes_nothing(
    cli: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], code: str, exit_code: int
) -> None:
    monkeypatch.chdir(tmp_path)
    answer, document = cli(*arguments)
    assert (answer, document["error"]["code"]) == (exit_code, code)
    assert not list(tmp_path.iterdir())


@pytest.mark.usefixtures("cli")
def test_an_unknown_theme_is_refused_before_a_tour_is_begun(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["storyboard", TOUR, "--out", str(tmp_path / "x"), "--theme", "nope"]) == 2
    said = capsys.readouterr().err
    assert "nope is not known" in said
    assert TOUR not in said


@pytest.mark.parametrize("which", [TOUR, "--all"])
def test_a_folder_that_cannot_be_written_is_reported_before_a_tour_is_drawn(
    cli: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, which: str
) -> None:
    monkeypatch.delattr(storyboard, "make")
    (tmp_path / "file").touch()
    out = tmp_path / "file" / "guide"
    code, document = cli("storyboard", which, "--out", str(out))
    assert (code, document["error"]["code"]) == (3, "read_only")
    assert document["error"]["message"].startswith(f"{out} can't be written")


def colors(picture: str) -> set[str]:
    return set(re.findall(r"fill: ?(#\w+)", picture))


def test_a_storyboard_has_the_requested_size_and_theme(cli: Run, tmp_path: Path) -> None:
    out = tmp_path / "guide"
    options = ("--out", str(out), "--size", "100x30", "--theme", "shoplink-light")
    code, made = cli("storyboard", SHORT_TOUR, *options)
    steps = len(tours.load(SHORT_TOUR).steps)
    assert code == 0
    assert made["storyboards"] == [{"tour": "short", "steps": steps, "folder": str(out)}]
    assert Path(made["page"]).read_text(encoding="utf-8").count("<figure>") == steps
    picture = (out / "step-01.svg").read_text(encoding="utf-8")
    drawn = re.search(r'width="(\S+)" height="(\S+)" viewBox="0 0 (\S+) (\S+)"', picture)
    assert drawn is not None
    assert (drawn[1], drawn[2]) == (drawn[3], drawn[4])  # it opens in its full size
    assert "--columns: 100; --rows: 30" in Path(made["page"]).read_text(encoding="utf-8")
    assert colors(picture) - colors(short_storyboard().frames[0].picture)
    small = len(short_storyboard().frames[0].text.splitlines())
    assert len((out / "step-01.txt").read_text(encoding="utf-8").splitlines()) >= small + 6


def test_the_gallery_links_to_every_tour(cli: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tour = tours.load(SHORT_TOUR)
    tour = tour.model_copy(update={"steps": tour.steps[:1]})
    monkeypatch.setattr(tours, "catalog", lambda: (tour,))  # each is played in tours/test_rehearsal.py
    out = tmp_path / "gallery"
    assert cli("storyboard", "--all", "--out", str(out))[0] == 0
    assert 'href="short/index.html"' in (out / "index.html").read_text(encoding="utf-8")
    assert (out / "short" / "index.html").is_file()
    assert cli("storyboard", "--all", "--out", str(out))[0] == 0  # again, over the first


@pytest.mark.parametrize("mine", ["index.html", "index.md", "notes.txt", "short/notes.txt"])
def test_a_gallery_is_not_written_into_a_folder_with_other_files(
    cli: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mine: str
) -> None:
    monkeypatch.setattr(tours, "catalog", lambda: (tours.load(SHORT_TOUR),))
    file = tmp_path / "gallery" / mine
    file.parent.mkdir(parents=True)
    file.write_text("mine")
    code, document = cli("storyboard", "--all", "--out", str(tmp_path / "gallery"))
    assert (code, document["error"]["code"]) == (2, "invalid")
    assert f"such as {file.name}" in document["error"]["message"]
    assert [path for path in (tmp_path / "gallery").rglob("*") if path.is_file()] == [file]
    assert file.read_text() == "mine"


def test_a_storyboard_needs_no_terminal_and_is_the_same_in_another_environment(tmp_path: Path) -> None:
    odd = {"TEXTUAL_ANIMATIONS": "none", "TEXTUAL_COLOR_SYSTEM": "standard", "NO_COLOR": "1", "TZ": "Asia/Tokyo", "LANG": "C"}
    script = "from tui.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", script, "storyboard", SHORT_TOUR, "--out", str(tmp_path / "odd"), "--json"],
        env={**os.environ, **odd},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    json.loads(done.stdout)
    storyboard.write(short_storyboard(), tmp_path / "plain", Brand())
    plain, other = ({path.name: path.read_bytes() for path in (tmp_path / name).iterdir()} for name in ("plain", "odd"))
    assert plain == other


@pytest.mark.parametrize(
    ("arguments", "exit_code"),
    [
        (("demo", "nope"), 4),
        (("demo", "--play", "nope"), 4),
        (("demo", "linked", "--play", TOUR), 2),
        (("demo", "mine.toml"), 4),
        (("demo", "--speed", "0"), 2),
        (("demo", "--exit"), 2),
        (("demo", "linked", "--loop"), 2),
        (("demo", "--play", TOUR, "--exit", "--loop"), 2),
        (("demo",), 2),
    ],
    ids=words,
)
def test_a_demo_that_cannot_be_shown_says_why(cli: Run, arguments: tuple[str, ...], exit_code: int) -> None:
    assert cli(*arguments, text=True)[0] == exit_code


def test_a_mistake_in_a_custom_scenario_is_reported_with_its_line(
    cli: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mine = tmp_path / "mine.toml"
    mine.write_text('title = "T"\nshows = "S"\nnotes = 7\n')
    from tui.cli import run

    assert run(["demo", str(mine)]) == 2
    told = capsys.readouterr().err
    assert "mine.toml" in told
    assert "line 3, notes" in told


def test_a_tours_texts_are_never_markup_in_its_pages() -> None:
    hostile = '<script>alert(1)</script> [b]*x*[/b] `y` \x1b[2J\u202e"'
    plain = tours.load(TOUR)
    step = plain.steps[0].model_copy(update={"caption": hostile, "keys": (f"type:{hostile}",)})
    odd = plain.model_copy(update={"title": hostile, "shows": hostile, "steps": (step,)})
    made, brand = Storyboard(odd, (Frame(1, step, "<svg ></svg>", hostile),), Look()), Brand.model_construct(line=hostile)
    written = (markdown.guide(made, brand), markdown.gallery([odd], brand))
    shown = (pages.guide(made, brand, [odd]), pages.gallery([made], brand))
    for page in shown:
        assert "<script" not in page
        assert "alert(1)" in page
    for page in (*shown, *written):
        assert "\x1b" not in page
        assert "\u202e" not in page
    for page in written:
        assert r"\<script\>" in page
        assert r"\*x\*" in page


LINKS: dict[str, Callable[[Path, Path], object]] = {
    "a step": lambda out, other: (out / "step-01.svg").unlink() or (out / "step-01.svg").symlink_to(other),
    "the page": lambda out, other: (out / "index.md").unlink() or (out / "index.md").symlink_to(other),
    "a dangling link": lambda out, other: (out / "step-77.txt").symlink_to(other.with_name("nowhere")),
    "a folder": lambda out, other: (out / "step-88.svg").mkdir(),
    "a pipe": lambda out, other: os.mkfifo(out / "step-99.svg"),
}
"""What stands in a storyboard's folder in the place of a file."""


@pytest.mark.parametrize("what", LINKS)
def test_a_storyboard_is_not_written_through_what_is_no_file(tmp_path: Path, what: str) -> None:
    out, other = tmp_path / "out", tmp_path / "other"
    other.write_text("mine")
    storyboard.write(short_storyboard(), out, Brand())
    LINKS[what](out, other)
    names = sorted(path.name for path in out.iterdir())
    with pytest.raises(InvalidInput, match="is a link, or no file"):
        storyboard.write(short_storyboard(), out, Brand())
    assert other.read_text() == "mine"
    assert sorted(path.name for path in out.iterdir()) == names


def test_a_gallery_is_not_written_into_a_folder_that_is_a_link(cli: Run, tmp_path: Path) -> None:
    out, other = tmp_path / "out", tmp_path / "other"
    other.mkdir()
    out.mkdir()
    (out / tours.catalog()[0].id).symlink_to(other)
    code, document = cli("storyboard", "--all", "--out", str(out))
    assert (code, document["error"]["code"]) == (2, "invalid")
    assert not list(other.iterdir())


def test_a_link_that_is_put_there_meanwhile_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("mine")
    (tmp_path / "index.md").symlink_to(tmp_path / "mine")
    storyboard._write_text(tmp_path / "index.md", "new")
    assert (tmp_path / "mine").read_text() == "mine"
    assert (tmp_path / "index.md").read_text() == "new"


def test_a_scenario_is_copied_and_checked(cli: Run, tmp_path: Path) -> None:
    mine = tmp_path / "mine.toml"
    assert cli("scenarios", "copy", "linked", str(mine))[0] == 0
    assert "order =" not in mine.read_text(encoding="utf-8")
    assert cli("scenarios", "check", str(mine)) == (0, {"file": str(mine), "problems": []})
    code, document = cli("scenarios", "copy", "linked", str(mine))
    assert (code, document["error"]["code"]) == (3, "exists")  # it is never replaced
    code, document = cli("tours", "record", str(mine))
    assert (code, document["error"]["code"]) == (3, "exists")
    text = mine.read_text(encoding="utf-8").replace('region = "US"', "region = 7", 1)
    mine.write_text(text, encoding="utf-8")
    code, found = cli("scenarios", "check", str(mine))
    line = text.splitlines().index("region = 7") + 1
    problem = {"file": str(mine), "line": line, "field": "shops 1, region", "message": "must be text, in quotation marks"}
    assert (code, found["problems"]) == (1, [problem])
    code, said = cli("scenarios", "check", str(mine), text=True)
    assert said == f"mine.toml, line {line}, shops 1, region: must be text, in quotation marks.\n1 problem.\n"


@pytest.mark.parametrize("kind", ["scenarios", "tours"])
def test_a_checked_file_is_named_in_full_everywhere(cli: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.toml").write_text("title = 7\n", encoding="utf-8")
    found = cli(kind, "check", "mine.toml")[1]
    assert {found["file"], *(problem["file"] for problem in found["problems"])} == {str(tmp_path / "mine.toml")}


@pytest.mark.usefixtures("quick")
def test_a_tour_is_checked(cli: Run, tmp_path: Path) -> None:
    mine = tmp_path / "mine.toml"
    mine.write_text(Path(SHORT_TOUR).read_text(encoding="utf-8").replace('"tab"]', '"tba"]'), encoding="utf-8")
    code, found = cli("tours", "check", str(mine))
    assert (code, [problem["field"] for problem in found["problems"]]) == (1, ["steps 3, keys 1"])


@pytest.mark.parametrize(
    ("arguments", "exit_code"),
    [
        (("scenarios", "check", "none.toml"), 4),
        (("scenarios", "copy", "linkd", "mine.toml"), 4),
        (("scenarios", "copy", "linked", "mine.txt"), 2),
        (("scenarios", "chekc", "mine.toml"), 2),
        (("tours", "check", "none.toml"), 4),
        (("tours", "record", "mine.txt"), 2),
        (("tours", "record", "mine.toml", "nope"), 4),
        (("tours", "record", "mine.toml"), 2),  # there is no terminal
    ],
    ids=words,
)
def test_a_file_that_cannot_be_checked_copied_or_recorded_says_why(
    cli: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], exit_code: int
) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli(*arguments, text=True)[0] == exit_code
    assert not list(tmp_path.iterdir())


def test_a_recording_that_ends_without_a_file_says_so(
    cli: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.cli.tours.needs_terminal", lambda: False)
    monkeypatch.setattr(ShoplinkApp, "run", lambda app, **given: app.workspace.close())
    assert run(["tours", "record", str(tmp_path / "mine.toml")]) == 0
    assert capsys.readouterr().err == "Nothing was written.\n"
