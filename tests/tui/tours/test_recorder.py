"""Recording a tour on the screens gives a file that passes the check and plays."""

import asyncio
from pathlib import Path

import pytest
from textual.events import Paste
from textual.pilot import Pilot
from textual.widgets import Input

from core import scenarios
from tests.tui.support import press, text_of, until
from tui import launch, rehearsal, tours
from tui.app import ShoplinkApp
from tui.desk.panel import DeskPanel
from tui.player.marking import Discarding, Marking
from tui.screens.shops import Shops

pytestmark = pytest.mark.usefixtures("quick")


@pytest.fixture
def recording(tmp_path: Path) -> ShoplinkApp:
    app = rehearsal.recording(tmp_path / "practice.db", tmp_path / "mine.toml", scenarios.load("new-shop"), "new-shop")
    app.animation_level = "none"
    return app


async def asked(pilot: Pilot[None]) -> None:
    """Wait for a dialog of the recorder, which first closes the Desk and takes what is seen."""
    await until(pilot, lambda: isinstance(pilot.app.screen, Marking))
    await press(pilot)


async def test_what_is_done_on_the_screens_becomes_a_tour_that_passes_its_check(recording: ShoplinkApp, tmp_path: Path) -> None:
    app, file = recording, tmp_path / "mine.toml"
    async with app.run_test(notifications=True) as pilot:
        await until(pilot, lambda: "Recording mine.toml" in text_of(pilot))
        await press(pilot, "enter", "tab", "enter", "enter", *"lumen")
        app.post_message(Paste(".candles"))  # as a terminal's
        await press(pilot, "tab", "space", "tab", "enter")
        await press(pilot, "f1")  # nothing takes it
        await press(pilot, "enter", "f12")
        await asked(pilot)
        await press(pilot, "type:The link is requested.", "enter", "ctrl+u", "type:nowhere", "enter")
        assert "This is not on the screen." in text_of(pilot)
        await press(pilot, "ctrl+u", "type:Waiting for the holder", "enter")
        assert "1 step. Since then: nothing." in text_of(pilot)
        await press(pilot, "d", "a", "f12")
        await asked(pilot)
        await press(pilot, "type:The holder accepts.", "enter")
        offered = app.screen.query_one("#second").value  # type: ignore[attr-defined]
        assert offered
        await press(pilot, "down", "up", "enter")
        await press(pilot, "escape", "d")  # a step's acts come before its keys: it is marked first
        await asked(pilot)
        await press(pilot, "escape", "ctrl+q")
        await asked(pilot)
        await press(pilot, "type:My tour", "enter", "type:What I “show”.", "enter")
        await until(pilot, lambda: not app.is_running)
    tour = tours.load(str(file))
    assert (tour.title, tour.shows, tour.scenario) == ("My tour", "What I “show”.", "new-shop")
    assert tour.steps[0].keys == ("enter", "tab", "enter", "enter", "type:lumen.candles", "tab", "space", "tab", "enter", "enter")
    assert [step.desk for step in tour.steps] == [(), ("accept",)]
    assert tour.steps[1].sees == (offered,)
    assert tour.claims.account == "lumen.candles"
    assert [kind.value for kind in tour.claims.happened] == ["link.requested", "link.authorized"]
    app.workspace.close()
    assert await asyncio.to_thread(rehearsal.check, file) == []


@pytest.mark.parametrize("done", [True, False])
async def test_a_recording_without_a_step_writes_nothing(recording: ShoplinkApp, tmp_path: Path, done: bool) -> None:
    async with recording.run_test() as pilot:
        if done:  # what was done is not discarded without asking
            for answer in ("escape", "ctrl+q", "tab"):
                await press(pilot, "enter", "ctrl+q")
                await until(pilot, lambda: isinstance(recording.screen, Discarding))
                await press(pilot, answer)
            await press(pilot, "enter")
        else:
            await press(pilot, "ctrl+q")
        await until(pilot, lambda: not recording.is_running)
    assert not (tmp_path / "mine.toml").exists()


@pytest.mark.parametrize("leave", ["escape", "ctrl+q"])
async def test_a_typed_caption_is_not_discarded_without_asking(recording: ShoplinkApp, leave: str) -> None:
    async with recording.run_test() as pilot:
        await until(pilot, lambda: "Recording mine.toml" in text_of(pilot))
        await press(pilot, "enter", "f12")
        await asked(pilot)
        await press(pilot, "down", leave)
        assert not isinstance(recording.screen, Marking)  # nothing was typed
        await press(pilot, "f12")
        await asked(pilot)
        await press(pilot, "type:The first step.", leave)
        assert isinstance(recording.screen, Discarding)
        await press(pilot, leave)
        assert recording.screen.query_one("#first", Input).value == "The first step."
        await press(pilot, leave, "tab", "enter")
        assert "0 steps. Since then: 1" in text_of(pilot)


