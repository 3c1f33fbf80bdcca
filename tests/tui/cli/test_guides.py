"""The pages that storyboard writes: read as a browser's parser does, and as somebody with a screen reader or a phone."""

import json
import os
import re
from collections.abc import Iterator
from contextlib import redirect_stdout
from dataclasses import replace
from html import escape
from html.parser import HTMLParser
from io import StringIO
from pathlib import Path

import pytest

from tests.tui.cli.support import Run
from tests.tui.support import SHORT_TOUR, short_storyboard
from tui import tours
from tui.cli import run
from tui.storyboard import storyboard
from tui.storyboard.brand import Brand, Words, load
from tui.storyboard.frames import Look

SHORT = tours.load(SHORT_TOUR)
TOURS = (SHORT, SHORT.model_copy(update={"id": "again", "title": "The same again"}))
EMPTY = {"meta"}


class Page(HTMLParser):
    """The elements of a page with their attributes and texts; raises AssertionError where one is not closed."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        self.open: list[str] = []
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, list[str]] = {}
        self.feed(path.read_text(encoding="utf-8"))
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in EMPTY:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        for tag in {*self.open}:
            self.texts.setdefault(tag, []).append(data)

    def all(self, tag: str, **having: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.found if name == tag and having.items() <= attributes.items()]

    def text(self, tag: str) -> str:
        return "".join(self.texts.get(tag, []))

    def links(self) -> Iterator[Path | str]:
        """Each link: a file beside the page, or the id of an element."""
        for attributes in self.all("a"):
            target = attributes["href"] or ""
            yield target[1:] if target.startswith("#") else (self.path.parent / target).resolve()


@pytest.fixture(scope="module")
def gallery(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The guides of both tours, made once: the tests only read them."""
    folder = tmp_path_factory.mktemp("guides")
    (folder / "brand.toml").write_text('line = "Help <Center>"\nlang = "en-GB"\n', encoding="utf-8")
    out = folder / "gallery"
    once = storyboard.make(SHORT, Look(), with_cast=True)
    environment = dict(os.environ)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tours, "catalog", lambda: TOURS)
        patch.setattr(
            storyboard, "make", lambda tour, look, with_cast: replace(once, tour=tour, cast=once.cast if with_cast else None)
        )
        with redirect_stdout(StringIO()) as answer:
            assert run(["storyboard", "--all", "--out", str(out), "--brand", str(folder / "brand.toml"), "--cast", "--json"]) == 0
    os.environ.update(environment)  # storyboard removes what Textual would read
    casts = [one["cast"] for one in json.loads(answer.getvalue())["storyboards"]]
    assert casts == [str(out / tour.id / "tour.cast") for tour in TOURS]
    return out


def test_every_link_leads_somewhere_and_every_page_is_linked(gallery: Path) -> None:
    pages = [Page(path) for path in gallery.rglob("index.html")]
    assert len(pages) == 1 + len(TOURS)
    linked: set[Path] = set()
    for page in pages:
        ids = {attributes["id"] for _, attributes in page.found if "id" in attributes}
        for target in page.links():
            assert target in ids if isinstance(target, str) else target.is_file(), (page.path, target)
            linked |= {target} if isinstance(target, Path) else set()
    pictures_and_casts = {path.resolve() for path in gallery.rglob("*") if path.suffix in {".svg", ".cast"}}
    assert linked == {page.path.resolve() for page in pages} | pictures_and_casts


def test_a_guide_leads_to_the_one_before_and_after_it(gallery: Path) -> None:
    first, second = (Page(gallery / tour.id / "index.html") for tour in TOURS)
    assert [a["href"] for a in first.all("a", **{"class": "next"})] == [f"../{TOURS[1].id}/index.html"]
    assert first.all("a", **{"class": "back"}) == second.all("a", **{"class": "next"}) == []
    assert [a["href"] for a in second.all("a", **{"class": "back"})] == [f"../{TOURS[0].id}/index.html"]


