"""Two programs on one workspace: the audience's screens, and a presenter's Desk that sees and steers them."""

import asyncio
import shutil
import socket
import sqlite3
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, closing
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from core.errors import NotFound
from core.workspace import Workspace
from tests.support import StoppedClock
from tests.tui.support import SETTLED_SECONDS, SHORT_TOUR, pause, play_to, playing, press, text_of, until
from tui import place_texts
from tui.app import ShoplinkApp
from tui.dialogs.confirm import Confirm
from tui.messages import OpenPlace
from tui.player.caption import Caption
from tui.presenter import PresenterApp
from tui.presenting import channel
from tui.screens.history import HistoryPlace
from tui.screens.linked_accounts.official import OfficialAccount
from tui.screens.shops import Shops

AppOn = Callable[..., ShoplinkApp]


@pytest.fixture(autouse=True)
def runtime(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of the sockets; a short one, as a socket's path has to be."""
    folder = Path(tempfile.mkdtemp(prefix="s"))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(folder))
    yield folder
    shutil.rmtree(folder)


@asynccontextmanager
async def both(audience: ShoplinkApp, clock: StoppedClock) -> AsyncIterator[tuple[Pilot[None], Pilot[None]]]:
    """Run the audience's screens, and a presenter's program that has found them."""
    audience.is_hosting = True
    async with audience.run_test(size=(80, 24), notifications=True) as seen:
        await until(seen, lambda: bool(channel.sockets()))
        with Workspace.open(audience.path, actor="demo", clock=clock) as workspace:
            presenter = PresenterApp(workspace, path=audience.path, actor="demo", clock=clock)
            async with presenter.run_test(size=(120, 40), notifications=True) as desk:
                await until(desk, lambda: presenter.state is not None)
                await press(desk)
                yield seen, desk


async def wait(pilot: Pilot[None], holds: Callable[[], bool]) -> None:
    """Wait for something that comes from another program, however busy the machine is."""
    end = asyncio.get_running_loop().time() + SETTLED_SECONDS
    while asyncio.get_running_loop().time() < end:
        await pause(pilot)
        if holds():
            return
        await asyncio.sleep(0.025)
    raise AssertionError(text_of(pilot))


async def test_the_presenter_sees_the_place_its_notes_and_the_scenario(app_on: AppOn, clock: StoppedClock) -> None:
    async with both(app_on("in-review"), clock) as (seen, desk):
        await press(seen, "enter")
        title = place_texts.title("linked_accounts.official")
        await wait(desk, lambda: title in text_of(desk))
        assert "Say early that unlinks" in text_of(desk)
        assert "Show first:" in text_of(desk)


async def test_what_the_presenter_does_is_seen_and_nothing_else(app_on: AppOn, clock: StoppedClock) -> None:
    async with both(app_on("in-review"), clock) as (seen, desk):
        await press(seen, "enter")
        await wait(desk, lambda: "Say early" in text_of(desk))
        await press(desk, "y")
        await wait(seen, lambda: "3 of 3 unlinks left" in text_of(seen))
        assert "Desk" not in text_of(seen).replace("d Desk", "")
        assert "Say early" not in text_of(seen)


