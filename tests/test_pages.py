"""The pages for readers: the README stays short, and every link leads somewhere."""

import re
from pathlib import Path
from urllib.parse import unquote

import pytest

ROOT = Path(__file__).parent.parent
PAGES = ("README.md", "CHANGELOG.md", "tui/README.md", "core/README.md", "data/README.md", "tests/README.md")


def text(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def anchors(page: Path) -> set[str]:
    """Return what a link can name after #, as GitHub makes it from the headings."""
    headings = re.findall(r"^#+ (.*)$", text(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_the_readme_has_at_most_900_words() -> None:
    assert len(text(ROOT / "README.md").split()) <= 900


def test_the_changelog_has_at_most_40_lines() -> None:
    assert len(text(ROOT / "CHANGELOG.md").splitlines()) <= 40


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_somewhere(page: str) -> None:
    for link in re.findall(r"\]\(([^)]+)\)", text(ROOT / page)):
        if link.startswith("https://"):
            continue
        file, _, anchor = unquote(link).partition("#")
        target = (ROOT / page).parent / file if file else ROOT / page
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link
