"""The steps of a link in a record: when they happened, against which rules, and undoing them."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from textual.events import Paste
from textual.widgets import Button, Input

from core.models import EndedBy, EventKind, LinkState, MemberRole, MemberState, Role, Standing
from tests.support import DAY, NOW, StoppedClock, add_account, add_shop
from tests.tui.record import HOUR, Make, in_review, now_linked, requested
from tests.tui.support import HISTORY, INFORMATION, TEAM, press, text_of, until, words_of
from tests.tui.test_main_flow import at_rules
from tui.dialogs.anyway import Anyway
from tui.dialogs.when import When
from tui.screens.linked_accounts.official import OfficialAccount
from tui.wizards.link_existing import LinkMarketing


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


async def test_what_a_rule_stops_is_recorded_only_after_asking(app_on: Make, clock: StoppedClock) -> None:
    app = app_on("record")
    link = now_linked(app.workspace)
    clock.move(HOUR)
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


async def test_the_moment_that_the_dialog_names_is_recorded_however_long_it_stays_open(app_on: Make, clock: StoppedClock) -> None:
    app = app_on("record")
    link = now_linked(app.workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter", "u", "tab", "enter")
        assert "today, Mon Nov 23, 2:05 PM" in text_of(pilot)
        clock.move(3 * HOUR)
        app.screen.follow_clock()
        await press(pilot)
        assert "today, Mon Nov 23, 5:05 PM" in text_of(pilot)
        await press(pilot, "enter")
        assert isinstance(app.screen, Anyway)
        clock.move(DAY)
        await press(pilot, "tab", "enter")
        assert app.workspace.links.get(link.id).unlinked_at == NOW + 3 * HOUR


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
        await press(pilot, "enter", "enter")
        assert words_of(pilot, "#dialog").count("is waiting for the holder") == 1
        await press(pilot, "tab", "enter")
        found = app.workspace.links.get(link.id)
        assert (found.state, found.against) == (LinkState.LINKED, ("link.review",))


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
