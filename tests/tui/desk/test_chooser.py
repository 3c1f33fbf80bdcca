"""The chooser: every scenario and tour with its description; two keys start one, always from the same state."""

from collections.abc import Callable
from pathlib import Path

from core import scenarios
from tests.support import MS, StoppedClock, everything
from tests.tui.support import finished, press, text_of
from tui import tours
from tui.app import ShoplinkApp
from tui.desk.chooser import LETTERS, Chooser
from tui.dialogs.confirm import Confirm
from tui.screens.shop_information import RenameShop

AppOn = Callable[..., ShoplinkApp]


async def test_the_chooser_lists_every_scenario_and_tour_with_its_description(app_on: AppOn) -> None:
    app = app_on("linked")
    async with app.run_test(size=(120, 60), notifications=True, tooltips=True) as pilot:
        await press(pilot, "f9")
        seen = text_of(pilot)
        for title in [info.title for info in scenarios.catalog()] + [known.title for known in tours.catalog()]:
            assert title in seen
        present = next(info for info in scenarios.catalog() if info.id == "linked")
        assert present.shows[:40] in seen  # the cursor starts on the current scenario
        await press(pilot, "escape")
        assert not isinstance(app.screen, Chooser)


def test_each_scenario_and_tour_has_a_letter() -> None:
    assert len(scenarios.catalog()) + len(tours.catalog()) + 1 <= len(LETTERS)  # one is for a scenario of your own


async def test_two_keys_start_a_scenario_that_is_always_the_same(app_on: AppOn, clock: StoppedClock) -> None:
    app = app_on("new-shop")
    key = LETTERS[[info.id for info in scenarios.catalog()].index("linked")]
    async with app.run_test(notifications=True, tooltips=True) as pilot:
        await press(pilot, "f9", key)
        await finished(pilot, "scenario")
        assert app.workspace.scenario == "linked"
        first = everything(app.workspace)
        clock.move(MS)  # what is newer than the start was done since
        await press(pilot, "d", "g", "p", "escape")
        clock.move(-MS)
        assert everything(app.workspace) != first
        await press(pilot, "f9", key)
        assert isinstance(app.screen, Confirm)  # it would be lost
        await press(pilot, "enter")
        assert everything(app.workspace) != first
        await press(pilot, "f9", key, "right", "enter")
        await finished(pilot, "scenario")
        assert everything(app.workspace) == first


async def test_two_keys_play_a_tour(app_on: AppOn) -> None:
    app = app_on("linked")
    first = len(scenarios.catalog())
    async with app.run_test(notifications=True, tooltips=True) as pilot:
        await press(pilot, "f9", LETTERS[first])
        assert app.player is not None
        assert app.player.tour.id == tours.catalog()[0].id
        await press(pilot, "escape")


async def test_a_record_workspace_has_no_chooser(app_on: AppOn) -> None:
    app = app_on("record")
    async with app.run_test(notifications=True, tooltips=True) as pilot:
        await press(pilot, "f9")
        assert not isinstance(app.screen, Chooser)


async def test_a_custom_scenario_starts_over_from_its_file_and_reports_mistakes(tmp_path: Path) -> None:
    mine = tmp_path / "mine.toml"
    ours = Path(str(scenarios.__file__)).parent.parent / "data" / "scenarios" / "linked.toml"
    mine.write_text(ours.read_text(encoding="utf-8"), encoding="utf-8")
    clock = StoppedClock()
    with scenarios.create(tmp_path / "p.db", str(mine), actor="maya", clock=clock) as workspace:
        app = ShoplinkApp(workspace, path=tmp_path / "p.db", actor="maya", clock=clock)
        app.animation_level = "none"
        before = everything(workspace)
        async with app.run_test(size=(120, 40), notifications=True, tooltips=True) as pilot:
            await press(pilot, "f9")
            assert "Your own scenario, from its start" in text_of(pilot)
            await press(pilot, "escape", "d", "p", "s", "tab", "enter")
            assert everything(workspace) == before
            await press(pilot, "escape", "d", "p", "escape")
            after = everything(workspace)
            mine.write_text("title = 7\n", encoding="utf-8")
            await press(pilot, "f9", "a")
            assert everything(workspace) == after  # the mistake was reported, and nothing was lost
            assert "Not possible" in text_of(pilot)


async def test_what_is_typed_is_discarded_only_after_asking(app_on: AppOn) -> None:
    app = app_on("linked")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *["up", "enter"], "r", "type:x", "f9", LETTERS[0])
        assert isinstance(app.screen, Confirm)
        await press(pilot, "enter")
        assert isinstance(app.screen, RenameShop)