async def test_a_question_that_another_program_kept_from_the_desk_takes_what_is_typed_later(
    app_on: AppOn, clock: StoppedClock
) -> None:
    async with both(app_on("just-linked"), clock) as (_, desk):
        before = desk.app.workspace.history.page(limit=1).events
        with closing(sqlite3.connect("practice.db", isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            await press(desk, *"bxe")
        desk.app.poll()
        await press(desk)
        assert isinstance(desk.app.focused, Input)
        await press(desk, *"xe")
        assert desk.app.focused.value.endswith("xe")
        assert desk.app.workspace.history.page(limit=1).events == before


@pytest.mark.parametrize("typed", ["", "2"])
async def test_what_is_asked_at_the_desk_stays_asked_while_the_audience_goes_on(
    app_on: AppOn, clock: StoppedClock, typed: str
) -> None:
    async with both(app_on("in-review"), clock) as (seen, desk):
        await press(seen, "enter")
        await wait(desk, lambda: "Say early" in text_of(desk))
        await press(desk, "c", *typed)
        await press(seen, "escape")
        await wait(desk, lambda: desk.app.state.place == "settings")  # type: ignore[attr-defined]
        await press(desk)
        assert ("Say early" in text_of(desk)) == bool(typed)  # a page waits under what is typed, and only there
        before = desk.app.workspace.now()  # type: ignore[attr-defined]
        await press(desk, *"2d"[len(typed) :], "enter")
        assert desk.app.workspace.now() - before == timedelta(days=2)  # type: ignore[attr-defined]


async def test_a_tour_is_stepped_from_the_desk(app_on: AppOn, clock: StoppedClock) -> None:
    async with both(app_on("linked"), clock) as (seen, desk):
        player = await playing(seen, SHORT_TOUR)
        await wait(desk, lambda: "0/3" in text_of(desk))
        await press(desk, "right")
        await wait(seen, lambda: player.at == 1 and player._wanted is None)
        await wait(desk, lambda: "1/3" in text_of(desk))
        assert "Say why" in text_of(desk)
        await press(desk, "space")
        await wait(seen, lambda: player.paused)
        assert "Presenter:" not in text_of(seen)  # the notes are on the presenter's screen
        await press(desk, "left")
        await wait(seen, lambda: player.at == 0 and bool(seen.app.screen.query(Caption)))


async def test_a_tour_that_has_ended_is_shown_so_and_only_leads_back(app_on: AppOn, clock: StoppedClock) -> None:
    async with both(app_on("linked"), clock) as (seen, desk):
        player = await playing(seen, SHORT_TOUR)
        for step in (1, 2, 3):
            await press(desk, "right")
            await wait(seen, lambda step=step: player.at == step and player._wanted is None)  # type: ignore[misc]
        await wait(desk, lambda: "■ 3/3" in text_of(desk))
        assert "Next step" not in text_of(desk)
        assert "Pause / resume" not in text_of(desk)
        await press(seen, "space")
        assert not player.paused
        await press(desk, "left")
        await wait(seen, lambda: player.at == 2)
        await wait(desk, lambda: "Next step" in text_of(desk))


async def test_the_presenter_opens_a_place_and_starts_a_scenario_there(app_on: AppOn, clock: StoppedClock) -> None:
    async with both(app_on("linked"), clock) as (seen, desk):
        await press(desk, "j", *["down"] * 8, "enter")
        await wait(seen, lambda: isinstance(seen.app.screen, HistoryPlace))
        await press(desk, "f9", "e")
        await wait(seen, lambda: isinstance(seen.app.screen, OfficialAccount))
        await wait(desk, lambda: "In review" in text_of(desk))


async def test_a_page_is_shown_from_shops_of_the_selected_shop(app_on: AppOn, clock: StoppedClock) -> None:
    audience = app_on("agency")
    async with both(audience, clock) as (seen, desk):
        audience.post_message(OpenPlace("shops"))
        await wait(seen, lambda: isinstance(audience.screen, Shops))
        await press(seen, "down")
        selected = audience.screen.shop_in_hand  # type: ignore[attr-defined]
        assert selected
        await wait(desk, lambda: desk.app.screen.shop_id == selected)  # type: ignore[attr-defined]
        await press(desk, "j", *["down"] * 8, "enter")
        await wait(seen, lambda: isinstance(audience.screen, HistoryPlace))
        assert audience.screen.shop_id == selected  # type: ignore[attr-defined]
        await channel.open_place("shops")
        await press(seen, *"/no such shop")
        assert (await channel.open_place("rules")).place == "rules"


async def test_an_order_is_answered_with_the_question_that_the_audience_gets(app_on: AppOn, clock: StoppedClock) -> None:
    audience = app_on("new-shop")
    async with both(audience, clock) as (seen, desk):
        await press(seen, "enter", "tab", "enter", "enter", "type:lumen.candles")
        assert audience.is_typing()
        for _ in range(2):
            state = await channel.open_place("history")
            assert state.is_asked
            assert state.place != "history"
        await wait(desk, lambda: "They are asked" in text_of(desk))
        await press(seen, "escape")
        assert audience.is_typing()
        assert not isinstance(audience.screen, Confirm)
        assert (await channel.open_place("shops")).is_asked
        await press(seen, "tab", "enter")
        await wait(desk, lambda: place_texts.title("shops") in text_of(desk))


@pytest.mark.parametrize("place", ["history", "shops"])
async def test_what_a_tour_typed_is_left_without_asking(app_on: AppOn, clock: StoppedClock, place: str) -> None:
    audience = app_on("new-shop")
    async with both(audience, clock) as (seen, _):
        player = await playing(seen, SHORT_TOUR)
        for step in (1, 2):
            await play_to(player, "right", step)
        assert audience.is_typing()
        state = await channel.open_place(place)
        assert (state.place, state.is_asked) == (place, False)


async def test_what_an_act_did_is_news_until_something_else_happens(app_on: AppOn, clock: StoppedClock) -> None:
    async with both(app_on("in-review", follows=True), clock) as (seen, desk):
        await press(desk, "t")
        await wait(desk, lambda: "Just now" in text_of(desk))
        await press(seen, "enter", "x", "tab", "enter")
        await wait(desk, lambda: "Just now" not in text_of(desk))
        await press(desk, "t")
        await wait(desk, lambda: "Just now" in text_of(desk))
        with seen.app._context():
            seen.app.start_scenario("linked")  # type: ignore[attr-defined]
        await wait(desk, lambda: "Just now" not in text_of(desk))


async def test_a_tour_waits_while_the_presenter_shows_a_place_and_goes_on_with_a_key(app_on: AppOn, clock: StoppedClock) -> None:
    async with both(app_on("new-shop"), clock) as (seen, desk):
        player = await playing(seen, SHORT_TOUR)
        await wait(desk, lambda: "0/3" in text_of(desk))
        await press(desk, "j", *["down"] * 8, "enter")
        await wait(seen, lambda: isinstance(seen.app.screen, HistoryPlace))
        assert player.is_taken_over
        await wait(desk, lambda: "⏸ 0/3" in text_of(desk))
        await press(desk, "right")
        await wait(seen, lambda: not player.is_taken_over and not isinstance(seen.app.screen, HistoryPlace))


@pytest.mark.parametrize("scenario", ["organization", "in-review"])
async def test_any_keys_at_the_desk_leave_both_programs_running(app_on: AppOn, clock: StoppedClock, scenario: str) -> None:
    keys = [*"abcefghijklmnoprstuvwxyz123456789", *(f"type:{text}" for text in ("@lumen.candles", "[/b] GB", "24h"))]
    keys += ["enter", "tab", "escape", "up", "down", "left", "right", "home", "space"]
    random = Random(scenario)
    audience = app_on(scenario)
    async with both(audience, clock) as (seen, desk):
        for key in random.choices(keys, k=25):
            if key.startswith("type:") and desk.app.focused is None:
                continue
            await press(desk, key)
        await press(desk, "escape", "escape")
        await wait(seen, lambda: audience.presenters == 1)
        assert audience.is_running
        assert desk.app.is_running
        assert "PRACTICE" in text_of(desk)


async def test_either_end_can_go(app_on: AppOn, clock: StoppedClock) -> None:
    audience = app_on("linked")
    async with both(audience, clock) as (_, desk):
        presenter = desk.app
        assert audience.presenters == 1
        audience.exit()
        await wait(desk, lambda: presenter.state is None)
        assert not channel.sockets()
        assert "No screen shows this workspace" in text_of(desk)


async def test_a_socket_that_nobody_serves_is_removed(runtime: Path) -> None:
    folder = channel.folder()
    assert folder
    with socket.socket(socket.AF_UNIX) as left:
        left.bind(str(folder / "1.socket"))  # as a program that was killed leaves it
    with pytest.raises(NotFound, match="No demo is running"):
        await channel.connect()
    assert not channel.sockets()


def test_programs_with_different_folders_for_temporary_files_meet(runtime: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(runtime / "none"))
    monkeypatch.setenv("XDG_STATE_HOME", str(runtime / "state"))
    met = set()
    for name in ("one", "two"):
        (runtime / name).mkdir()
        monkeypatch.setenv("TMPDIR", str(runtime / name))
        monkeypatch.setattr(tempfile, "tempdir", None)
        met.add(channel.folder())
    monkeypatch.setattr(tempfile, "tempdir", None)
    (folder,) = met
    assert folder
    assert folder.stat().st_mode & 0o777 == 0o700


def test_a_folder_that_others_can_reach_is_not_used(runtime: Path) -> None:
    (runtime / "shoplink").mkdir(mode=0o700, exist_ok=True)
    (runtime / "shoplink").chmod(0o777)
    assert channel.folder() is None


async def test_what_is_no_order_does_nothing(app_on: AppOn, clock: StoppedClock) -> None:
    no_orders = (b"", b"7", b"{}", b"[1", b'{"do": "press", "what": "escape"}', b'{"do": "open", "what": 7}', b"\xff" * 70_000)
    audience = app_on("linked")
    async with both(audience, clock) as (seen, _):
        before = text_of(seen)
        for line in no_orders:
            writer = (await channel.connect())[2]
            writer.write(line + b"\n")
            writer.write(channel.order("look"))
            writer.close()
            for _ in range(20):
                await pause(seen)
                await asyncio.sleep(0.005)
            assert text_of(seen) == before, line
            assert audience.is_running
