"""Links from before the record, on screen: entered as one fact, with the earlier unlinks."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from core.models import EndedBy, Link, LinkState, Role
from core.workspace import Workspace
from tests.support import DAY, NOW, RunningClock, StoppedClock, add_shop
from tests.tui.record import Make, now_linked, requested
from tests.tui.support import HISTORY, INFORMATION, press, text_of, words_of
from tui.screens.linked_accounts.already_linked import AlreadyOfficial


async def test_a_link_that_stands_is_entered_as_one_fact(app_on: Make) -> None:
    app = app_on("record")
    shop = add_shop(app.workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter", "down", "down", "enter", "type:@maplewick", "enter", "type:2026-05-10 13:30", "enter")
        assert "Sun May 10, 1:30 PM" in text_of(pilot)
        await press(pilot, "enter", "tab", "type:1", "enter", "type:ticket 12", "tab", "enter")
        status = app.workspace.shops.status(shop.code)
        assert (status.official.username, status.official.linked_at) == ("maplewick", datetime(2026, 5, 10, 13, 30, tzinfo=UTC))
        assert (status.shop.unlinks_before, status.unlinks_left) == (1, 2)
        assert "2 of 3 unlinks left" in text_of(pilot)
        recorded, *_ = app.workspace.history.page(kind="link.recorded").events
        assert recorded.note == "ticket 12"
        assert len(app.workspace.entries.get(recorded.entry)) == 3  # the account, the link and the shop's unlinks


async def test_an_old_link_is_dated_with_its_year_in_its_entry(app_on: Make) -> None:
    app = app_on("record")
    shop = add_shop(app.workspace)
    app.workspace.links.record_linked("maplewick", shop.id, Role.OFFICIAL, datetime(2023, 3, 5, 13, 30, tzinfo=UTC))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *HISTORY, "end", "enter")
        assert "Linked   Sun Mar 5, 2023, 1:30 PM" in text_of(pilot)


async def test_a_link_that_tiktok_ended_needs_the_date_of_its_end(app_on: Make) -> None:
    app = app_on("record")
    shop = add_shop(app.workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter", "2", "p", "type:maple.live", "enter", "type:2026-06-01", "enter", "enter", "space", "tab")
        await press(pilot, "tab", "enter")
        assert "The end date is not entered. Enter when TikTok ended" in words_of(pilot, "#page")
        assert app.focused.id == "unlinked"
        assert app.workspace.links.find(shop=shop.code) == ()
        await press(pilot, "type:2026-06-15", "enter", "tab", "tab", "enter")
        (link,) = app.workspace.links.find(shop=shop.code)
        assert (link.role, link.state, link.ended_by) == (Role.MARKETING, LinkState.UNLINKED, EndedBy.TIKTOK)


async def test_an_agreement_is_accepted_in_tiktok_before_its_box_is_checked(app_on: Make) -> None:
    app = app_on("record")
    add_shop(app.workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter", "tab", "enter", "enter", "type:maple.live", "tab", "tab", "enter")
        assert "✗ Accept it in TikTok, then check this box." in text_of(pilot)


@pytest.mark.parametrize("stands", [requested, now_linked])
async def test_a_past_link_is_recorded_beside_the_one_that_stands(app_on: Make, stands: Callable[[Workspace], Link]) -> None:
    app = app_on("record")
    shop = stands(app.workspace).shop
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await press(pilot, "enter")
        assert bool(app.screen.query("#already")) == (stands is now_linked)
        await press(pilot, "p", "type:maple.live", "enter", "type:2026-05-01", "enter", "type:2026-06-15")
        app.screen.query_one("#record").focus()
        await press(pilot, "enter")
        past = [link for link in app.workspace.links.find(shop=shop) if link.username == "maple.live"]
        assert [link.state for link in past] == [LinkState.UNLINKED]
        assert "@maple.live was linked and unlinked" in next(iter(app._notifications)).message


async def test_two_dates_of_today_are_one_moment_though_the_clock_goes_on(app_on: Make) -> None:
    app = app_on("record")
    shop = add_shop(app.workspace)
    app.workspace.clock = RunningClock()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter", "p", "type:maple.live", "enter", "type:today", "enter", "type:today")
        app.screen.query_one("#record").focus()
        await press(pilot, "enter")
        assert "The end date is the moment the link was made" in text_of(pilot)
        assert app.workspace.links.find(shop=shop.code) == ()


async def test_the_day_that_is_shown_is_recorded_after_midnight_too(app_on: Make, clock: StoppedClock) -> None:
    app = app_on("record")
    shop = add_shop(app.workspace)
    clock.now = NOW.replace(hour=23, minute=58)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter", "p", "type:maple.live", "enter", "type:yesterday")
        assert "yesterday, Sun Nov 22, end of day" in text_of(pilot)
        clock.move(timedelta(minutes=3))
        app.screen.query_one("#record").focus()
        await press(pilot, "enter")
        (link,) = app.workspace.links.find(shop=shop.code)
        assert link.linked_at == datetime(2026, 11, 22, 23, 59, 59, 999_000, tzinfo=UTC)


async def test_mistakes_in_a_past_link_are_beside_their_fields(app_on: Make) -> None:
    app = app_on("record")
    shop = add_shop(app.workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter", "p")
        app.screen.query_one("#record").focus()
        await press(pilot, "enter")
        assert {"✗ Enter a username.", "✗ Enter a date."} <= set(re.findall(r"✗ [^.]*\.", text_of(pilot)))
        await press(pilot, "type:maple.live", "enter", "type:yesterday", "enter", "type:2026-06-15")
        app.screen.query_one("#record").focus()
        await press(pilot, "enter")
        assert "The end date is before the link was made" in text_of(pilot)
        assert app.focused.id == "unlinked"
        await press(pilot, "ctrl+u", "enter", "tab", "type:one")
        app.screen.query_one("#record").focus()
        await press(pilot, "enter")
        assert "Earlier unlinks are not a number from 0 to 1000." in words_of(pilot, "#page")
        assert isinstance(app.screen, AlreadyOfficial)
        assert app.workspace.links.find(shop=shop.code) == ()


async def test_a_past_link_beside_another_is_refused_on_its_form(app_on: Make) -> None:
    app = app_on("record")
    shop = add_shop(app.workspace)
    app.workspace.links.record_linked("maple.two", shop.id, Role.OFFICIAL, NOW - 100 * DAY, NOW - DAY)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await press(pilot, "enter", "p", "type:maple.one", "enter", "type:2026-09-01")
        app.screen.query_one("#record").focus()
        await press(pilot, "enter")
        assert "✗ @maple.two is entered as the official account" in words_of(pilot, ".form-note")
        assert not app._notifications


async def test_earlier_unlinks_are_unknown_until_they_are_entered(app_on: Make, clock: StoppedClock) -> None:
    app = app_on("record")
    link = now_linked(app.workspace, unlinks_before=None)
    clock.move(2 * DAY)
    words = "At most 3 of 3 unlinks left: earlier unlinks not entered"
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter")
        assert words in text_of(pilot)
        await press(pilot, "f7")
        assert words in words_of(pilot, "#dialog")
        await press(pilot, "escape", "u")
        assert "at most 2 will be left; earlier unlinks not" in text_of(pilot)
        app.screen.query_one("#earlier").focus()
        await press(pilot, "enter")
        app.screen.query_one("#earlier").focus()
        await press(pilot, "enter", "type:many", "enter")
        assert "Write a number" in words_of(pilot, "#dialog")
        await press(pilot, "ctrl+u", "type:1", "enter", "enter")
        assert app.workspace.shops.get(link.shop).unlinks_before == 1
        await press(pilot, "escape", "escape")
        assert "2 of 3 unlinks left" in text_of(pilot)
        assert "At most" not in text_of(pilot)


async def test_earlier_unlinks_are_shown_beside_those_entered_here_and_start_their_dialog(app_on: Make) -> None:
    app = app_on("record")
    shop = add_shop(app.workspace)
    app.workspace.shops.state(shop.id, unlinks_before=1)
    may, june = NOW - 200 * DAY, NOW - 160 * DAY
    app.workspace.links.record_linked("maple.live", shop.id, Role.OFFICIAL, may, june)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *INFORMATION)
        assert "1 of 3 unlinks left. 1 earlier + 1 entered here = 2 used." in words_of(pilot, "#unlinks")
        app.screen.query_one("#earlier").focus()
        await press(pilot, "enter")
        assert app.focused.value == "1"
        await press(pilot, "type:5", "enter", "enter")
        assert app.workspace.shops.get(shop.id).unlinks_before == 5
        assert "! 5 earlier + 1 entered here = 6 used, but a shop has 3 in total." in words_of(pilot, "#unlinks")


async def test_a_past_link_may_be_one_of_the_earlier_unlinks(app_on: Make) -> None:
    app = app_on("record")
    shop = add_shop(app.workspace)
    app.workspace.shops.state(shop.id, unlinks_before=1)
    async with app.run_test(size=(80, 40)) as pilot:
        await press(pilot, "enter", "p")
        warning = "You stated 1 earlier unlink. If this is that one, lower it to 0."
        assert not app.screen.is_begun()
        await press(pilot, "type:maple.live", "enter", "type:2026-05-01", "enter")
        assert warning not in words_of(pilot, "#field-before")  # it is linked now: no unlink
        await press(pilot, "type:2026-06-15")
        assert warning in words_of(pilot, "#field-before")
        await press(pilot, "tab", "space")
        assert warning not in words_of(pilot, "#field-before")  # what TikTok ended is none
        await press(pilot, "space")
        await pilot.resize_terminal(120, 40)
        await press(pilot)
        assert warning in words_of(pilot, "#field-before")
        app.screen.query_one("#before").value = "0"
        app.screen.query_one("#record").focus()
        await press(pilot, "enter")
        status = app.workspace.shops.status(shop.id)
        assert (status.shop.unlinks_before, status.unlinks_used) == (0, 1)


async def test_earlier_unlinks_that_nobody_typed_are_not_written(app_on: Make) -> None:
    app = app_on("record")
    shop = add_shop(app.workspace)
    app.workspace.shops.state(shop.id, unlinks_before=2)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter", "p", "type:maple.live", "enter", "type:2026-05-01")
        app.workspace.shops.state(shop.id, unlinks_before=1)
        app.screen.query_one("#record").focus()
        await press(pilot)
        app.repaint()
        await press(pilot, "enter")
        assert [link.username for link in app.workspace.links.find(shop=shop.code)] == ["maple.live"]
        assert app.workspace.shops.get(shop.id).unlinks_before == 1