async def test_the_quit_key_in_a_dialog_of_the_recorder_returns_to_the_recording(recording: ShoplinkApp, tmp_path: Path) -> None:
    async with recording.run_test() as pilot:
        await until(pilot, lambda: "Recording mine.toml" in text_of(pilot))
        await press(pilot, "enter", "f12")
        await asked(pilot)
        await press(pilot, "ctrl+q")
        assert not isinstance(recording.screen, Marking)
        await press(pilot, "f12")
        await asked(pilot)
        await press(pilot, "type:The first step.", "enter", "enter", "ctrl+q")
        await asked(pilot)
        await press(pilot, "ctrl+q")
        assert "1 step. Since then: nothing." in text_of(pilot)
        assert recording.is_running
        await recording.run_action("app.quit")  # as the palette does
        await asked(pilot)
        await press(pilot, "tab", "tab", "tab", "enter")
        await until(pilot, lambda: not recording.is_running)
    assert not (tmp_path / "mine.toml").exists()


async def test_a_dialog_that_the_palette_closed_can_be_opened_again(recording: ShoplinkApp) -> None:
    app = recording
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "Recording mine.toml" in text_of(pilot))
        await press(pilot, "down", "f12")
        await asked(pilot)
        await press(pilot, "ctrl+p", "type:go to shops", "enter")
        await until(pilot, lambda: isinstance(app.screen, Shops))
        await press(pilot, "f12")
        await asked(pilot)


async def test_a_recording_takes_the_keys_that_shoplink_comes_with(recording: ShoplinkApp, tmp_path: Path) -> None:
    app, config = recording, tmp_path / "config.toml"
    config.write_text('[keys]\ndesk = "z"\n')
    launch.configure(app, config)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "Recording mine.toml" in text_of(pilot))
        await press(pilot, "d")
        assert isinstance(app.screen, DeskPanel)


async def test_what_is_done_on_a_wide_screen_plays_on_a_small_one_too(recording: ShoplinkApp, tmp_path: Path) -> None:
    app, file = recording, tmp_path / "mine.toml"
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: "Recording mine.toml" in text_of(pilot))
        await press(pilot, "tab", "down", "enter", "f12")  # tab leaves the list at the left
        await asked(pilot)
        await press(pilot, "type:Choose.", "enter", "enter")
        await press(pilot, "enter", "type:lumen.candles", "enter", "space", "enter", "enter", "f12")
        await asked(pilot)
        await press(pilot, "escape", "ctrl+q")
        await asked(pilot)
        assert "1 step, not what came after" in text_of(pilot)
        await press(pilot, "type:T", "enter", "type:S", "enter")
        await until(pilot, lambda: not app.is_running)
    assert tours.load(str(file)).steps[0].keys == ("enter", "down", "enter")
    app.workspace.close()
    assert await asyncio.to_thread(rehearsal.check, file) == []


async def test_what_has_come_is_offered_first_and_nothing_that_only_a_wide_screen_shows(recording: ShoplinkApp) -> None:
    app = recording
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: "Recording mine.toml" in text_of(pilot))
        await press(pilot, "enter", "f12")
        await asked(pilot)
        assert "Rules here" in text_of(pilot)
        assert not {"Rules here", "Recent activity", "Team access"} & set(app.screen.offered)  # type: ignore[attr-defined]
        assert "Choose your next step" in app.screen.offered  # type: ignore[attr-defined]
        assert "Official Account" in " ".join(app.screen.offered)
        assert not set("━╸╺─│▌") & set("".join(app.screen.offered))  # the line under a tab is no text
        await press(pilot, "escape", "down", "enter", "enter", "type:lumen.candles", "enter", "space", "enter", "enter", "enter")
        await press(pilot, "f12")
        await asked(pilot)
        await press(pilot, "type:Requested.", "enter", "enter", "d", "a", "f12")
        await asked(pilot)
        assert app.screen.offered[0] == "authorized, not in review yet"
        assert "The holder accepted." in app.screen.offered
        assert not {"esc Back", "tab Next", "d Desk"} & set(app.screen.offered)
        await press(pilot, "escape", "ctrl+q")
