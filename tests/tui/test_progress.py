"""The progress of what takes a moment, at 80x24 and 120x40. Look at a picture before you accept it."""

from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest
from textual.pilot import Pilot

from core import scenarios
from tests.tui.conftest import SameLooks, of_wide
from tests.tui.support import press, text_of, until
from tui.app import ShoplinkApp
from tui.dialogs import making
from tui.screens import import_file


@pytest.mark.parametrize("state", ["making", "importing"], ids=of_wide)
def test_looks(same_looks: SameLooks, app_on: Callable[..., ShoplinkApp], monkeypatch: pytest.MonkeyPatch, state: str) -> None:
    def never_done(report: Callable[[float], None]) -> None:
        while True:  # the report ends it, once the dialog is closed
            report(0.4)
            Event().wait(0.1)

    app = app_on("linked" if state == "making" else "record")
    Path("shops.csv").write_text("code,name\n")
    monkeypatch.setattr(making, "AT_ONCE_SECONDS", 0)
    monkeypatch.setattr(scenarios, "in_memory", lambda *what, report, **how: never_done(report))
    monkeypatch.setattr(import_file, "import_file", lambda *what, progress, **how: never_done(progress))

    async def run(pilot: Pilot[None]) -> None:
        if state == "making":
            app.start_scenario("agency")
        else:
            await press(pilot, "i", "type:shops.csv", "enter")
        await until(pilot, lambda: "40%" in text_of(pilot))

    assert same_looks(app, run)
