"""The steps of a link in a record: when they happened, against which rules, and undoing them."""

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from textual.events import Paste
from textual.widgets import Button, Input

from core.models import EndedBy, EventKind, Link, LinkState, MemberRole, MemberState, Role, Standing
from core.workspace import Workspace
from tests.support import DAY, NOW, StoppedClock, add_account, add_shop, linked
from tests.tui.support import HISTORY, INFORMATION, TEAM, press, text_of, until, words_of
from tests.tui.test_main_flow import at_rules
from tui.app import ShoplinkApp
from tui.dialogs.anyway import Anyway
from tui.dialogs.undo import Undo
from tui.dialogs.when import When
from tui.screens.history import EventDetail
from tui.screens.linked_accounts.already_linked import AlreadyOfficial
from tui.screens.linked_accounts.official import OfficialAccount
from tui.wizards.link_existing import LinkMarketing

Make = Callable[..., ShoplinkApp]

HOUR = timedelta(hours=1)


def requested(workspace: Workspace, role: Role = Role.OFFICIAL) -> Link:
    """Add a request for @lumen.candles that waits for its holder."""
    shop = add_shop(workspace)
    add_account(workspace, "lumen.candles")
    return workspace.links.request("lumen.candles", shop.code, role, agreement=True)


def in_review(workspace: Workspace) -> Link:
    """Add a request for @lumen.candles that waits for TikTok's review."""
    link = requested(workspace)
    workspace.links.authorize(link.id)
    return workspace.links.submit(link.id)


def now_linked(workspace: Workspace, role: Role = Role.OFFICIAL, unlinks_before: int | None = 0) -> Link:
    """Add @lumen.candles as a linked account."""
    shop = add_shop(workspace)
    workspace.shops.state(shop.id, unlinks_before=unlinks_before)
    add_account(workspace, "lumen.candles")
    return linked(workspace, shop, "lumen.candles", role)


