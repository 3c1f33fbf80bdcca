"""Write a guide's HTML pages, without scripts: one for each tour, and a gallery."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from tui.player.key_caps import Press
from tui.storyboard.brand import Brand, Words
from tui.storyboard.frames import CAST, Frame, Look, Storyboard
from tui.storyboard.html import Html, element, joined, preformatted
from tui.tours import Tour

SCREENS = "en"
"""The language of the program, and so of its screens as text."""
MARK = '<meta name="generator" content="shoplink storyboard">'
_STYLE = (Path(__file__).parent / "guide.css").read_text(encoding="utf-8")
_POLICY = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
_FIRST_SENTENCE = re.compile(r"(.+?)(?:[.:!?](?:\s|$)|$)")


def guide(made: Storyboard, brand: Brand, gallery: Sequence[Tour] = ()) -> str:
    """Write a tour as a page, with links to its neighbors in the gallery, if it is part of one."""
    tour = made.tour
    steps = [_step(frame, made.look, brand.words) for frame in made.frames]
    return _page(
        tour.title,
        brand,
        element("h1", tour.title),
        element("p", tour.shows, class_="shows"),
        element("p", brand.words.length(tour), *_cast_link(made, brand.words), class_="length"),
        *_start(tour, brand.words),
        _contents(tour, brand.words),
        element("ol", *steps, class_="steps"),
        *_turn(tour, gallery, brand.words),
    )


def gallery(made: Sequence[Storyboard], brand: Brand) -> str:
    """Write the page that links to every tour's page."""
    cards = [
        element(
            "li",
            _picture(one.frames[-1].picture, aria_hidden="true"),
            element("h2", element("a", one.tour.title, href=f"{one.tour.id}/index.html")),
            element("p", one.tour.shows),
            element("p", brand.words.length(one.tour), class_="length"),
        )
        for one in made
    ]
    title = brand.words.title
    return _page(title, brand, element("h1", title), element("ol", *cards, class_="gallery"))


def practice(tour: Tour) -> str:
    """Return the command that opens the tour's scenario; empty for one of one's own, which is not in the reader's hands."""
    return "" if tour.scenario.endswith(".toml") else f"shoplink demo {tour.scenario}"


def _step(frame: Frame, look: Look, words: Words) -> Html:
    text = f"step-{frame.number}-text"
    picture = _picture(frame.picture, role="img", aria_label=words.numbered(words.picture, frame.number))
    size = f"--columns: {look.columns}; --rows: {look.rows}"
    link = element("a", picture, href=frame.picture_name, aria_describedby=text, class_="picture", style=size)
    return element(
        "li",
        element("h2", words.numbered(words.step, frame.number)),
        element("p", frame.step.caption, class_="caption"),
        *(_keys(label, pressed) for label, pressed in words.instructions(frame.step)),
        element("figure", link),
        element("details", element("summary", words.text), preformatted(frame.text, id=text, lang=SCREENS)),
        id=f"step-{frame.number}",
        class_="step",
    )


def _keys(label: str, pressed: Sequence[tuple[str, Press]]) -> Html:
    return element("p", label, *(part for typing, press in pressed for part in (" ", _press(press, typing))), class_="keys")


def _press(press: Press, typing: str) -> Html:
    if press.is_typed:
        return joined(typing and f"{typing} ", element("span", f"“{press.label}”", class_="typed"))
    keys = [element("kbd", key) for key in re.split(r"(?<=.)\+", press.label)]
    return joined(Html("+".join(keys)), f"\N{NO-BREAK SPACE}×{press.times}" if press.times > 1 else "")


def _contents(tour: Tour, words: Words) -> Html:
    entries = [
        element("li", element("a", _heading(step.caption), href=f"#step-{number}"))
        for number, step in enumerate(tour.steps, start=1)
    ]
    return element("nav", element("h2", words.contents), element("ol", *entries), class_="contents", aria_label=words.contents)


def _heading(caption: str) -> str:
    found = _FIRST_SENTENCE.match(caption)
    return found[1] if found else caption


def _start(tour: Tour, words: Words) -> Iterator[Html]:
    """Say how to start, and where: a scenario may open on another page."""
    if command := practice(tour):
        yield element("p", f"{words.start} ", element("code", command), class_="start")
    yield element("p", words.settings, class_="start")


def _cast_link(made: Storyboard, words: Words) -> Iterator[str]:
    if made.cast:
        yield element("span", " · ", element("a", words.recording, href=CAST), class_="recording")


def _turn(tour: Tour, gallery: Sequence[Tour], words: Words) -> Iterator[Html]:
    if not gallery:
        return
    at = [one.id for one in gallery].index(tour.id)
    links = [
        *(_turn_link(words.back, one, "back") for one in gallery[max(at - 1, 0) : at]),
        element("a", words.all, href="../index.html"),
        *(_turn_link(words.next, one, "next") for one in gallery[at + 1 : at + 2]),
    ]
    yield element("nav", *links, class_="turn", aria_label=words.guides)


def _turn_link(label: str, tour: Tour, kind: str) -> Html:
    return element("a", element("span", label), tour.title, href=f"../{tour.id}/index.html", class_=kind)


def _picture(svg: str, **attributes: str) -> Html:
    """Put a picture into a page; alternative text is in the attributes."""
    empty = element("svg", **attributes).removesuffix("></svg>")
    return Html(svg.strip().replace("<svg", empty, 1))


def _page(title: str, brand: Brand, *body: Html) -> str:
    head = joined(
        Html('<meta charset="utf-8">\n'),
        Html(f"{MARK}\n"),
        Html('<meta name="viewport" content="width=device-width, initial-scale=1">\n'),
        Html(f"{_POLICY}\n"),
        element("title", f"{title} · {brand.line}" if brand.line else title),
        Html(f"\n<style>\n{_STYLE}</style>\n"),
    )
    line = [element("p", brand.line, class_="brand")] if brand.line else []
    page = element("html", element("head", head), element("body", *line, *body), lang=brand.lang)
    return f"<!doctype html>\n{page}\n"
