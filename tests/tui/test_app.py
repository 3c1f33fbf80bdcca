"""The application: how it starts, polls for changes, and ends."""

import gc
import signal
import sqlite3
import subprocess
import sys
import weakref
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from core.errors import Locked
from tests.support import BIRCH, add_shop
from tests.tui.support import press, text_of, words_of
from tests.tui.test_main_flow import at_rules
from tui import paths
from tui.app import ShoplinkApp
from tui.exit_codes import STOPPED
from tui.place import Place
from tui.screens.linked_accounts.official import OfficialAccount
from tui.screens.settings import Settings
from tui.screens.shop_page import ShopPage
from tui.screens.shops import Shops
from tui.wizards.link_existing import LinkExisting


async def test_practice_opens_at_its_first_shop_and_so_does_a_record_with_one_shop(app_on: Callable[..., ShoplinkApp]) -> None:
    async with app_on().run_test() as pilot:
        assert isinstance(pilot.app.screen, Settings)


async def test_a_record_with_several_shops_opens_the_list(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("record")
    add_shop(app.workspace)
    add_shop(app.workspace, "Birch & Bloom", "GB", BIRCH)
    async with app.run_test():
        assert isinstance(app.screen, Shops)


async def test_nothing_is_painted_while_nothing_has_changed(
    app_on: Callable[..., ShoplinkApp], monkeypatch: pytest.MonkeyPatch
) -> None:
    app = app_on()
    painted: list[None] = []
    async with app.run_test():
        monkeypatch.setattr(app, "repaint", lambda: painted.append(None))
        app.poll()
        app.poll()
        assert painted == []
        add_shop(app.workspace, "Another")
        app.poll()
        assert painted == [None]


async def test_a_change_while_the_program_ends_stops_nothing(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on()
    async with app.run_test():
        add_shop(app.workspace, "Another")
    app.poll()  # which would find no screen


async def test_polling_while_another_program_writes_is_retried(
    app_on: Callable[..., ShoplinkApp], monkeypatch: pytest.MonkeyPatch
) -> None:
    app = app_on()

    def locked() -> int:
        raise Locked("Another program is writing.")

    async with app.run_test() as pilot:
        monkeypatch.setattr(app.workspace, "version", locked)
        app.poll()
        monkeypatch.undo()
        await press(pilot, "enter")
        assert "Official Account" in text_of(pilot)


async def test_resizing_at_any_moment_keeps_everything(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot)
        app.push_screen(LinkExisting(app.screen.shop_id))
        await press(pilot, "type:lumen.candles", "tab", "space")
        for columns, rows in ((1, 1), (59, 40), (60, 20), (120, 19), (200, 60), (80, 24)):
            await pilot.resize_terminal(columns, rows)
            await press(pilot)
            assert ("too small" in text_of(pilot)) == (59 >= columns > 1 or 1 < rows < 20)
        assert app.screen.query_one("#username").value == "lumen.candles"
        assert app.screen.query_one("#agree").value is True


async def test_in_a_window_that_is_too_small_only_the_key_that_quits_works(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter")
        place = app.screen
        await pilot.resize_terminal(59, 24)
        await press(pilot, "enter", "question_mark", "escape")
        assert app.screen is place
        await pilot.resize_terminal(80, 24)
        await press(pilot, "question_mark")
        assert app.screen is not place
        await press(pilot, "escape")
        await pilot.resize_terminal(80, 19)
        await press(pilot, "ctrl+q")
        assert app._exit


async def test_quitting_exits_with_0(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on()
    async with app.run_test() as pilot:
        await pilot.press("ctrl+q")
    assert (app.return_code or 0) == 0


def test_an_unexpected_error_ends_with_a_line_and_a_log_without_values(
    app_on: Callable[..., ShoplinkApp], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    log = tmp_path / "state [/b]" / "shoplink.log"
    monkeypatch.setattr(paths, "log", lambda: log)
    app = app_on()

    def fail() -> None:
        secret = "owner@lumen.example"
        raise ZeroDivisionError(len(secret) and "nothing")

    app.call_later(fail)
    ctrl_c = signal.getsignal(signal.SIGINT)
    app.run(headless=True)
    signal.signal(signal.SIGINT, ctrl_c)  # the program had ended with it
    said = capfd.readouterr()
    assert app.return_code == STOPPED
    assert "shoplink had to stop: ZeroDivisionError" in said.err
    assert "".join(str(log).split()) in "".join(said.err.split())  # the line is broken at the terminal's width
    assert "Traceback" not in said.err
    assert "owner@lumen.example" not in said.err + said.out
    assert "ZeroDivisionError" in log.read_text()
    assert log.stat().st_mode & 0o077 == 0 or log.parent.stat().st_mode & 0o077 == 0


async def test_an_expected_error_is_shown_and_the_program_goes_on(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on()

    def fail() -> None:
        raise Locked("Another program is writing.", remedy="Close it.")

    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        app.call_later(fail)
        await press(pilot)
        assert "Another program is writing." in text_of(pilot)
        await press(pilot, "enter")
        assert "Official Account" in text_of(pilot)


async def test_nothing_is_below_the_first_place(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("linked")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot)
        assert [type(screen) for screen in app.screen_stack] == [Settings]
        await press(pilot, "escape")
        assert [type(screen) for screen in app.screen_stack] == [Shops]


async def test_a_file_in_use_at_the_start_is_reported_and_shown_once_it_is_free(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("linked")
    with closing(sqlite3.connect("practice.db", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            await press(pilot)
            assert text_of(pilot).count("Another program is writing") == 1, text_of(pilot)
            other.execute("ROLLBACK")
            app.poll()
            await press(pilot)
            assert "Lumen" in text_of(pilot), text_of(pilot)


def test_the_first_paint_imports_only_what_it_needs() -> None:
    late = ("tui.screens", "tui.wizards", "tui.desk", "tui.cli", "segno")
    code = f"import sys, tui.app; print([name for name in sys.modules if name.startswith({late!r})])"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


async def test_after_a_wizard_nothing_dangerous_has_the_focus(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("new-shop")
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await press(pilot, "enter")
        await at_rules(pilot)
        await press(pilot, "enter", "escape")
        assert app.focused.id == "authorize"


async def test_a_larger_terminal_shows_more(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("linked")
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await press(pilot, *["down"] * 4, "enter", "slash", "type:approved")  # history, searched
        await pilot.resize_terminal(120, 40)
        await press(pilot)
        assert "Link approved" in words_of(pilot, "#side")  # the detail of the match
        assert app.focused.value == "approved"


async def test_the_screen_stays_while_another_program_locks_the_file_and_updates_afterwards(
    app_on: Callable[..., ShoplinkApp],
) -> None:
    app = app_on("linked")
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await press(pilot)
        before = text_of(pilot)
        other = sqlite3.connect("practice.db", isolation_level=None)
        other.execute("BEGIN EXCLUSIVE")
        app.poll()
        app.screen.query_one("#topbar").refresh()
        await press(pilot)
        assert text_of(pilot) == before
        other.execute("UPDATE account SET nickname = 'Lumen Lights' WHERE username = 'lumen.candles'")
        other.execute("UPDATE shop SET name = 'Lumen Lights'")
        other.execute("COMMIT")
        other.close()
        app.poll()
        await press(pilot)
        assert "Lumen Lights" in text_of(pilot)


@pytest.mark.parametrize(("size", "shown"), [((80, 24), Settings), ((120, 40), OfficialAccount)])
async def test_a_place_that_cannot_be_read_is_not_opened_and_the_reason_is_shown(
    app_on: Callable[..., ShoplinkApp], size: tuple[int, int], shown: type[Place]
) -> None:
    app = app_on("linked")
    async with app.run_test(size=size, notifications=True, tooltips=True) as pilot:
        await press(pilot, "down")
        await press(pilot, "up")
        other = sqlite3.connect("practice.db", isolation_level=None)
        other.execute("BEGIN EXCLUSIVE")
        assert app.workspace.store.value("PRAGMA busy_timeout") == 1000  # a command waits 5 seconds
        await press(pilot, "down", "enter")
        assert isinstance(app.screen, shown)
        assert "Another program is writing" in " ".join(text_of(pilot).split())
        assert "Linked TikTok Accounts" in text_of(pilot)
        other.execute("ROLLBACK")
        other.close()
        await press(pilot, "enter")
        assert "Lumen" in text_of(pilot)
        assert isinstance(app.screen, ShopPage)


async def test_a_change_that_cannot_be_written_now_keeps_what_was_typed(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("new-shop")
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await at_rules(pilot)
        other = sqlite3.connect("practice.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        await press(pilot, "enter")
        assert "Another program is writing" in " ".join(text_of(pilot).split())
        other.execute("ROLLBACK")
        other.close()
        assert app.workspace.links.find(shop="USLCDEMO01") == ()
        await press(pilot, "enter")
        assert [link.username for link in app.workspace.links.find(shop="USLCDEMO01")] == ["lumen.candles"]


async def test_a_removed_file_is_reported_once_and_the_screens_stay(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("linked")
    async with app.run_test(size=(120, 40), notifications=True, tooltips=True) as pilot:
        await press(pilot, "enter")
        Path("practice.db").rename("elsewhere.db")
        app.poll()
        app.poll()
        await press(pilot)
        assert len(app._notifications) == 1
        assert "practice.db" in text_of(pilot)
        await press(pilot, "escape", "down", "enter")
        assert app.is_running


async def test_a_screen_that_was_closed_is_let_go(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("linked")
    async with app.run_test(size=(80, 24)) as pilot:
        closed = []
        for _ in range(20):
            await press(pilot, "enter")
            closed.append(weakref.ref(app.screen))
            await press(pilot, "escape")
        gc.collect()
        assert sum(screen() is not None for screen in closed) < 10  # the last few go a moment later, with their timers