def test_a_step_has_its_number_its_keys_and_its_picture_as_text(gallery: Path) -> None:
    for tour in TOURS:
        page = Page(gallery / tour.id / "index.html")
        assert page.text("h2") == "Contents" + "".join(f"Step {number}" for number in range(1, len(tour.steps) + 1))
        assert len(page.all("kbd")) >= sum(bool(step.keys) for step in tour.steps)
        assert {"Enter", "Tab"} & set(page.texts["kbd"])
        for number in range(1, len(tour.steps) + 1):
            (link,) = page.all("a", href=f"step-{number:02}.svg")
            (text,) = page.all("pre", id=str(link["aria-describedby"]))
            assert text["id"] == f"step-{number}-text"
        shown = (gallery / tour.id / "step-01.txt").read_text(encoding="utf-8").split("\n\n", 1)[1].rstrip()
        assert shown in page.text("pre")


def test_a_gallery_shows_each_tours_length_and_picture(gallery: Path) -> None:
    page = Page(gallery / "index.html")
    assert len([svg for svg in page.all("svg") if svg.get("aria-hidden") == "true"]) == len(TOURS)
    for tour in TOURS:
        assert f"{len(tour.steps)} steps · plays for" in page.text("p")
        assert tour.title in page.text("a")


def test_a_brand_is_on_every_page_with_its_language(gallery: Path) -> None:
    for path in gallery.rglob("index.html"):
        page = Page(path)
        assert page.all("html") == [{"lang": "en-GB"}]
        assert page.text("p").startswith("Help <Center>")
    assert r"Help \<Center\>" in (gallery / "index.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('line = "A"\nlang = "no such"\n', "line 2, lang"),
        ('line = "A"\nlang = "german"\n', "line 2, lang"),
        ('line = "A"\n[words]\nnexxt = "Weiter"\n', "Did you mean next?"),
        ('line = "A"\nlogo = "a.png"\n', "line 2, logo"),
        ("line = 7\n", "line 1, line"),
        ("line = \n", "line 1"),
    ],
)
def test_a_mistake_in_a_brand_is_reported_with_its_line(cli: Run, tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "brand.toml").write_text(text, encoding="utf-8")
    code, document = cli("storyboard", SHORT_TOUR, "--out", str(tmp_path / "out"), "--brand", str(tmp_path / "brand.toml"))
    assert (code, document["error"]["code"]) == (2, "invalid")
    assert told in document["error"]["message"]
    assert not (tmp_path / "out").exists()


