"""The screens on a read-only file, and on a file that is changed, damaged or locked while they are open."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, timedelta
from pathlib import Path

import pytest

from core import scenarios
from core.errors import Locked
from core.workspace import Workspace
from tests.support import StoppedClock, add_shop, everything
from tests.tui.support import finished, press, text_of, until
from tui.app import ShoplinkApp
from tui.desk.desk import Desk
from tui.messages import OpenPlace

REFUSED = "can be read but not written"


def read_only(scenario: str, clock: StoppedClock, later: timedelta = timedelta()) -> ShoplinkApp:
    """Make the app on a read-only practice workspace, some time after it was created."""
    path = Path("practice.db")
    scenarios.create(path, scenario, actor="maya", clock=clock, seed=scenario).close()
    clock.move(later)
    workspace = Workspace.open(path, actor="sam", clock=clock, read_only=True)
    app = ShoplinkApp(workspace, path=path, actor="sam", clock=clock, zone=UTC)
    app.animation_level = "none"
    return app


def last_told(app: ShoplinkApp) -> str:
    return list(app._notifications)[-1].message


def damage(path: Path) -> None:
    """Clear all but the header, whose change counter is raised."""
    with path.open("r+b") as file:
        spoilt = bytearray(file.read())
        spoilt[24:28] = b"\0\1\0\0"
        spoilt[4096:] = bytes(len(spoilt) - 4096)
        file.seek(0)
        file.write(spoilt)


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


async def test_a_read_only_file_is_marked_shows_everything_and_refuses_changes(clock: StoppedClock) -> None:
    app = read_only("in-review", clock)
    before = everything(app.workspace)
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await press(pilot)
        assert "read only" in text_of(pilot).splitlines()[0]
        await press(pilot, "enter", "x", "tab", "enter")
        assert REFUSED in last_told(app)
        for keys in (("d", "y"), ("r", "enter"), ("t",), ("s", "tab", "enter")):
            await press(pilot, *keys)
            assert isinstance(app.screen, Desk)
            assert REFUSED in app.screen.news[0]
            app.screen.news = []
        app.clear_notifications()
        await press(pilot, "escape", "f9", "a")
        await finished(pilot, "scenario")
        assert REFUSED in last_told(app)
    assert everything(app.workspace) == before


async def test_a_read_only_practice_file_is_not_deleted(clock: StoppedClock) -> None:
    app = read_only("linked", clock)
    app.is_kept = True
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await press(pilot)
        app.post_message(OpenPlace("workspace", app.workspace.shops.get("USLCDEMO01").id))
        await press(pilot)
        assert not app.screen.query("#end")
        await app.screen.run_action("screen.end_practice")
        await press(pilot, "right", "enter")
        assert REFUSED in last_told(app)
        assert app.path.exists()


async def test_an_overdue_request_says_so_in_a_read_only_file(clock: StoppedClock) -> None:
    app = read_only("just-linked", clock, timedelta(days=40))
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await press(pilot, "enter", "2")
        assert "no time left" in text_of(pilot)
        await press(pilot, "enter")
        assert "The time to answer is over." in text_of(pilot)
        assert "Copy" not in text_of(pilot)


async def test_a_file_damaged_while_open_is_reported_and_the_screens_stay(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("linked")
    async with app.run_test(size=(120, 40), notifications=True, tooltips=True) as pilot:
        await press(pilot, "enter")
        damage(Path("practice.db"))
        app.poll()
        await until(pilot, lambda: "is damaged" in text_of(pilot))
        assert "newest backup or export" in last_told(app)
        await press(pilot, "escape", "down", "enter", "escape")
        assert app.is_running


async def test_the_palette_says_why_a_file_cannot_be_searched(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("linked")
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await press(pilot, "ctrl+p")
        damage(Path("practice.db"))
        await press(pilot, *"lumen")
        await until(pilot, lambda: bool(app._notifications))
        assert "is damaged" in last_told(app)
        assert len(app._notifications) == 1  # not one for each letter


async def test_a_replaced_file_is_reported_and_nothing_is_written_into_it(
    app_on: Callable[..., ShoplinkApp],
) -> None:
    app = app_on("in-review")
    async with app.run_test(size=(120, 40), notifications=True, tooltips=True) as pilot:
        await press(pilot, "enter")
        Path("practice.db").rename("elsewhere.db")
        scenarios.create(Path("practice.db"), "linked", actor="sam", clock=app.clock).close()
        before = Path("practice.db").read_bytes(), Path("elsewhere.db").read_bytes()
        await press(pilot, "x", "tab", "enter")
        assert "no longer the file that was opened" in last_told(app)
        assert (Path("practice.db").read_bytes(), Path("elsewhere.db").read_bytes()) == before


async def test_a_change_to_a_locked_file_is_refused_and_works_after_the_lock(
    app_on: Callable[..., ShoplinkApp], clock: StoppedClock
) -> None:
    app = app_on("in-review")
    async with app.run_test(size=(120, 40), notifications=True, tooltips=True) as pilot:
        await press(pilot, "enter", "x", "tab")
        other = sqlite3.connect("practice.db", isolation_level=None)
        other.execute("BEGIN EXCLUSIVE")
        for _ in range(4):  # a minute of polling and trying
            clock.move(timedelta(seconds=15))
            app.poll()
            await press(pilot)
        await press(pilot, "enter")
        assert "Another program is writing" in last_told(app)
        other.execute("ROLLBACK")
        other.close()
        app.poll()
        await press(pilot, "x", "tab", "enter")
        assert "canceled" in text_of(pilot).lower()


async def test_work_on_a_locked_file_says_why_it_is_not_done(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("record")
    shop = add_shop(app.workspace)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await press(pilot)
        app.post_message(OpenPlace("shop_information", shop.id))
        await press(pilot)
        with closing(sqlite3.connect("practice.db", isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            await app.screen.run_action("screen.earlier_unlinks")
            await press(pilot)
        assert "Another program is writing" in last_told(app)


async def test_a_window_that_changes_while_the_file_is_locked_is_filled_after_the_lock(
    app_on: Callable[..., ShoplinkApp],
) -> None:
    app = app_on("in-review")
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await press(pilot, "enter")
        with closing(sqlite3.connect("practice.db", isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            await pilot.resize_terminal(120, 40)
            await press(pilot)
            assert app.screen.size == (120, 40)
            assert "in review" in text_of(pilot)
            assert not app._notifications  # a lock is no mistake
        app.poll()
        await press(pilot)
        assert "Recent activity" in text_of(pilot)


async def test_a_desk_that_cannot_be_read_any_more_closes_and_says_why(
    app_on: Callable[..., ShoplinkApp], monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreadable(desk: Desk) -> None:
        raise Locked("Another program is writing to practice.db")

    app = app_on("in-review")
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await press(pilot, "enter", "d")
        monkeypatch.setattr(Desk, "_parts", unreadable)
        await press(pilot, "t")
        assert not isinstance(app.screen, Desk)
        assert "Another program is writing" in last_told(app)


async def test_a_desk_that_cannot_be_read_takes_no_keys(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("linked")
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await press(pilot, "enter")
        other = sqlite3.connect("practice.db", isolation_level=None)
        other.execute("BEGIN EXCLUSIVE")
        await press(pilot, "d", "f7")
        other.execute("ROLLBACK")
        other.close()
        before = app.workspace.now()
        assert [notice.message.startswith("Another program is writing") for notice in app._notifications] == [True, True]
        await press(pilot, "t")
        assert app.workspace.now() == before
        assert not isinstance(app.screen, Desk)
