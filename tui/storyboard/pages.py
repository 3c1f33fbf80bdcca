"""Write a guide's HTML pages, without scripts: one for each tour, and a gallery."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from core.plurals import count_of
from tui.player import pace
from tui.player.key_caps import Press, instructions
from tui.storyboard.brand import Brand
from tui.storyboard.frames import CAST, Frame, Look, Storyboard
from tui.storyboard.html import Html, element, joined, preformatted
from tui.tours import Tour

TITLE = "shoplink, step by step"
MARK = '<meta name="generator" content="shoplink storyboard">'
_STYLE = (Path(__file__).parent / "guide.css").read_text(encoding="utf-8")
_POLICY = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
_FIRST_SENTENCE = re.compile(r"(.+?)(?:[.:!?](?:\s|$)|$)")


def guide(made: Storyboard, brand: Brand, gallery: Sequence[Tour] = ()) -> str:
    """Write a tour as a page, with links to its neighbors in the gallery, if it is part of one."""
    tour = made.tour
    steps = [_step(frame, made.look) for frame in made.frames]
    return _page(
        tour.title,
        brand,
        element("h1", tour.title),
        element("p", tour.shows, class_="shows"),
        element("p", length(tour), *_cast_link(made), class_="length"),
        *_start(tour),
        _contents(tour),
        element("ol", *steps, class_="steps"),
        *_turn(tour, gallery),
    )


def gallery(made: Sequence[Storyboard], brand: Brand) -> str:
    """Write the page that links to every tour's page."""
    cards = [
        element(
            "li",
            _picture(one.frames[-1].picture, aria_hidden="true"),
            element("h2", element("a", one.tour.title, href=f"{one.tour.id}/index.html")),
            element("p", one.tour.shows),
            element("p", length(one.tour), class_="length"),
        )
        for one in made
    ]
    return _page(TITLE, brand, element("h1", TITLE), element("ol", *cards, class_="gallery"))


def length(tour: Tour) -> str:
    """Say how long a tour is: its steps, and how long it plays."""
    return f"{count_of(len(tour.steps), 'step')} · plays for {pace.in_words(pace.of_tour(tour))}"


def _step(frame: Frame, look: Look) -> Html:
    text = f"step-{frame.number}-text"
    picture = _picture(frame.picture, role="img", aria_label=f"Picture of step {frame.number}")
    size = f"--columns: {look.columns}; --rows: {look.rows}"
    link = element("a", picture, href=frame.picture_name, aria_describedby=text, class_="picture", style=size)
    return element(
        "li",
        element("h2", f"Step {frame.number}"),
        element("p", frame.step.caption, class_="caption"),
        *(_keys(label, pressed) for label, pressed in instructions(frame.step)),
        element("figure", link),
        element("details", element("summary", "Picture as text"), preformatted(frame.text, id=text)),
        id=f"step-{frame.number}",
        class_="step",
    )


def _keys(label: str, pressed: Sequence[Press]) -> Html:
    return element("p", label, *(part for press in pressed for part in (" ", _press(press))), class_="keys")


def _press(press: Press) -> Html:
    if press.is_typed:
        return joined("type ", element("span", f"“{press.label}”", class_="typed"))
    keys = [element("kbd", key) for key in re.split(r"(?<=.)\+", press.label)]
    return joined(Html("+".join(keys)), f" ×{press.times}" if press.times > 1 else "")


def _contents(tour: Tour) -> Html:
    entries = [
        element("li", element("a", _heading(step.caption), href=f"#step-{number}"))
        for number, step in enumerate(tour.steps, start=1)
    ]
    return element("nav", element("h2", "Contents"), element("ol", *entries), class_="contents", aria_label="Contents")


def _heading(caption: str) -> str:
    found = _FIRST_SENTENCE.match(caption)
    return found[1] if found else caption


def _start(tour: Tour) -> Iterator[Html]:
    """Say how to start, unless the author's own scenario is needed, which readers lack."""
    if not tour.scenario.endswith(".toml"):
        yield element("p", "Follow along in practice: ", element("code", f"shoplink demo {tour.scenario}"), class_="start")


def _cast_link(made: Storyboard) -> Iterator[str]:
    if made.cast:
        yield from (" · ", element("a", "Terminal recording", href=CAST))


def _turn(tour: Tour, gallery: Sequence[Tour]) -> Iterator[Html]:
    if not gallery:
        return
    at = [one.id for one in gallery].index(tour.id)
    links = [
        *(_turn_link("Back", one, "back") for one in gallery[max(at - 1, 0) : at]),
        element("a", "All guides", href="../index.html"),
        *(_turn_link("Next", one, "next") for one in gallery[at + 1 : at + 2]),
    ]
    yield element("nav", *links, class_="turn", aria_label="Guides")


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
