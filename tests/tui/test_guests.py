"""Screens in a browser: what is saved is downloaded, and a demo's visitor has no file on this computer."""

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TextIO

import pytest

from tests.tui.support import HISTORY, REMINDERS, press, text_of
from tests.tui.test_palette import shown_for
from tui import launch
from tui.app import ShoplinkApp
from tui.dialogs.save_as import SaveAs
from tui.messages import OpenFromList, OpenPlace
from tui.screens.import_file import ImportFile
from tui.theme import LIGHT

AppOn = Callable[..., ShoplinkApp]

SAVED = {
    "a picture": (["f4"], "shoplink.svg", "<svg"),
    "a text": (["f5"], "shoplink.txt", "Settings"),
    "the history": ([*HISTORY, "e"], "history-USLCDEMO01.csv", "at,"),
    "the reminders": ([*REMINDERS, "e"], "due-USLCDEMO01.ics", "BEGIN:VCALENDAR"),
    "the facts for a ticket": (["f7", "s"], None, "Lumen Candle Co."),
}


@pytest.mark.parametrize("what", SAVED)
async def test_what_is_saved_in_a_browser_is_a_download(app_on: AppOn, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    keys, name, begins = SAVED[what]
    app = app_on("linked")
    sent: list[tuple[str, str]] = []

    def deliver(text: TextIO, *, save_filename: str) -> None:
        sent.append((save_filename, text.read()))

    monkeypatch.setattr(ShoplinkApp, "is_web", True)
    monkeypatch.setattr(app, "deliver_text", deliver)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        before = os.listdir()
        await press(pilot, *keys)
        assert not isinstance(app.screen, SaveAs)
        ((saved, text),) = sent
        assert name in {None, saved}
        assert "/" not in saved
        assert begins in text
        assert [notice.message for notice in app._notifications] == [f"Sent to your browser: {saved}"]
        assert os.listdir() == before


async def test_a_guest_imports_nothing(app_on: AppOn) -> None:
    app = app_on("linked")
    app.is_guest = True
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "escape", "i")
        assert not isinstance(app.screen, ImportFile)
        assert "Import" not in text_of(pilot)
        await press(pilot, "ctrl+p")
        assert "Import" not in await shown_for(pilot, "file")
        await press(pilot, "escape")
        for kind in (OpenPlace, OpenFromList):
            app.post_message(kind("import", app.workspace.shops.page(limit=1).shops[0].shop.id))
            await press(pilot)
            assert not isinstance(app.screen, ImportFile)
        await press(pilot, "a")
        assert "Add the shop" in text_of(pilot)
        assert "from a file" not in text_of(pilot)
        await press(pilot, "escape")
        app.is_guest = False
        await press(pilot, "i")
        assert isinstance(app.screen, ImportFile)


def configured(app: ShoplinkApp, config: Path, lines: Iterable[str]) -> None:
    config.write_text("".join(f"{line}\n" for line in lines))
    launch.configure(app, config)


async def test_a_guest_does_not_change_the_configuration(app_on: AppOn, tmp_path: Path) -> None:
    for is_guest in (True, False):
        app = app_on("")
        app.is_guest = is_guest
        configured(app, tmp_path / "config.toml", [])
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "f2")
            assert app.theme == LIGHT.name
        assert (LIGHT.name in (tmp_path / "config.toml").read_text()) != is_guest


async def test_a_guest_is_shown_no_path_of_this_computer(app_on: AppOn, tmp_path: Path) -> None:
    app = app_on("linked")
    app.is_guest = True
    configured(app, tmp_path / "config.toml", ["nonsense = 1"])
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await press(pilot)
        assert "config.toml" not in text_of(pilot)
        await press(pilot, *["down"] * 8, "enter")
        assert "This workspace" in text_of(pilot)
        assert "practice.db" not in text_of(pilot)
