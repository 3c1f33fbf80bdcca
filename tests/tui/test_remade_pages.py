"""What a person does while another program's change has a page made again: nothing of it is lost."""

import asyncio
import sqlite3
from collections.abc import Callable
from contextlib import closing

import pytest
from textual.widgets import Button, Input

from core.models import Role
from tests.support import LUMEN, add_account, add_shop
from tests.tui.support import burst, press, text_of
from tests.tui.test_main_flow import at_rules
from tests.tui.test_page_screen import mistakes
from tui.app import ShoplinkApp
from tui.dialogs.when import When
from tui.messages import OpenAccountFacts, OpenPlace, OpenPlan


@pytest.mark.parametrize(
    ("place", "field", "keys", "leave", "chosen"),
    [
        ("link_existing", "region", ("type:bosnia",), "tab", {"region": "Bosnia and Herzegovina (BA)"}),
        ("plan", "username", ("type:lum", "down"), "tab", {"username": "@lumen.candles"}),
        ("add_shop", "legal", ("type:lumen", "down"), "shift+tab", {"legal": LUMEN.legal_name, "number": "84-1234567"}),
    ],
)
async def test_what_leaving_a_field_chooses_is_kept_when_another_program_changes_the_file(
    app_on: Callable[..., ShoplinkApp], place: str, field: str, keys: tuple[str, ...], leave: str, chosen: dict[str, str]
) -> None:
    app = app_on("record")
    shop = add_shop(app.workspace)
    add_account(app.workspace)
    async with app.run_test(size=(120, 40)) as pilot:
        if place == "link_existing":
            await at_rules(pilot, "new.one")
        else:
            await press(pilot)
            app.post_message(OpenPlan(shop.id, Role.OFFICIAL, "") if place == "plan" else OpenPlace(place))
            await press(pilot)
        entries = {name: app.screen.query_one(f"#{name}", Input) for name in chosen}
        for turns in (-1, 0, 2, 4, 6, 9, 12):  # of the loop, between the focus and the change; -1: the change comes first
            for entry in entries.values():
                entry.value = ""
            entries[field].focus()
            await press(pilot, *keys)
            if turns < 0:
                app.repaint()
                await press(pilot)
            burst(pilot, leave)
            while app.focused is entries[field]:
                await asyncio.sleep(0)
            for _ in range(turns):
                await asyncio.sleep(0)
            if turns >= 0:
                app.repaint()
            await press(pilot)
            before, entries = entries, {name: app.screen.query_one(f"#{name}", Input) for name in chosen}
            assert {name: entry.value for name, entry in entries.items()} == chosen, turns
            assert entries[field] is not before[field], app.focused


async def test_two_fields_that_are_left_at_once_keep_what_each_chooses(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("record")
    add_shop(app.workspace)
    async with app.run_test(size=(120, 40)) as pilot:
        await at_rules(pilot, "new.one")
        for turns in range(0, 12, 2):
            entries = [app.screen.query_one(f"#{name}", Input) for name in ("region", "kind")]
            for entry in entries:
                entry.value = ""
            entries[0].focus()
            await press(pilot, "type:bosnia")
            for entry, keys in zip(entries, (("tab",), ("down", "down", "tab")), strict=True):
                burst(pilot, *keys)
                while app.focused is entry:
                    await asyncio.sleep(0)
            for _ in range(turns):
                await asyncio.sleep(0)
            app.repaint()
            await press(pilot)
            kept = [app.screen.query_one(f"#{name}", Input).value for name in ("region", "kind")]
            assert kept == ["Bosnia and Herzegovina (BA)", "business"], turns


async def test_a_page_follows_after_a_field_was_left_while_another_program_held_the_file(
    app_on: Callable[..., ShoplinkApp],
) -> None:
    app = app_on("record")
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot)
        app.post_message(OpenAccountFacts(None, None))
        await press(pilot)
        entry = app.screen.query_one("#username", Input)
        entry.focus()
        await press(pilot, "type:new.one")
        with closing(sqlite3.connect("practice.db", isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            await press(pilot, "shift+tab")
        app.repaint()
        await press(pilot)
        assert app.screen.query_one("#username", Input) is not entry


async def test_work_that_begins_while_the_page_is_made_again_finds_its_fields(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("record")
    account = add_account(app.workspace)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot)
        app.post_message(OpenAccountFacts(None, account.id))
        await press(pilot)
        app.screen.query_one("#nickname", Input).value = "Lumen Wick"
        app.screen.query_one("#save", Button).focus()
        for turns in range(10, 20, 2):  # of the loop, between the change and the work
            await press(pilot)
            app.repaint()
            for _ in range(turns):
                await asyncio.sleep(0)
            app.screen.action_save()  # type: ignore[attr-defined]  # its own
            await press(pilot)
            assert isinstance(app.screen, When), turns
            await press(pilot, "escape")


async def test_work_that_waits_for_a_page_is_not_done_once_it_is_closed(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("record")
    done = []

    async def work() -> None:
        done.append(app.screen)

    async with app.run_test(size=(120, 40)) as pilot:
        for turns in (0, 3):
            await press(pilot)
            app.post_message(OpenPlace("add_shop"))
            await press(pilot)
            app.repaint()
            app.screen.run_worker(work)
            for _ in range(turns):
                await asyncio.sleep(0)
            app.pop_screen()
        await press(pilot)
        assert not done
        app.screen.run_worker(work())
        await press(pilot)
        assert done == [app.screen]


async def test_a_mistake_is_shown_on_a_page_that_was_made_again_under_the_dialog(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("record")
    shop, other = add_shop(app.workspace), add_shop(app.workspace, "Maple Wick")
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot)
        app.post_message(OpenPlace("correct_shop", shop.id))
        await press(pilot)
        app.screen.query_one("#code", Input).value = other.code
        app.screen.query_one("#save", Button).focus()
        await press(pilot, "enter")
        app.repaint()
        await press(pilot, "enter")
        assert len(mistakes(pilot)) == 1, text_of(pilot)
