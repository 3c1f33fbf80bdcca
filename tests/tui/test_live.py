"""Two terminals on one workspace: each shows the other's changes by itself."""

import asyncio
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from core.models import LinkState, Role
from tests.support import StoppedClock, add_account, add_shop
from tests.tui.record import requested
from tests.tui.support import HISTORY, REMINDERS, burst, press, text_of, until, words_of
from tui import routes
from tui.app import ShoplinkApp
from tui.messages import OpenAccount, OpenAccountFacts, OpenPlace
from tui.screens.linked_accounts.marketing import MarketingAccounts
from tui.shell import AGAIN_SECONDS, POLL_SECONDS, POLL_TIMEOUT_SECONDS
from tui.widgets.rows import Rows

AppOn = Callable[..., ShoplinkApp]


async def command(*arguments: str) -> None:
    """Run a command on the same file in a process of its own."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tui.cli", "--db", "practice.db", *arguments, cwd=Path.cwd()
    )
    assert await process.wait() == 0


@pytest.fixture
def on_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))


async def test_changes_by_another_process_are_shown_without_a_key(app_on: AppOn, on_path: None) -> None:
    app = app_on("linked", follows=True)
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await press(pilot)
        await command("rename-shop", "USLCDEMO01", "Lumen Lights", "--yes")
        await until(pilot, lambda: "Lumen Lights" in text_of(pilot) and "Lumen Candle Co." not in text_of(pilot))


async def test_a_write_that_is_met_is_seen_within_a_second(app_on: AppOn, monkeypatch: pytest.MonkeyPatch) -> None:
    app = app_on("linked", follows=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot)
        waits: list[float] = []
        monkeypatch.setattr(app, "set_timer", lambda delay, _: waits.append(delay))
        with closing(sqlite3.connect("practice.db", isolation_level=None)) as other:
            app.follow()
            other.execute("BEGIN EXCLUSIVE")
            app.follow()
            app.follow()
        app.follow()
        assert waits == [POLL_SECONDS, AGAIN_SECONDS, AGAIN_SECONDS, POLL_SECONDS]
    assert POLL_SECONDS + AGAIN_SECONDS + 2 * POLL_TIMEOUT_SECONDS < 0.9  # seen within a second, painting included


async def test_the_open_place_follows_every_step_of_another_process(app_on: AppOn, on_path: None) -> None:
    app = app_on("in-review", follows=True)
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await press(pilot, "enter")
        assert "in review" in text_of(pilot)
        link = app.workspace.links.find(state=LinkState.IN_REVIEW)[0]
        await command("approve", link.id)
        await until(pilot, lambda: "Unlink" in text_of(pilot))
        await command("desk", "restart")
        await until(pilot, lambda: "in review" in text_of(pilot))


async def test_a_key_pressed_while_the_page_is_repainted_acts_on_the_new_one(app_on: AppOn) -> None:
    app = app_on("linked")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot)
        change = partial(app.call_later, app.repaint)
        for turns in range(-12, 12):  # of the loop, between the change and the key; below 0, the key came first
            before = app.screen.query_one(Rows)
            before.highlighted = 1
            await press(pilot)
            first, second = (change, partial(burst, pilot, "down"))[:: 1 if turns >= 0 else -1]
            first()
            for _ in range(abs(turns)):
                await asyncio.sleep(0)
            second()
            await press(pilot)
            after = app.screen.query_one(Rows)
            assert after is not before
            assert (after.highlighted, app.focused) == (2, after), turns


async def test_a_page_that_has_no_focus_has_none_after_a_change(app_on: AppOn) -> None:
    app = app_on("linked")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot)
        app.push_screen(routes.screen_for(OpenAccount(None, app.workspace.accounts.page(limit=1).accounts[0].id)))
        await press(pilot)
        assert app.focused is None
        app.repaint()
        await press(pilot)
        assert app.focused is None


async def test_a_page_that_is_closed_because_its_subject_is_gone_says_so(app_on: AppOn) -> None:
    app = app_on("record")
    account = add_account(app.workspace)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await press(pilot)
        app.push_screen(routes.screen_for(OpenAccountFacts(None, account.id)))
        await press(pilot, "type:Lumen")
        app.workspace.accounts.remove(account.username)
        app.poll()
        await press(pilot)
        assert "Another program removed or ended" in text_of(pilot)


async def test_a_list_shows_what_it_showed_after_a_change_by_another_program(app_on: AppOn) -> None:
    app = app_on("record")
    shop = add_shop(app.workspace)
    for number in range(130):
        add_account(app.workspace, f"acc.{number:03}")
        app.workspace.shops.rename(shop.code, f"Lumen {number}")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot)
        for place in ("accounts", "history"):
            app.post_message(OpenPlace(place, shop.id))
            await press(pilot, *["end"] * 3, *["up"] * 30, *["down"] * 4)
            before = app.screen.query_one("#rows", Rows)
            app.workspace.shops.rename(shop.code, f"Lumen {place}")
            app.poll()
            await press(pilot)
            after = app.screen.query_one("#rows", Rows)
            assert after is not before
            assert after.marked == before.marked is not None
            assert after.highlighted_line == before.highlighted_line


@pytest.mark.parametrize(("gone", "then"), [("acc.1", "acc.2"), ("acc.2", "acc.1")])
async def test_the_row_that_takes_the_place_of_a_removed_one_is_marked(app_on: AppOn, gone: str, then: str) -> None:
    app = app_on("record")
    accounts = {name: add_account(app.workspace, name) for name in ("acc.0", "acc.1", "acc.2")}
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot)
        app.post_message(OpenPlace("accounts"))
        await press(pilot, *["down"] * int(gone[-1]))
        assert app.screen.query_one("#rows", Rows).marked == accounts[gone].id
        app.workspace.accounts.remove(gone)
        app.poll()
        await press(pilot)
        assert app.screen.query_one("#rows", Rows).marked == accounts[then].id


async def test_typed_text_stays_while_another_process_writes(app_on: AppOn, on_path: None) -> None:
    app = app_on("new-shop", follows=True)
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await press(pilot, "enter", "tab", "enter", "enter", "type:lumen.can")
        await command("rename-shop", "USLCDEMO01", "Lumen Lights", "--yes")
        await until(pilot, lambda: app.as_of() == app._painted)
        await press(pilot, "type:dles")
        assert app.focused.value == "lumen.candles"


@pytest.mark.parametrize(("ended", "focused"), [(0, "acc.three"), (2, None)])
async def test_a_slots_keys_act_on_its_account_or_none_when_an_invitation_ends_meanwhile(
    app_on: AppOn, ended: int, focused: str | None
) -> None:
    app = app_on("record")
    shop, names = add_shop(app.workspace), ("acc.one", "acc.two", "acc.three", "acc.four")
    for name in names:
        add_account(app.workspace, name)
    links = [app.workspace.links.request(name, shop.id, Role.MARKETING, agreement=True) for name in names]
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot)
        app.push_screen(MarketingAccounts(shop.id))
        await press(pilot, "down", "down")
        app.workspace.links.cancel(links[ended].id)
        app.repaint()
        await press(pilot)
        link = app.screen.step_link()
        assert (link and link.username) == focused
        assert app.focused.id == (f"place-{link.id}" if link else "place-4")


async def test_a_page_whose_field_is_empty_is_repainted_under_it_and_keeps_what_is_typed_then(app_on: AppOn) -> None:
    app = app_on("record")
    shop = add_shop(app.workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot)
        app.post_message(OpenPlace("create_organization", shop.id))
        await press(pilot, "enter")
        app.workspace.shops.rename(shop.id, "Lumen Lights")
        change = partial(app.call_later, app.repaint)
        for turns in range(30):  # of the loop, between the change and the keys
            change()
            for _ in range(turns):
                await asyncio.sleep(0)
            burst(pilot, "x", "y")
            await press(pilot)
            assert (app.focused.id, app.focused.value) == ("username", "xy"), turns
            await press(pilot, "ctrl+u")
        assert "Lumen Lights" in words_of(pilot, "#page")


async def test_the_columns_beside_a_form_follow_while_a_field_has_the_focus(app_on: AppOn) -> None:
    app = app_on("blocked")
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot)
        account = app.workspace.accounts.get("not.verified")
        app.post_message(OpenAccountFacts(app.workspace.shops.get("USLCFREE01").id, account.id))
        await press(pilot, "type:N")
        assert "identity is not verified" in words_of(pilot, "#side")
        field = app.focused
        app.workspace.accounts.state(account.username, identity_verified=True)
        app.repaint()
        await press(pilot)
        assert "identity is not verified" not in words_of(pilot, "#side")
        assert app.focused is field


@pytest.mark.parametrize(
    ("scenario", "keys", "hours", "then"),
    [
        ("record", ("enter",), 49, "should have expired Wed Nov 25, 2:05 PM"),
        ("record", REMINDERS, 25, "in 23 h"),
        ("record", HISTORY, 24, "Yesterday"),
        ("just-linked", ("enter", "2"), 49, "Slot 1"),
    ],
)
async def test_what_depends_on_time_is_repainted_as_time_passes(
    app_on: AppOn, clock: StoppedClock, scenario: str, keys: tuple[str, ...], hours: int, then: str
) -> None:
    app = app_on(scenario)
    if scenario == "record":
        requested(app.workspace)
        app.attach(app.workspace)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, *keys)
        assert then not in words_of(pilot, "#page")
        clock.move(timedelta(hours=hours))
        app.poll()
        await press(pilot)
        assert then in words_of(pilot, "#page")


async def test_the_desk_shows_the_time_that_passes(app_on: AppOn, clock: StoppedClock) -> None:
    app = app_on("linked")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "d")
        clock.move(timedelta(minutes=1))
        app.poll()
        await press(pilot)
        assert "2:06 PM" in words_of(pilot, "#desk")
