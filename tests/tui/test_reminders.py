"""Reminders: each opens its place."""

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.widgets import Input

from tests.tui.support import HISTORY, REMINDERS, press, text_of, words_of
from tui.app import ShoplinkApp
from tui.messages import OpenPlace
from tui.screens.linked_accounts.marketing import MarketingAccounts
from tui.screens.linked_accounts.official import OfficialAccount
from tui.screens.reminders import RemindersPlace, place_of
from tui.widgets.days import Days
from tui.widgets.moments import full

Make = Callable[..., ShoplinkApp]
SHOP = "USQFDEMO01"


async def test_a_reminder_opens_its_place(app_on: Make) -> None:
    app = app_on("just-linked")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *REMINDERS, "enter")
        assert isinstance(app.screen, OfficialAccount)
        await press(pilot, "escape", "down", "enter")
        assert isinstance(app.screen, MarketingAccounts)


async def test_the_detail_beside_reminders_shows_the_match(app_on: Make) -> None:
    app = app_on("just-linked")
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, *REMINDERS)
        place = app.screen
        assert isinstance(place, RemindersPlace)
        first, second = place.found.values()
        await press(pilot, "slash", f"type:{second.summary}", "enter")
        assert place.query_one("#rows").option_count == 1
        assert full(second.at, app.zone) in words_of(pilot, "#side")
        assert full(first.at, app.zone) not in words_of(pilot, "#side")


async def test_choosing_a_reminder_while_the_list_is_filtered_opens_nothing(app_on: Make) -> None:
    app = app_on("just-linked")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *REMINDERS)
        place = app.screen
        assert isinstance(place, RemindersPlace)
        place.query_one("#rows").action_select()
        place.query_one("#filter", Input).value = "zzz"
        place.filter_rows(Input.Changed(place.query_one("#filter", Input), "zzz"))
        await press(pilot)
        assert app.screen is place


async def test_every_kind_of_reminder_has_a_place(app_on: Make) -> None:
    app = app_on("agency")
    links = app.workspace.links
    due = app.workspace.reminders.find()
    places = {reminder.kind: place_of(reminder, links.get(reminder.link).role if reminder.link else None) for reminder in due}
    assert places["probation_ends"] == "shop_information"
    assert places["invitation_expires"] == "linked_accounts.marketing"
    assert places["authorization_expires"] == "linked_accounts.official"
    assert places["review_pending"] == "linked_accounts.official"


async def test_reminders_are_exported_as_a_calendar(app_on: Make) -> None:
    app = app_on("just-linked")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *REMINDERS, "e", "enter")
        assert isinstance(app.screen, RemindersPlace)
        written = Path(f"due-{SHOP}.ics").read_bytes()
        assert written.startswith(b"BEGIN:VCALENDAR\r\n")
        assert written.count(b"BEGIN:VEVENT") == len(app.workspace.reminders.find(SHOP))


@pytest.mark.parametrize(("place", "file"), [(REMINDERS, "due.ics"), (HISTORY, "history.csv")])
async def test_an_export_of_all_shops_is_named_after_none(app_on: Make, place: tuple[str, ...], file: str) -> None:
    app = app_on("just-linked")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *place, "v", "e")
        assert app.screen.query_one(Input).value == file


async def test_a_reminder_fits_in_eighty_columns_with_its_shop(app_on: Make) -> None:
    app = app_on("agency")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *"jjj", "enter", "v")
        seen = text_of(pilot)
        for reminder in app.workspace.reminders.find()[:5]:
            assert reminder.summary in seen
            assert reminder.shop.code in seen
        assert "…" not in seen


async def test_the_days_above_the_list_are_those_of_its_shops(app_on: Make) -> None:
    app = app_on("agency")
    async with app.run_test(size=(80, 24)) as pilot:
        shop = next(one.shop for one in app.workspace.shops.page().shops if not (one.due or one.upcoming))
        app.post_message(OpenPlace("reminders", shop.id))
        await press(pilot)
        for _ in range(2):
            assert not app.screen.query(Days)
            await press(pilot, "v")
            due = sum(reminder.is_due(app.workspace.now()) for reminder in app.workspace.reminders.find())
            assert f"{due} due" in text_of(pilot)
            assert app.focused.id == "rows"
            await press(pilot, "v")
            assert "Nothing is due" in text_of(pilot)
            assert app.focused.id == "begin"
