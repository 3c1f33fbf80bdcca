"""Evidence as files: pages, pictures, document and checksums; nothing in them is taken for markup, no contact is whole."""

import hashlib
import json
import os
import re
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile
from zoneinfo import ZoneInfo

import pytest
from textual.widgets import Input

from core.errors import Exists, Locked, ReadOnly
from core.evidence import collect
from core.models import EndedBy, Link, Role
from core.workspace import Workspace
from tests.support import NOW, StoppedClock, add_account, add_shop, linked, record_workspace
from tests.tui.support import HISTORY, press, text_of, until
from tui import evidence
from tui.app import ShoplinkApp
from tui.dialogs.save_as import SaveAs
from tui.formats.evidence import evidence_json, sections, stamp, title
from tui.formats.markup import html, markdown

Make = Callable[..., ShoplinkApp]

PHONE, EMAIL = "+1 202 555 0142", "owner@lumen.example"
HOSTILE = '<script>alert("1")</script> | [x](javascript:a) **b** `c` # d \u202e'


class Page(HTMLParser):
    """Collects the tags of a page and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.text: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        self.text.append(data)


@pytest.fixture
def workspace(tmp_path: Path, clock: StoppedClock) -> Workspace:
    return record_workspace(tmp_path, clock)


@pytest.fixture
def link(workspace: Workspace, clock: StoppedClock) -> Link:
    """A link that was ended against a rule, an hour before it was entered, with a note that has markup and a contact."""
    add_account(workspace, phone=PHONE, email=EMAIL)
    linked(workspace, add_shop(workspace, "<b>Lumen</b>"), "lumen.candles")
    clock.move(timedelta(hours=3))
    found = workspace.links.find()[0]
    with workspace.recording(at=clock.now - timedelta(hours=1), anyway=True, note=f"{HOSTILE[:-2]} {EMAIL}"):
        workspace.links.unlink(found.id)
    return workspace.links.get(found.id)


def screens(workspace: Workspace) -> ShoplinkApp:
    return ShoplinkApp(workspace, path=workspace.path, actor="maya", clock=workspace.clock, zone=UTC)


def write(workspace: Workspace, folder: Path, link: Link) -> dict[str, str]:
    made = evidence.write(workspace, folder, screens, shop=link.shop, link=link.id, zone=UTC)
    return {file.path.name: file.sha256 for file in made}


def test_a_folder_has_pages_pictures_a_document_and_their_checksums_and_is_the_same_again(
    tmp_path: Path, workspace: Workspace, link: Link
) -> None:
    folder = tmp_path / "made"
    made = write(workspace, folder, link)
    assert made == write(workspace, tmp_path / "again", link)
    assert set(made) == {"evidence.json", "history.svg", "index.html", "index.md", "official-account.svg"}
    assert {path.name for path in folder.iterdir()} == {*made, "SHA256SUMS"}
    assert made == {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in made}
    checked = subprocess.run(["sha256sum", "-c", "SHA256SUMS"], cwd=folder, capture_output=True, text=True, check=False)
    assert (checked.returncode, checked.stdout.count("OK")) == (0, 5)
    (folder / "index.md").write_text("changed")
    assert subprocess.run(["sha256sum", "-c", "SHA256SUMS"], cwd=folder, capture_output=True, check=False).returncode == 1


def test_no_file_has_a_whole_contact(tmp_path: Path, workspace: Workspace, link: Link) -> None:
    write(workspace, tmp_path / "made", link)
    for path in (tmp_path / "made").iterdir():
        text = path.read_text(encoding="utf-8").replace("&#160;", " ")
        assert not [contact for contact in (PHONE, EMAIL, "202 555") if contact in text], path
    assert "o••••@lumen.example" in (tmp_path / "made" / "index.html").read_text(encoding="utf-8")


def test_the_page_shows_markup_as_text(workspace: Workspace, link: Link) -> None:
    found = collect(workspace, link.shop, link.id)
    page = Page(html(title(found), sections(workspace, found, UTC), [(HOSTILE, "<svg viewBox='0 0 1 1'></svg>")]))
    assert page.tags == {
        *("html", "head", "meta", "title", "style", "body", "h1", "h2", "dl", "dt", "dd", "div", "table", "thead", "tbody", "tr"),
        *("th", "td", "figure", "figcaption", "svg"),
    }
    text = "".join(page.text)
    assert '<script>alert("1")</script>' in text
    assert "<b>Lumen</b>" in text
    assert "\u202e" not in text
    assert "Possible in" not in text  # it has ended: the question is whether it can be requested again
    assert "Can @lumen.candles be linked again now?" in text
    assert "Recorded despite the rule “Wait before an unlink (official)” (official.unlink-wait)." in text


def test_markdown_shows_markup_as_text(workspace: Workspace, link: Link) -> None:
    found = collect(workspace, link.shop, link.id)
    text = markdown(title(found), sections(workspace, found, UTC), [(HOSTILE, "history.svg")])
    assert not re.search(r"(?<!\\)[<>`]", text)
    assert not re.search(r"(?<!\\)\[(?!.*\]\(history\.svg\)$)", text, re.MULTILINE)
    rows = [line for line in text.splitlines() if line.startswith("|")]
    headed = {line.count("|") - line.count("\\|") for line in rows}
    assert headed == {5, 6}  # no cell was split by a text
    assert "![" in text


def test_the_document_has_who_entered_what_when(workspace: Workspace, link: Link) -> None:
    found = evidence_json(workspace, collect(workspace, link.shop, link.id))
    event = found["history"][-1]
    assert (event["at"], event["recorded_at"]) == ("2026-11-23T16:05:00Z", "2026-11-23T17:05:00Z")
    assert (event["actor"], event["entered_by"], event["against"]) == ("maya", "maya", ["official.unlink-wait"])
    assert event["note"].endswith("o••••@lumen.example")
    assert found["accounts"][0]["phone"] == "+1 ••• ••• 0142"
    verdict = next(one for one in found["questions"][0]["verdicts"] if one["rule"] == "official.one-per-shop")
    assert (verdict["certainty"], verdict["policy"], verdict["source"]["read"]) == ("seed", "2024-12-01", "2026-11-23")
    assert found["taken_at"] == "2026-11-23T17:05:00Z"
    json.dumps(found)


def test_the_history_says_when_it_was_entered(workspace: Workspace, link: Link) -> None:
    found = collect(workspace, link.shop, link.id)
    history = next(section for section in sections(workspace, found, ZoneInfo("America/New_York")) if "History" in section.title)
    assert history.rows[-1][:2] == (
        "Mon Nov 23, 2026, 11:05 AM EST (UTC-05:00)",
        "Mon Nov 23, 2026, 12:05 PM EST (UTC-05:00)",
    )
    assert history.rows[0][1] == "at once"


@pytest.mark.parametrize(("by", "words"), [(EndedBy.TIKTOK, "by TikTok"), (EndedBy.SELLER, "by the seller")])
def test_who_ended_a_link_and_a_note_are_said_in_words(
    workspace: Workspace, clock: StoppedClock, by: EndedBy, words: str
) -> None:
    add_account(workspace)
    linked(workspace, shop := add_shop(workspace), "lumen.candles")
    clock.move(timedelta(days=2))
    found = workspace.links.find()[0]
    with workspace.recording(note="TikTok's email"):
        workspace.links.unlink(found.id, shop.name, by)
    said = str([*sections(workspace, collect(workspace, found.shop, found.id), UTC)])
    assert f"2026, 2:05 PM UTC, {words}'" in said
    assert "Note: “TikTok's email”." in said


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        (UTC, "Mon Nov 23, 2026, 2:05 PM UTC"),
        (ZoneInfo("America/New_York"), "Mon Nov 23, 2026, 9:05 AM EST (UTC-05:00)"),
        (timezone(timedelta(hours=5, minutes=45), "NPT"), "Mon Nov 23, 2026, 7:50 PM NPT (UTC+05:45)"),
    ],
)
def test_a_moment_names_its_zone(zone: ZoneInfo, words: str) -> None:
    assert stamp(NOW, zone) == words
    assert stamp(datetime(2026, 11, 23, 0, 30, tzinfo=UTC), UTC) == "Mon Nov 23, 2026, 12:30 AM UTC"


def test_a_contact_in_a_picture_is_masked(tmp_path: Path, workspace: Workspace) -> None:
    add_account(workspace, phone=PHONE, email=EMAIL)
    shop = add_shop(workspace)
    link = workspace.links.request("lumen.candles", shop.code, Role.OFFICIAL, agreement=True)
    workspace.links.authorize(link.id)
    workspace.links.submit(link.id)
    workspace.links.reject(link.id, f"Call {PHONE}")
    made = write(workspace, tmp_path / "made", link)
    assert "history.svg" in made
    picture = (tmp_path / "made" / "history.svg").read_text(encoding="utf-8").replace("&#160;", " ")
    assert "Call +1 ••• ••• 0142" in picture


def test_an_open_request_has_its_own_page(tmp_path: Path, workspace: Workspace) -> None:
    add_account(workspace)
    link = workspace.links.request("lumen.candles", add_shop(workspace).code, Role.OFFICIAL, agreement=True)
    assert "request.svg" in write(workspace, tmp_path / "made", link)


@pytest.mark.parametrize("there", ["file", "folder"])
def test_what_is_there_is_not_replaced(tmp_path: Path, workspace: Workspace, link: Link, there: str) -> None:
    folder = tmp_path / "made"
    if there == "file":
        folder.write_text("mine")
    else:
        folder.mkdir()
        (folder / "mine.txt").write_text("mine")
    with pytest.raises(Exists):
        write(workspace, folder, link)
    assert sorted(path.name for path in tmp_path.rglob("*") if "record" not in path.name) == (
        ["made"] if there == "file" else ["made", "mine.txt"]
    )


def test_nothing_is_left_when_it_cannot_be_written(tmp_path: Path, workspace: Workspace, link: Link) -> None:
    with pytest.raises(ReadOnly):
        write(workspace, tmp_path / "nowhere" / "made", link)
    assert not (tmp_path / "nowhere").exists()


def test_it_is_of_one_state(tmp_path: Path, workspace: Workspace, link: Link) -> None:
    changes = iter(range(100))

    def busy(on: Workspace) -> ShoplinkApp:
        add_account(on, f"other.{next(changes)}")
        return screens(on)

    with pytest.raises(Locked):
        evidence.write(workspace, tmp_path / "made", busy, shop=link.shop, link=link.id, zone=UTC)
    assert not (tmp_path / "made").exists()


async def test_a_page_of_a_link_makes_it(app_on: Make) -> None:
    app = app_on("linked")
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await press(pilot, "ctrl+e")
        assert not isinstance(app.screen, SaveAs)  # Settings: it is about neither a link nor the history
        await press(pilot, "enter", "ctrl+e")
        assert isinstance(app.screen, SaveAs)
        await press(pilot, "enter")
        name = "evidence-lumen-candles"
        await until(pilot, lambda: f"Written to {name}" in text_of(pilot))
        assert (Path(name) / "SHA256SUMS").is_file()
        assert json.loads((Path(name) / "evidence.json").read_text())["link"]
        await press(pilot, "ctrl+e")
        assert app.screen.query_one(Input).value == f"{name}-2"
        await press(pilot, "ctrl+u", f"type:{name}", "enter")
        assert "Folder exists already" in text_of(pilot)


async def test_of_the_history_it_is_one_download_in_a_browser(app_on: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    app = app_on("linked")
    sent: list[tuple[str, BytesIO]] = []
    monkeypatch.setattr(ShoplinkApp, "is_web", True)
    monkeypatch.setattr(app, "deliver_binary", lambda file, *, save_filename: sent.append((save_filename, file)))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        before = os.listdir()
        await press(pilot, *HISTORY, "ctrl+e")
        await until(pilot, lambda: bool(sent))
        assert os.listdir() == before
    name, file = sent[0]
    assert name == "evidence-USLCDEMO01.zip"
    assert "evidence-USLCDEMO01/SHA256SUMS" in ZipFile(file).namelist()
    assert json.loads(ZipFile(file).read("evidence-USLCDEMO01/evidence.json"))["link"] is None


async def test_a_folder_that_cannot_be_made_is_reported(app_on: Make) -> None:
    app = app_on("linked")
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await press(pilot, "enter", "ctrl+e", "ctrl+u", "type:nowhere/made", "enter")
        await until(pilot, lambda: "can't be written" in text_of(pilot))
