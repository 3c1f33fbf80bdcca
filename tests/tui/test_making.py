"""Scenarios are made beside the screens, and open on the place that shows their point."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from textual.pilot import Pilot

from core import scenarios
from tests.support import StoppedClock
from tests.tui.support import press, text_of, until
from tui.app import ShoplinkApp
from tui.dialogs import making
from tui.dialogs.making import Making
from tui.screens.linked_accounts.official import OfficialAccount
from tui.screens.settings import Settings
from tui.screens.shops import Shops
from tui.screens.welcome import Practice
from tui.widgets.rows import Rows

AppOn = Callable[..., ShoplinkApp]


async def test_every_scenario_opens_on_its_place(app_on: AppOn) -> None:
    ids = [info.id for info in scenarios.catalog()]
    app = app_on(ids[-1])
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot)
        for scenario in ids:
            opens = scenarios.load(scenario)
            app.start_scenario(scenario)
            await until(pilot, lambda: app.workspace.scenario == scenario and getattr(app.screen, "key", "") == opens.opens)  # noqa: B023
            await press(pilot)
            if opens.first_shop:
                assert opens.first_shop in text_of(pilot), scenario
                await press(pilot, "escape")
                assert isinstance(app.screen, Settings), scenario


async def test_the_first_place_is_the_scenarios_and_settings_and_shops_are_behind(app_on: AppOn) -> None:
    app = app_on("organization")
    app.first_place = ("USLCDEMO03", "team_access")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot)
        assert "Lumen Home" in text_of(pilot)
        assert app.screen.key == "team_access"  # type: ignore[attr-defined]
        await press(pilot, "escape", "escape")
        assert isinstance(app.screen, Shops)


@pytest.fixture
def going(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Scenarios are made only while this is set, as it is at first."""
    monkeypatch.setattr(making, "AT_ONCE_SECONDS", 0)
    going, made = threading.Event(), scenarios.in_memory
    going.set()
    monkeypatch.setattr(scenarios, "in_memory", lambda *what, **how: going.wait(30) and made(*what, **how))
    return going


async def begin(app: ShoplinkApp, pilot: Pilot[None]) -> None:
    """Start a scenario, and wait until its progress is shown: the loop goes on meanwhile."""
    await press(pilot)
    app.start_scenario("agency")
    await until(pilot, lambda: isinstance(app.screen, Making))


async def test_what_takes_a_moment_is_shown_while_the_screens_go_on(app_on: AppOn, going: threading.Event) -> None:
    app = app_on("new-shop")
    going.clear()
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(app, pilot)
        going.set()
        await until(pilot, lambda: isinstance(app.screen, Shops))
        assert app.workspace.shops.count() == 140


async def test_the_first_scenario_is_made_while_the_screens_go_on_and_can_be_stopped(
    app_on: AppOn, going: threading.Event
) -> None:
    app = app_on("")
    going.clear()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter", "enter")
        await until(pilot, lambda: isinstance(app.screen, Making))
        await press(pilot, "escape")
        going.set()
        await until(pilot, lambda: isinstance(app.screen, Practice))
        assert not app.path.exists()
        app.screen.query_one(Rows).action_select()
        await until(pilot, lambda: isinstance(app.screen, OfficialAccount))
        assert app.workspace.scenario == "new-shop"


async def test_what_takes_long_is_stopped_and_leaves_what_is_there(app_on: AppOn, going: threading.Event) -> None:
    app = app_on("linked")
    going.clear()
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(app, pilot)
        await press(pilot)
        assert "esc Stop" in text_of(pilot)
        await press(pilot, "escape")
        going.set()
        await until(pilot, lambda: isinstance(app.screen, Settings))
        assert app.workspace.scenario == "linked"


@pytest.mark.parametrize(("keys", "code"), [(["ctrl+q"], 0), ([], None)], ids=["by a key", "from outside"])
async def test_the_program_is_left_while_a_scenario_is_made(
    app_on: AppOn, going: threading.Event, keys: list[str], code: int | None
) -> None:
    app = app_on("linked")
    going.clear()
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(app, pilot)
        await press(pilot, *keys)
        going.set()
    assert app.return_code == code


async def test_a_scenario_that_cannot_be_made_leaves_what_is_there(app_on: AppOn, tmp_path: Path) -> None:
    mine = tmp_path / "mine.toml"
    mine.write_text('title = "Mine"\nshows = "Nothing"\n[[acts]]\nat = "0"\ndo = "approve"\nshop = "NOPE"\naccount = "a"\n')
    app = app_on("linked")
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await press(pilot)
        app.start_scenario(str(mine))
        await until(pilot, lambda: "Not possible" in text_of(pilot))
        assert app.workspace.scenario == "linked"
        assert isinstance(app.screen, Settings)


def test_a_workspace_that_a_thread_has_made_is_used_by_another() -> None:
    with ThreadPoolExecutor() as pool:
        made = pool.submit(scenarios.in_memory, "linked", actor="maya", clock=StoppedClock()).result()
    with made:
        assert made.shops.count() == 1
