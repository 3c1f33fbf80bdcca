import asyncio
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC
from pathlib import Path

import pytest
from pytest_textual_snapshot import SVGImageExtension, normalize_svg
from syrupy.assertion import SnapshotAssertion
from syrupy.location import PyTestLocation
from syrupy.types import SnapshotIndex
from textual.pilot import Pilot

from core.workspace import Workspace
from tests.support import StoppedClock, new_workspace
from tests.tui.support import cut_off, press, settled, still
from tui import rehearsal
from tui.app import ShoplinkApp
from tui.player import stage

Run = Callable[[Pilot[None]], Awaitable[None]]
SameLooks = Callable[..., bool]
Along = Callable[..., None]
Stops = dict[str, tuple[str, ...]]
"""States that lie on one way, with the keys that lead on to each from the one before."""
SIZES = {"80x24": (80, 24), "120x40": (120, 40)}


@pytest.fixture
def clock() -> StoppedClock:
    return StoppedClock()


@pytest.fixture
def app_on(tmp_path: Path, clock: StoppedClock, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., ShoplinkApp]]:
    """Make the app on a practice workspace of a scenario, on an empty record ("record"), or on no workspace ("").

    It sees another program's change when the test polls or repaints it, unless it `follows` the file by itself.
    """
    opened: list[Workspace] = []

    def make(scenario: str = "new-shop", *, follows: bool = False) -> ShoplinkApp:
        monkeypatch.chdir(tmp_path)
        path = Path("practice.db")  # relative, because pictures show it
        workspace = None
        if scenario:
            chosen = None if scenario == "record" else scenario
            workspace = new_workspace(path, chosen, clock=clock, seed=scenario)
            opened.append(workspace)
        app = ShoplinkApp(workspace, path=path, actor="maya", clock=clock, zone=UTC)
        app.animation_level = "none"
        if not follows:
            monkeypatch.setattr(app, "follow", lambda: None)
        return app

    yield make
    for workspace in opened:
        workspace.close()


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a tour wait as the tests do: its own wait asks the clock, for 40 ms and more after each key."""
    for module in (stage, rehearsal):
        monkeypatch.setattr(module, "settled", settled)


@pytest.fixture(params=SIZES)
def size(request: pytest.FixtureRequest) -> tuple[int, int]:
    return SIZES[request.param]


class ByName(SVGImageExtension):
    """Pictures in files named by the test."""

    @classmethod
    def get_snapshot_name(cls, *, test_location: PyTestLocation, index: SnapshotIndex = 0) -> str:
        return str(index)


@pytest.fixture
def snap_compare(snap_compare: SameLooks) -> SameLooks:
    """Compare a picture as the plugin does, once it no longer changes."""

    def compare(app: ShoplinkApp, *, run_before: Run = press, **options: object) -> bool:
        async def run(pilot: Pilot[None]) -> None:
            await run_before(pilot)
            await still(pilot)

        return snap_compare(app, run_before=run, **options)

    return compare


class Pictures(dict[str, str]):
    """Pictures that are taken of a running app, by name. One on which a button is cut off is none."""

    async def take(self, pilot: Pilot[None], name: str) -> None:
        await still(pilot)
        self[name] = normalize_svg(pilot.app.export_screenshot(title=pilot.app.title, simplify=True))
        assert not cut_off(pilot), name

    async def take_before(self, pilot: Pilot[None], wide: str, light: str = "", narrow: str = "") -> None:
        """Take a state's pictures but the wide one, at 80x24 first, and show what that has."""
        await self.take(pilot, wide.replace("120x40", "80x24"))
        if light:
            await press(pilot, "f2")
            await self.take(pilot, light)
            await press(pilot, "f2")
        if narrow:
            await pilot.resize_terminal(60, 20)
            await self.take(pilot, narrow)
        await pilot.resize_terminal(120, 40)
        await press(pilot)
        assert not cut_off(pilot), wide

    def different(self, snapshot: SnapshotAssertion) -> list[str]:
        """Name those that are not as they were accepted."""
        return [name for name, picture in self.items() if picture != snapshot(name=name, extension_class=ByName)]


def of_wide(state: str) -> str:
    """Name the test of a state by its wide picture, the one that pytest-textual-snapshot compares and reports."""
    return f"120x40-{state}"


@pytest.fixture
def along(snapshot: SnapshotAssertion) -> Along:
    """Compare the pictures of states that lie on one way, in one run. `others`: the names of those in other looks."""

    def compare(app: ShoplinkApp, stops: Stops, others: Callable[[str], tuple[str, str]] = lambda _: ("", "")) -> None:
        taken = Pictures()

        async def walk() -> None:
            async with app.run_test(size=SIZES["80x24"]) as pilot:
                for state, keys in stops.items():
                    await pilot.resize_terminal(*SIZES["80x24"])
                    await press(pilot, *keys)
                    wide = f"test_looks[{of_wide(state)}]"
                    await taken.take_before(pilot, wide, *others(state))
                    await taken.take(pilot, wide)

        asyncio.run(walk())
        different = taken.different(snapshot)
        assert not different, "\n".join(different)

    return compare


@pytest.fixture
def same_looks(snap_compare: SameLooks, snapshot: SnapshotAssertion, request: pytest.FixtureRequest) -> SameLooks:
    """Compare an app's pictures in one run, because the keys take most of the time: at 80x24, and after resizing at 120x40.

    The test is named by the wide one. `light` and `narrow`: the names of its pictures in the light theme and at 60x20.
    """

    def same(app: ShoplinkApp, run: Run, *, light: str = "", narrow: str = "") -> bool:
        taken = Pictures()

        async def all_of_them(pilot: Pilot[None]) -> None:
            await run(pilot)
            await taken.take_before(pilot, request.node.name, light, narrow)

        wide = snap_compare(app, terminal_size=(80, 24), run_before=all_of_them)
        return wide and not taken.different(snapshot)

    return same
