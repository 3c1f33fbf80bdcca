"""Write storyboard pages: self-contained HTML, and Markdown."""

import re
from collections.abc import Sequence
from html import escape

from core.text import show
from tui.tours import Tour

MARK = '<meta name="generator" content="shoplink storyboard">'
_STYLE = """
body { margin: 0 auto; max-width: 60rem; padding: 2rem 1rem; background: #fbfbfc; color: #17191d;
       font: 16px/1.5 system-ui, sans-serif; }
h1 { margin: 0 0 .5rem; } p { margin: 0 0 1.5rem; } a { color: #00696b; }
ol { list-style: none; margin: 0; padding: 0; } li { margin: 0 0 2.5rem; }
figure { margin: 0; } figcaption { margin: 0 0 .75rem; } figcaption b { color: #00696b; margin-right: .5rem; }
svg { width: 100%; height: auto; display: block; }
@media print { li { break-inside: avoid; } figcaption { break-after: avoid; } svg { max-height: 80vh; } }
@media (prefers-color-scheme: dark) { body { background: #0b0c0f; color: #e8eaed; } a, figcaption b { color: #25f4ee; } }
"""
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+.!|<>~&-])")


def html(tour: Tour, captions: Sequence[str], pictures: Sequence[str]) -> str:
    """Write a tour's steps as one HTML page with embedded pictures."""
    steps = [
        f'<li id="step-{number}"><figure><figcaption><b>{number}</b>{_html(caption)}</figcaption>\n'
        f"{_with_alt_text(picture, caption)}\n</figure></li>"
        for number, (caption, picture) in enumerate(zip(captions, pictures, strict=True), start=1)
    ]
    return _page(tour.title, f"<p>{_html(tour.shows)}</p>\n<ol>\n" + "\n".join(steps) + "\n</ol>")


def markdown(tour: Tour, captions: Sequence[str]) -> str:
    """Write a tour's steps as Markdown; pictures are files in the same folder."""
    steps = [
        f"{number}. {_markdown(caption)}\n\n   ![Step {number}](step-{number:02}.svg)"
        for number, caption in enumerate(captions, start=1)
    ]
    return "\n\n".join([f"# {_markdown(tour.title)}", _markdown(tour.shows), *steps]) + "\n"


def gallery_html(tours: Sequence[Tour]) -> str:
    """Write the list of tours as HTML, with a link to each page."""
    items = [
        f'<li><a href="{escape(tour.id)}/index.html"><b>{_html(tour.title)}</b></a><br>{_html(tour.shows)}</li>' for tour in tours
    ]
    return _page("shoplink, step by step", "<ol>\n" + "\n".join(items) + "\n</ol>")


def gallery_markdown(tours: Sequence[Tour]) -> str:
    """Write the list of tours as Markdown."""
    items = [f"- [{_markdown(tour.title)}]({tour.id}/index.md): {_markdown(tour.shows)}" for tour in tours]
    return "\n".join(["# shoplink, step by step", "", *items]) + "\n"


def _page(title: str, body: str) -> str:
    return (
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n{MARK}\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>{_html(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{_html(title)}</h1>\n{body}\n</body>\n</html>\n"
    )


def _with_alt_text(picture: str, caption: str) -> str:
    """Add the caption to the picture as alternative text."""
    return picture.strip().replace("<svg ", f'<svg role="img" aria-label="{_html(caption)}" ', 1)


def _html(text: str) -> str:
    return escape(show(text))


def _markdown(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", show(text))
