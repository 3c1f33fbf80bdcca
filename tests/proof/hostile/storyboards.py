"""A storyboard of a tour whose texts are hostile: HTML, Markdown, SVG and text that say them and do nothing."""

import re
from html.parser import HTMLParser
from pathlib import Path

from core.text import problem
from tests.proof.hostile.command_line import answered
from tests.proof.hostile.files_in import quoted
from tests.proof.hostile.harmless import assert_harmless

ELEMENTS = {
    *("html", "head", "meta", "title", "style", "body", "h1", "p", "ol", "li", "figure", "figcaption", "b"),
    *("svg", "defs", "clippath", "rect", "g", "text", "circle"),
}
"""What a page is made of."""
_MARKED = re.compile(r"(?<!\\)[<>\[\]`*_#|!]")
_OWN = re.compile(r"!\[Step \d+\]\(step-\d+\.svg\)|^# ", re.MULTILINE)


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in ELEMENTS, f"the page has <{tag}>"
        for name, value in attrs:
            assert not name.startswith("on"), f"the page has {name}={value}"
            assert name not in {"href", "src", "xlink:href"}, f"the page has {name}={value}"

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def fitting(texts: tuple[str, ...]) -> list[str]:
    """The texts that a tour's caption may be: the others are refused as its file is read."""
    return [text for text in texts if text.strip() and not problem(text, 200) and len(text.strip()) > 1]


def told(folder: Path, texts: list[str], number: int) -> int:
    """Write the storyboard of a tour with a step for each text; look at every file of it. Gives how many there were."""
    steps = [f'[[steps]]\ncaption = {quoted(text)}\nkeys = ["tab"]\n' for text in texts]
    head = f'title = {quoted(texts[0])}\nshows = {quoted(texts[-1])}\nscenario = "new-shop"\n'
    path, out = folder / f"told-{number}.toml", folder / f"storyboard-{number}"
    path.write_text("\n".join([head, *steps, "[claims]\nnothing_linked = true\n"]), encoding="utf-8")
    said = answered(["storyboard", str(path), "--out", str(out)])
    assert said.code == 0, said.err
    pages = {file.name: file.read_text(encoding="utf-8") for file in out.iterdir()}
    for name, page in pages.items():
        assert_harmless(page, name)
    read = _Page()
    read.feed(pages["index.html"])
    words = " ".join("".join(read.words).split())
    for text in texts:
        assert " ".join(text.split()) in words, f"the page does not say {text!a}"
    markdown = _OWN.sub("", pages["index.md"])
    assert not (found := _MARKED.search(markdown)), f"the Markdown reads {markdown[max(0, found.start() - 30) :][:80]!a}"
    return len(pages)
