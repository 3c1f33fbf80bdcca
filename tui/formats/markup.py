"""Write sections as one HTML page and as Markdown. Every text is escaped."""

import re
from collections.abc import Iterable, Sequence
from html import escape

from core.text import show
from tui.formats.evidence import LONGEST, Section

_STYLE = """
body { margin: 0 auto; max-width: 72rem; padding: 2rem 1rem; background: #fbfbfc; color: #17191d;
       font: 15px/1.5 system-ui, sans-serif; overflow-wrap: break-word; }
h1 { margin: 0 0 1rem; font-size: 1.6rem; } h2 { margin: 2rem 0 .5rem; font-size: 1.15rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1.25rem; margin: 0; }
dt, th { color: #5b6470; font-weight: normal; } dd { margin: 0; }
table { border-collapse: collapse; width: 100%; } .wide { overflow-x: auto; }
th, td { text-align: left; vertical-align: top; padding: .35rem .75rem .35rem 0; border-bottom: 1px solid #d9dde2; }
figure { margin: 0 0 2rem; } figcaption { margin: 0 0 .5rem; } svg { width: 100%; height: auto; display: block; }
@media (max-width: 40rem) { dl { display: block; } dd { margin: 0 0 .5rem; } th, td { min-width: 10rem; } }
th:last-child { min-width: 6rem; }
@media print {
  body { max-width: none; padding: 0; background: #fff; font-size: 10pt; } table { font-size: 8.5pt; }
  h1, h2, figcaption { break-after: avoid; } tr, figure { break-inside: avoid; } th { white-space: nowrap; }
  .wide { overflow: visible; } svg { max-height: 40vh; width: auto; max-width: 100%; } /* two pictures on a page */
}
@media screen and (prefers-color-scheme: dark) {
  body { background: #0b0c0f; color: #e8eaed; } dt, th { color: #9aa3ad; } th, td { border-color: #31363d; }
}
"""
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+.!|<>~&-]|:(?=//))")


def html(title: str, sections: Iterable[Section], pictures: Sequence[tuple[str, str]]) -> str:
    """Write a page that needs no other file. `pictures`: each a caption and an SVG."""
    parts = [f"<h1>{_html(title)}</h1>"]
    for section in sections:
        parts.append(f"<h2>{_html(section.title)}</h2>")
        if section.facts:
            pairs = "\n".join(f"<dt>{_html(name)}</dt><dd>{_html(text)}</dd>" for name, text in section.facts)
            parts.append(f"<dl>\n{pairs}\n</dl>")
        if section.headings:
            head = "".join(f"<th>{_html(cell)}</th>" for cell in section.headings)
            rows = "\n".join(f"<tr>{''.join(f'<td>{_html(cell)}</td>' for cell in row)}</tr>" for row in section.rows)
            parts.append(f'<div class="wide"><table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table></div>')
    if pictures:
        parts.append("<h2>Pages</h2>")
    for caption, picture in pictures:
        labeled = picture.strip().replace("<svg ", f'<svg role="img" aria-label="{_html(caption)}" ', 1)
        parts.append(f"<figure><figcaption>{_html(caption)}</figcaption>\n{labeled}\n</figure>")
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>{_html(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n" + "\n".join(parts) + "\n</body>\n</html>\n"
    )


def markdown(title: str, sections: Iterable[Section], pictures: Sequence[tuple[str, str]]) -> str:
    """Write the sections as Markdown. `pictures`: each a caption and the name of a file beside it."""
    parts = [f"# {_markdown(title)}"]
    for section in sections:
        parts.append(f"## {_markdown(section.title)}")
        if section.facts:
            parts.append("\n".join(f"- **{_markdown(name)}**: {_markdown(text)}" for name, text in section.facts))
        if section.headings:
            lines = [section.headings, ("---",) * len(section.headings)]
            head = [f"| {' | '.join(cells)} |" for cells in lines]
            rows = [f"| {' | '.join(map(_markdown, row))} |" for row in section.rows]
            parts.append("\n".join([*head, *rows]))
    if pictures:
        parts.append("## Pages")
    parts += [f"{_markdown(caption)}\n\n![{_markdown(caption)}]({name})" for caption, name in pictures]
    return "\n\n".join(parts) + "\n"


def _html(text: str) -> str:
    return escape(show(text, LONGEST))


def _markdown(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", show(text, LONGEST))
