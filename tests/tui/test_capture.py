"""Saving any screen as a picture or text, and a link's facts for a ticket."""

from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest

from core import desk
from core.models import Role
from tests.support import DAY, StoppedClock, add_account, add_shop, linked, record_workspace
from tests.tui.support import press, text_of, until
from tui import capture
from tui.app import ShoplinkApp
from tui.dialogs.ticket import Ticket
from tui.formats.text import ticket

AppOn = Callable[..., ShoplinkApp]


async def test_any_screen_is_saved_as_text_and_as_a_picture_that_loads_nothing(app_on: AppOn, tmp_path: Path) -> None:
    app = app_on("linked")
    async with app.run_test(notifications=True, tooltips=True) as pilot:
        for number, keys in enumerate(((), ("d",), ("question_mark",), ("f9",))):
            app.clear_notifications()
            await press(pilot, *keys)
            seen = capture.text(app)
            assert "Lumen Candle Co." in seen
            await press(pilot, "f5", "ctrl+u", f"type:{number}.txt", "enter")
            await press(pilot, "f4", "ctrl+u", f"type:{number}.svg", "enter", *(["escape"] if keys else []))
            picture = (tmp_path / f"{number}.svg").read_text(encoding="utf-8")
            ElementTree.fromstring(picture)
            assert "@font-face" not in picture
            assert (tmp_path / f"{number}.txt").read_text(encoding="utf-8") == seen


async def test_typed_control_characters_do_not_break_the_picture(app_on: AppOn) -> None:
    app = app_on("new-shop")
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await press(pilot, "escape", "slash", "type:a\ufffeb\U0001ffffc\ufdd0d")
        assert "abcd" in "".join(ElementTree.fromstring(capture.picture(app)).itertext()).replace("\ufffd", "")


async def test_what_is_saved_holds_no_toast(app_on: AppOn, tmp_path: Path) -> None:
    app = app_on("linked")
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await press(pilot, "enter")
        app.notify("A canary in a toast", markup=False)
        await until(pilot, lambda: "canary" in text_of(pilot))
        await press(pilot, "w")
        for key, name in (("f4", "shoplink.svg"), ("f5", "shoplink.txt")):
            app.notify("Another canary", markup=False)
            await until(pilot, lambda: "Another" in text_of(pilot))
            await press(pilot, key, "enter")
            assert app.screen_stack[-1] is not app.screen_stack[0]
            saved = (tmp_path / name).read_text(encoding="utf-8").replace("&#160;", " ")
            assert "canary" not in saved
            assert "Seller Center" in saved


async def test_the_name_offered_is_the_next_free_one(app_on: AppOn, tmp_path: Path) -> None:
    app = app_on("linked")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "f4", "enter", "f4", "enter", "f5", "enter")
        (tmp_path / "shoplink-3.svg").symlink_to("nowhere")
        await press(pilot, "f4", "enter")
    assert {path.name for path in tmp_path.glob("shoplink*")} == {
        *("shoplink.svg", "shoplink-2.svg", "shoplink-3.svg", "shoplink-4.svg", "shoplink.txt"),
    }


async def test_an_existing_file_is_not_overwritten_and_the_name_stays(app_on: AppOn, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    app = app_on("linked")
    async with app.run_test(notifications=True, tooltips=True) as pilot:
        await press(pilot, "f5", "ctrl+u", "type:mine.txt", "enter")
        assert "exists already" in text_of(pilot)
        assert "mine.txt" in text_of(pilot)
        await press(pilot, "ctrl+u", "type:no/such/folder.txt", "enter")
        assert "can't be written" in text_of(pilot)
    assert (tmp_path / "mine.txt").read_text() == "mine"


async def test_a_ticket_masks_contacts(app_on: AppOn, tmp_path: Path) -> None:
    app = app_on("linked")
    app.workspace.accounts.state("lumen.candles", phone="+1 555 010 0142", email="owner@lumen.example")
    async with app.run_test(size=(120, 40), notifications=True, tooltips=True) as pilot:
        await press(pilot, "enter", "f7")
        assert isinstance(app.screen, Ticket)
        copied = app.clipboard
        assert "@lumen.candles" in copied
        for line in copied.splitlines():
            assert line.split("  ")[0] in text_of(pilot)
        await press(pilot, "s", "ctrl+u", "type:facts.txt", "enter")
    assert (tmp_path / "facts.txt").read_text(encoding="utf-8") == copied
    assert "+1 ••• ••• 0142" in copied
    assert "o••••@lumen.example" in copied
    for whole in ("555", "owner"):
        assert whole not in copied


def test_a_ticket_says_whether_it_is_from_practice(app_on: AppOn, tmp_path: Path) -> None:
    practice = app_on("linked").workspace
    link = practice.links.find()[0]
    assert "Practice: no real shop." in ticket(practice, link)
    desk.advance(practice, DAY)
    assert "Practice: the clock was moved forward by 24 h" in ticket(practice, link)
    with record_workspace(tmp_path, StoppedClock()) as record:
        add_account(record)
        link = linked(record, add_shop(record), "lumen.candles")
        assert "Practice" not in ticket(record, link)


@pytest.mark.parametrize(
    ("scenario", "lines"),
    [
        (
            "just-linked",
            [
                "Unlink from:      2026-11-23 19:17 UTC",
                "Waiting:          Unlinking is possible in 5 h 12 min. (rule: Wait before an unlink (official))",
            ],
        ),
        ("last-unlink", ["Unlink from:      now"]),
        (
            "unlinks-used-up",
            [
                "Unlink from:      not possible",
                "Blocked:          This shop has used all 3 unlinks. (rule: Unlinks are never restored)",
            ],
        ),
        ("in-review", []),
    ],
)
def test_a_ticket_says_from_when_unlinking_is_possible_and_what_stops(app_on: AppOn, scenario: str, lines: list[str]) -> None:
    workspace = app_on(scenario).workspace
    link = next(link for link in workspace.links.find() if link.role == Role.OFFICIAL)
    said = ticket(workspace, link).splitlines()
    assert [line for line in said if line.startswith(("Unlink from", "Waiting", "Blocked", "Unknown"))] == lines


def test_only_a_ticket_of_an_official_link_has_the_unlinks_left(app_on: AppOn) -> None:
    workspace = app_on("linked").workspace
    told = {link.role: ticket(workspace, link) for link in workspace.links.find()}
    assert "Unlinks:" in told[Role.OFFICIAL]
    assert "Unlinks" not in told[Role.MARKETING]