async def test_a_new_account_is_recorded_step_by_step_with_the_facts_that_were_typed(app_on: Make) -> None:
    app = app_on("record")
    shop = add_shop(app.workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await at_rules(pilot, "never.seen")
        assert "6 facts are missing" in text_of(pilot)
        assert app.focused.id == "region"  # what is missing can be entered here
        await press(pilot, "type:Nowhere")
        app.screen.query_one("#confirm").focus()
        await press(pilot, "enter")
        assert "Nowhere" in text_of(pilot)  # it stays open beside its mistake
        assert not isinstance(app.screen, When)
        app.screen.query_one("#region").value = "US"
        app.screen.query_one("#confirm").focus()
        await press(pilot, "enter", "escape")
        assert app.screen.query_one("#region").value == "United States (US)"  # canceled: still typed
        assert app.workspace.accounts.known("never.seen") is None
        app.screen.query_one("#confirm").focus()
        await press(pilot, "enter", "enter")
        assert app.workspace.accounts.get("never.seen").region == "US"
        assert isinstance(app.screen, When)
        assert app.workspace.links.find() == ()  # one hasty enter records no link
        await press(pilot, "enter")
        link = app.workspace.shops.status(shop.code).official
        assert link.state == LinkState.AWAITING_AUTHORIZATION
        assert "official.region-match" not in link.confirmed
        assert "account.verified" in link.confirmed
        assert "Do this in TikTok" in text_of(pilot)
        assert "shoplink.example" not in text_of(pilot)
        await press(pilot, "a", "enter", "l", "enter", "y", "enter")
        assert app.workspace.shops.status(shop.code).official.state == LinkState.LINKED


async def test_a_typed_fact_that_a_rule_forbids_is_saved_and_not_confirmed(app_on: Make) -> None:
    app = app_on("record")
    add_shop(app.workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await at_rules(pilot, "never.seen")
        await press(pilot, "type:GB")
        app.screen.query_one("#confirm").focus()
        await press(pilot, "enter", "enter", "enter")
        assert app.workspace.accounts.get("never.seen").region == "GB"
        assert app.workspace.links.find() == ()
        await press(pilot, "escape")
        assert "can't be linked now" in text_of(pilot)


async def test_practice_asks_neither_when_nor_for_a_note(app_on: Make) -> None:
    app = app_on("linked")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter", "u", "tab", "enter")
        assert app.workspace.shops.status("USLCDEMO01").official is None
        await press(pilot, "escape", "z", "p")
        assert isinstance(app.screen, OfficialAccount)


async def test_what_was_understood_is_said_back_while_typing(app_on: Make) -> None:
    said = {
        "": "today, Mon Nov 23, 2:05 PM (UTC). Or type, for example, yesterday 3 PM",
        "yesterday 3 PM": "yesterday, Sun Nov 22, 3:00 PM",
        "yesterd": "Write it as 2026-11-27 15:00",  # unfinished: no mistake yet
        "3/4/2026": "✗ Date “3/4/2026” could be two dates",
        "tomorrow": "✗ This date is in the future",
        "2026-02-30": "✗ Date “2026-02-30” doesn't exist: February 2026 has 28 days",
    }
    app = app_on("record")
    requested(app.workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter", "a")
        for typed, words in said.items():
            await press(pilot, *(["ctrl+u", f"type:{typed}"] if typed else []))
            shown = " ".join(text_of(pilot).replace("│", "").split())
            assert words in shown
            assert ("✗" in shown) == words.startswith("✗"), typed


async def test_a_moment_before_the_last_step_is_a_mistake_and_a_later_one_is_kept_with_its_note(
    app_on: Make, clock: StoppedClock
) -> None:
    app = app_on("record")
    app.zone = ZoneInfo("America/New_York")
    link = in_review(app.workspace)
    clock.move(2 * DAY)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter", "y", "type:3 days ago", "tab", "type:ticket 12", "enter")
        assert isinstance(app.screen, When)
        assert "is before the last step" in text_of(pilot)
        assert "Mon Nov 23, 2026, 9:05 AM EST" in " ".join(text_of(pilot).replace("│", " ").split())
        assert app.screen.query_one("#when", Input).value == "3 days ago"
        assert app.screen.query_one("#note", Input).value == "ticket 12"
        assert app.workspace.links.get(link.id).state == LinkState.IN_REVIEW
        await press(pilot, "ctrl+u", "type:yesterday 3 PM", "enter")
        assert app.workspace.links.get(link.id).linked_at == datetime(2026, 11, 24, 20, tzinfo=UTC)
        assert {event.note for event in app.workspace.history.page(kind="link.approved").events} == {"ticket 12"}


@pytest.mark.parametrize("role", Role)
async def test_the_footer_shows_the_main_key_first_and_what_tiktok_does_shares_a_key(app_on: Make, role: Role) -> None:
    app = app_on("record")
    link = requested(app.workspace, role)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter", *(["2"] if role == Role.MARKETING else []), "t")
        assert isinstance(app.screen, When)  # TikTok withdrew the request
        await press(pilot, "escape", "a", "enter")
        if role == Role.OFFICIAL:
            await press(pilot, "l", "enter", "y", "enter")
        assert app.workspace.links.get(link.id).state == LinkState.LINKED
        footer = text_of(pilot).splitlines()[-1]
        assert "u Unlink" in footer
        await press(pilot, "t", "enter")
        assert app.workspace.links.get(link.id).ended_by == EndedBy.TIKTOK


async def test_a_request_past_its_hours_leads_to_its_expiry(app_on: Make, clock: StoppedClock) -> None:
    app = app_on("record")
    link = requested(app.workspace)
    clock.move(50 * HOUR)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter")
        assert "should have expired Wed Nov 25, 2:05 PM" in text_of(pilot)
        assert app.focused.id == "expire"
        footer = text_of(pilot).splitlines()[-1]
        assert footer.startswith("  enter Expired… tab Next esc Back a Accepted")
        assert " e Expired" not in footer
        assert footer.endswith("? Help ^q Quit")
        await press(pilot, "e")
        assert "today, Wed Nov 25, 2:05 PM (UTC). Or" in text_of(pilot)
        await press(pilot, "enter")
        found = app.workspace.links.get(link.id)
        assert (found.state, found.decided_at) == (LinkState.EXPIRED, link.authorize_by)


async def test_an_answer_in_time_can_be_recorded_late(app_on: Make, clock: StoppedClock) -> None:
    app = app_on("record")
    link = requested(app.workspace)
    clock.move(50 * HOUR)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter", "a", "type:yesterday 3 PM", "enter")
        found = app.workspace.links.get(link.id)
        assert (found.state, found.authorized_at, found.against) == (
            LinkState.AUTHORIZED,
            datetime(2026, 11, 24, 15, tzinfo=UTC),
            (),
        )


async def test_a_key_records_only_what_can_come_next(app_on: Make) -> None:
    app = app_on("record")
    link = requested(app.workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter")
        for key in ("e", "y", "r", "l"):
            await press(pilot, key)
            assert isinstance(app.screen, OfficialAccount), key
        assert app.workspace.links.get(link.id) == link


async def test_a_rejection_asks_for_reason_moment_and_note_at_once(app_on: Make) -> None:
    app = app_on("record")
    link = in_review(app.workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter", "r", "tab", "tab", "type:Ticket 81", "enter")
        assert "✗ Enter the reason." in text_of(pilot)
        assert app.focused.id == "reason"
        app.post_message(Paste("The picture\r\n\nis blurry\n"))
        await press(pilot, "tab", "type:in a week", "enter")
        assert app.focused.id == "when"
        assert app.workspace.links.get(link.id) == link
        await press(pilot, "ctrl+u", "enter")
        assert app.workspace.links.get(link.id).reason == "The picture is blurry"
        event = app.workspace.history.page(limit=1).events[0]
        assert (event.kind, event.note) == (EventKind.LINK_REJECTED, "Ticket 81")


async def test_a_marketing_account_is_linked_once_its_holder_accepted(app_on: Make) -> None:
    app = app_on("record")
    link = requested(app.workspace, Role.MARKETING)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot)
        app.push_screen(LinkMarketing(link.shop, link_id=link.id))
        await press(pilot, "a", "enter")
        assert app.workspace.links.get(link.id).state == LinkState.LINKED
        assert "The link is recorded" in text_of(pilot)


async def test_what_a_rule_stops_is_recorded_only_after_asking(app_on: Make) -> None:
    app = app_on("record")
    link = now_linked(app.workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter", "u")
        assert app.focused.id == "keep"
        await press(pilot, "tab", "enter", "enter")
        assert isinstance(app.screen, Anyway)
        assert "Rule: Wait before an unlink (official)" in words_of(pilot, "#dialog")
        assert app.focused.id == "keep"
        await press(pilot, "enter")
        assert app.workspace.links.get(link.id).state == LinkState.LINKED
        await press(pilot, "enter", "enter", "tab", "enter")
        found = app.workspace.links.get(link.id)
        assert (found.state, found.against) == (LinkState.UNLINKED, ("official.unlink-wait",))


async def test_a_link_against_a_rule_shows_it(app_on: Make) -> None:
    app = app_on("record")
    shop = add_shop(app.workspace)
    add_account(app.workspace, "lumen.candles", region="GB")
    async with app.run_test(size=(80, 24)) as pilot:
        await at_rules(pilot)
        await press(pilot, "tab", "enter", "enter", "tab", "enter")
        assert app.workspace.shops.status(shop.code).official.against == ("official.region-match",)
        await press(pilot, "escape", "enter")
        assert "Recorded despite the rule: Official account in the shop's region" in " ".join(text_of(pilot).split())
        await press(pilot, "escape", *HISTORY, "enter")
        assert "Recorded despite Official account in the shop's region" in " ".join(text_of(pilot).split())


@pytest.mark.parametrize("role", Role)
async def test_a_link_that_breaks_a_rule_and_is_ended_by_tiktok_uses_no_unlink(app_on: Make, role: Role) -> None:
    app = app_on("record")
    link = now_linked(app.workspace, role)
    app.workspace.accounts.state("lumen.candles", standing=Standing.BANNED)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter", *(["2"] if role == Role.MARKETING else []))
        assert "Broken: The account is banned." in text_of(pilot)
        await press(pilot, "t", "enter")
        found = app.workspace.links.get(link.id)
        assert (found.state, found.ended_by) == (LinkState.UNLINKED, EndedBy.TIKTOK)
        assert app.workspace.shops.status(link.shop).unlinks_left == 3


@pytest.mark.parametrize(("key", "by"), [("t", EndedBy.TIKTOK), ("x", EndedBy.SELLER)])
async def test_a_request_was_withdrawn_by_tiktok_or_cancelled(app_on: Make, key: str, by: EndedBy) -> None:
    app = app_on("record")
    link = requested(app.workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter", key, "enter")
        found = app.workspace.links.get(link.id)
        assert (found.state, found.ended_by) == (LinkState.CANCELLED, by)


async def test_tiktok_decided_without_the_holders_answer(app_on: Make) -> None:
    app = app_on("record")
    link = requested(app.workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter")
        app.screen.query_one("#approve").focus()
        await press(pilot, "enter", "enter", "tab", "enter")
        found = app.workspace.links.get(link.id)
        assert (found.state, found.against) == (LinkState.LINKED, ("link.review",))


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


async def test_what_was_just_recorded_is_undone_with_a_reason(app_on: Make) -> None:
    app = app_on("record")
    link = in_review(app.workspace)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await press(pilot, "enter", "z")
        assert not isinstance(app.screen, Undo)  # nothing was recorded on these screens yet
        await press(pilot, "y", "enter")
        assert "Press z to undo it" in text_of(pilot)
        await press(pilot, "z")
        assert "◆ @lumen.candles is in review." in text_of(pilot)
        assert app.focused.id == "keep"
        await press(pilot, "enter")
        assert app.workspace.links.get(link.id).state == LinkState.LINKED
        await press(pilot, "z", "tab", "enter")
        assert "✗ Enter a reason." in text_of(pilot)
        await press(pilot, "type:It was the other shop", "enter")
        assert app.workspace.links.get(link.id).state == LinkState.IN_REVIEW
        assert app.workspace.history.page(kind="entry.undone").events[0].note == "It was the other shop"


@contextmanager
def another_program_writing() -> Iterator[None]:
    other = sqlite3.connect("practice.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield
    other.close()


async def test_moment_note_and_reason_are_kept_while_another_program_writes(app_on: Make, clock: StoppedClock) -> None:
    app = app_on("record")
    link = in_review(app.workspace)
    clock.move(2 * DAY)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter", "y", "type:yesterday 3 PM", "tab", "type:ticket 12")
        with another_program_writing():
            await press(pilot, "enter")
            assert "✗ Another program is writing" in words_of(pilot, "#dialog")
        await press(pilot, "enter")
        assert app.workspace.links.get(link.id).linked_at == datetime(2026, 11, 24, 15, tzinfo=UTC)
        assert app.workspace.history.page(kind="link.approved").events[0].note == "ticket 12"
        await press(pilot, "z", "shift+tab", "type:wrong shop")
        with another_program_writing():
            await press(pilot, "enter")
            assert "✗ Another program is writing" in words_of(pilot, "#dialog")
        app.screen.query_one("#do").focus()
        await press(pilot, "enter")
        assert app.workspace.history.page(kind="entry.undone").events[0].note == "wrong shop"


async def test_history_tells_what_was_entered_later_and_what_was_undone(app_on: Make, clock: StoppedClock) -> None:
    app = app_on("record")
    link = in_review(app.workspace)
    clock.move(3 * DAY)
    with app.workspace.recording(at=NOW + DAY, note="ticket 12"):
        app.workspace.links.approve(link.id)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *HISTORY)
        assert "maya · entered 2 days later" in text_of(pilot)
        rows = app.screen.query_one("#rows")
        approved = app.workspace.history.page(kind="link.approved").events[0]
        rows.mark(approved.id)
        await press(pilot, "enter")
        shown = text_of(pilot)
        assert "Note            ticket 12" in shown
        assert "Entered         by maya, Thu Nov 26, 2026, 2:05 PM, 2 days later" in shown
        assert "Together with" in shown
        app.screen.query_one("#undo").focus()
        await press(pilot, "enter", "tab", "enter", "type:wrong shop", "enter")
        assert "Undone          by maya, Thu Nov 26, 2026, 2:05 PM: wrong shop" in text_of(pilot)
        assert not app.screen.query("#undo")
        await press(pilot, "escape")
        assert "maya · entered 2 days later · undone" in text_of(pilot)
        assert "Undid: TikTok approved" in text_of(pilot)  # not the same word as at the entry that it undid


async def test_an_entry_with_nothing_to_restore_offers_no_undo(app_on: Make) -> None:
    app = app_on("record")
    in_review(app.workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot)
        made = app.workspace.history.page(kind="workspace.created").events[0]
        await app.push_screen(EventDetail(app.screen.shop_id, made.id))
        await press(pilot)
        assert made.summary in text_of(pilot)
        assert not app.screen.query("#undo")


async def test_what_something_newer_rests_on_is_not_undone_and_says_why(app_on: Make) -> None:
    app = app_on("record")
    in_review(app.workspace)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await press(pilot, *HISTORY)
        rows = app.screen.query_one("#rows")
        rows.mark(app.workspace.history.page(kind="link.authorized").events[0].id)
        await press(pilot, "z")
        assert "There is a newer entry on top of it" in " ".join(text_of(pilot).replace("▌", " ").split())
        assert not isinstance(app.screen, Undo)


@pytest.mark.parametrize(("key", "state"), [("a", MemberState.ACTIVE), ("e", MemberState.EXPIRED)])
async def test_an_invitation_past_its_hours_waits_to_be_recorded(
    app_on: Make, clock: StoppedClock, key: str, state: MemberState
) -> None:
    app = app_on("record")
    organizations = app.workspace.organizations
    shop = add_shop(app.workspace)
    organizations.create(shop.code)
    member = organizations.invite(shop.code, "ines@lumen.example", MemberRole.OPERATOR)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *TEAM, "e")
        assert not isinstance(app.screen, When)  # it can still be accepted
        clock.move(2 * DAY)
        app.repaint()
        await press(pilot)
        assert "should have expired" in text_of(pilot)
        typed = ("type:yesterday 10 AM",) if key == "a" else ()
        await press(pilot, key, *typed, "enter")
        found = organizations.members(shop.code)[0]
        assert found.state == state
        if state == MemberState.ACTIVE:
            assert found.accepted_at == datetime(2026, 11, 24, 10, tzinfo=UTC)
        else:
            (expired,) = app.workspace.history.page(kind="member.expired").events
            assert expired.at == member.accept_by


async def test_a_member_was_invited_and_removed_on_other_days(app_on: Make, clock: StoppedClock) -> None:
    app = app_on("record")
    organizations = app.workspace.organizations
    shop = add_shop(app.workspace)
    organizations.create(shop.code, contact="owner@lumen.example")
    clock.move(5 * DAY)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *TEAM, "i", "type:ines@lumen.example", "enter", "enter", "type:3 days ago", "enter")
        member = organizations.members(shop.code)[1]
        assert member.invited_at == NOW + 2 * DAY
        await press(pilot, "down", "x", "type:yesterday 3 PM", "enter")
        removed = organizations.members(shop.code)[1]
        assert (removed.state, removed.removed_at) == (MemberState.REMOVED, datetime(2026, 11, 27, 15, tzinfo=UTC))


async def test_a_rename_of_the_shop_is_recorded_with_its_moment(app_on: Make, clock: StoppedClock) -> None:
    app = app_on("record")
    add_shop(app.workspace)
    clock.move(2 * DAY)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *INFORMATION, "r", "type: Studio")
        await until(pilot, lambda: "What else changes" in text_of(pilot) and "23 characters" in text_of(pilot))
        await press(pilot, "enter")
        await until(pilot, lambda: isinstance(app.focused, Button))
        await press(pilot, "enter")
        await until(pilot, lambda: isinstance(app.screen, When))
        await press(pilot, "type:yesterday 3 PM", "enter")
        (renamed,) = app.workspace.history.page(kind="shop.renamed").events
        assert renamed.at == datetime(2026, 11, 24, 15, tzinfo=UTC)
        assert app.workspace.shops.page().shops[0].shop.name == "Lumen Candle Co. Studio"