def test_a_broken_tour_is_refused_before_anything_of_a_gallery_is_written(
    cli: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = SHORT.model_copy(update={"steps": SHORT.steps[:1]})
    lies = [one.model_copy(update={"id": id, "claims": tours.Claims(unlinks_left=0)}) for id in ("lie", "fib")]
    monkeypatch.setattr(tours, "catalog", lambda: (lies[0], one, lies[1]))
    code, document = cli("storyboard", "--all", "--out", str(tmp_path / "out"))
    assert (code, document["error"]["code"]) == (2, "invalid")
    assert "lie: " in document["error"]["message"]
    assert "fib: " in document["error"]["message"]
    assert not (tmp_path / "out").exists()


def test_a_cast_is_written_beside_the_guide_and_goes_with_it(tmp_path: Path) -> None:
    storyboard.write(replace(short_storyboard(), cast="recorded"), tmp_path, Brand())
    assert (tmp_path / "tour.cast").read_text(encoding="utf-8") == "recorded"
    assert 'href="tour.cast"' in (tmp_path / "index.html").read_text(encoding="utf-8")
    storyboard.write(short_storyboard(), tmp_path, Brand())
    assert not (tmp_path / "tour.cast").exists()
    assert 'href="tour.cast"' not in (tmp_path / "index.html").read_text(encoding="utf-8")


GERMAN = """\
line = "Hilfe"
lang = "de"

[words]
title = "Schritt für Schritt"
contents = "Inhalt"
one_step = "1 Schritt"
steps = "{number} Schritte"
plays = "dauert {time}"
recording = "Aufnahme"
start = "Zum Üben:"
settings = "Der erste Schritt beginnt bei den Einstellungen."
step = "{number}. Schritt"
press = "Drücken:"
type = "eingeben:"
desk = "Beim Üben, am Pult:"
picture = "Bild zum {number}. Schritt"
text = "Bild als Text"
guides = "Anleitungen"
all = "Alle Anleitungen"
back = "Zurück"
next = "Weiter"
"""


def test_the_pages_own_words_can_be_in_the_captions_language(tmp_path: Path) -> None:
    brand, out = tmp_path / "brand.toml", tmp_path / "out"
    brand.write_text(GERMAN, encoding="utf-8")
    assert set(load(brand).words.model_fields_set) == set(Words.model_fields)
    made = [replace(short_storyboard(), tour=tour, cast="recorded") for tour in TOURS]
    storyboard.write_gallery(made, out, load(brand))
    english = [text.split("{")[0].strip() for text in Words(steps="3 steps", type="type “").model_dump().values()]
    for path in [*out.rglob("index.*"), *out.rglob("step-*.txt")]:
        words = path.read_text(encoding="utf-8")
        if path.suffix == ".txt":
            words = words.split("\n\n")[0]
        for tour in TOURS:
            for own in (tour.title, tour.shows, *(step.caption for step in tour.steps)):
                words = words.replace(escape(own), "")
        page = re.sub(r"<style>.*?</style>|<svg.*?</svg>|<pre.*?</pre>|<[^>]*>", " ", words, flags=re.DOTALL)
        assert not [text for text in english if text and re.search(rf"(?<!\w){re.escape(text)}(?!\w)", page)], path
    page = Page(out / TOURS[0].id / "index.html")
    assert {pre["lang"] for pre in page.all("pre")} == {"en"}  # the program's screens
    assert "Bild als Text" in page.text("summary")


def test_a_step_that_begins_with_a_text_says_type_instead_of_press(tmp_path: Path) -> None:
    made = short_storyboard()
    step = SHORT.steps[0].model_copy(update={"keys": ("type:lumen", "tab", "type:wax")})
    storyboard.write(replace(made, frames=(replace(made.frames[0], step=step),)), tmp_path, Brand())
    assert "\nType “lumen”, Tab, type “wax”\n" in (tmp_path / "step-01.txt").read_text("utf-8")
    assert "   Type “lumen” <kbd>Tab</kbd> type “wax”\n" in (tmp_path / "index.md").read_text("utf-8")
    assert "Type “lumen” Tab type “wax”" in Page(tmp_path / "index.html").text("p")


def test_a_guide_says_how_to_start_and_where_in_two_paragraphs(gallery: Path) -> None:
    page, markdown = ((gallery / SHORT.id / name).read_text("utf-8") for name in ("index.html", "index.md"))
    assert 'practice: <code>shoplink demo new-shop</code></p><p class="start">The first step starts' in page.replace("\n", "")
    assert "practice: `shoplink demo new-shop`\n\nThe first step starts" in markdown


def test_a_guide_says_nothing_of_the_folder_that_its_scenario_is_in(cli: Run, tmp_path: Path) -> None:
    folder, out = tmp_path / "private", tmp_path / "out"
    folder.mkdir()
    assert cli("scenarios", "copy", "new-shop", str(folder / "own.toml"))[0] == 0
    text = Path(SHORT_TOUR).read_text(encoding="utf-8").replace('"new-shop"', '"own.toml"')
    there = ["down"] * 8 + ["enter"]
    step = f'[[steps]]\nkeys = {there}\ncaption = "This workspace."\nsees = ["A new shop"]\n\n[claims]\n'
    (folder / "tour.toml").write_text(text.partition("[[steps]]")[0] + step, encoding="utf-8")
    assert cli("storyboard", str(folder / "tour.toml"), "--out", str(out))[0] == 0
    assert not [path for path in out.iterdir() if "private" in path.read_text(encoding="utf-8")]
