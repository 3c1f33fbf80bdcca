"""Team access: inviting, removing, roles."""

import re
from collections.abc import Callable
from datetime import timedelta

from textual.pilot import Pilot
from textual.widgets import Button

from core.models import LinkState, MemberRole, MemberState
from tests.support import StoppedClock, add_shop
from tests.tui import support
from tests.tui.support import TEAM, press, text_of
from tui.app import ShoplinkApp
from tui.screens.team_access import InviteMember, TeamAccess
from tui.widgets.rows import Rows

Make = Callable[..., ShoplinkApp]
SHOP = "USLCDEMO01"


async def test_a_member_is_invited_accepts_gets_a_role_and_is_removed(app_on: Make) -> None:
    app = app_on("organization")
    organizations = app.workspace.organizations
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *TEAM, "i", "type:nina@lumen.example", "enter", "enter")
        assert isinstance(app.screen, TeamAccess)
        nina = next(member for member in organizations.members(SHOP) if member.contact == "nina@lumen.example")
        assert (nina.role, nina.state) == (MemberRole.OPERATOR, MemberState.INVITED)
        await press(pilot, "d", "m", "m", "escape")
        nina = next(member for member in organizations.members(SHOP) if member.id == nina.id)
        assert nina.state == MemberState.ACTIVE
        rows = app.screen.query_one("#rows")
        rows.mark(nina.id)
        rows.focus()
        await press(pilot, "r", "tab", "enter")
        assert next(member for member in organizations.members(SHOP) if member.id == nina.id).role == MemberRole.ADMIN
        app.screen.query_one("#rows").mark(nina.id)
        await press(pilot, "x", "tab", "enter")
        assert next(member for member in organizations.members(SHOP) if member.id == nina.id).state == MemberState.REMOVED


async def test_a_hasty_enter_keeps_the_member(app_on: Make) -> None:
    app = app_on("organization")
    before = app.workspace.organizations.members(SHOP)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *TEAM, "down", "x", "enter", "r", "enter")
        assert app.workspace.organizations.members(SHOP) == before


async def test_the_last_admin_cannot_be_removed(app_on: Make) -> None:
    app = app_on("organization")
    organizations = app.workspace.organizations
    admins = [member for member in organizations.members(SHOP) if member.role == MemberRole.ADMIN]
    for member in admins[1:]:
        organizations.remove(member.id)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await press(pilot, *TEAM)
        app.screen.query_one("#rows").mark(admins[0].id)
        await press(pilot, "x")
        assert "Not possible" in text_of(pilot)
        assert organizations.members(SHOP)[0].state == MemberState.ACTIVE


async def test_an_account_that_is_no_organization_has_no_team_and_says_why(app_on: Make) -> None:
    async with app_on("linked").run_test(size=(80, 24)) as pilot:
        await press(pilot, *TEAM)
        shown = " ".join(text_of(pilot).replace("│", " ").split())
        assert "Only an organization account has members" in shown
        assert "3 of 3 unlinks left" in shown


async def test_the_team_of_an_unlinked_account_says_so(app_on: Make, clock: StoppedClock) -> None:
    app = app_on("organization")
    (link,) = app.workspace.links.find(shop=SHOP, state=LinkState.LINKED)
    clock.move(timedelta(days=3))
    app.workspace.links.unlink(link.id)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *TEAM)
        assert f"@{link.username}, not linked: " in text_of(pilot)


async def test_members_with_the_same_masked_contact_can_be_distinguished(app_on: Make) -> None:
    app = app_on("organization")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *TEAM)
        members = [member for member in app.screen.members if member.contact.startswith("o")]
        assert len({member.id for member in members}) == len(members) > 1
        shown = text_of(pilot)
        assert all(f"o••••@lumen.example ({number + 1})" in shown for number in range(len(members)))
        assert not any(member.id in shown for member in members)
        await press(pilot, "x")
        assert app.screen_stack[-2]._marked() == members[0]
        assert f"o••••@lumen.example (1), {members[0].role}: " in words_of(pilot)


def words_of(pilot: Pilot[None]) -> str:
    return " ".join(text_of(pilot).replace("│", " ").split())


async def test_both_ways_into_the_account_are_shown_at_both_sizes(app_on: Make) -> None:
    async with app_on("organization").run_test(size=(80, 24)) as pilot:
        await press(pilot, *TEAM)
        for size in ((80, 24), (120, 40)):
            await pilot.resize_terminal(*size)
            await press(pilot)
            shown = support.words_of(pilot, "#page")
            assert "Settings and privacy › Account › Permissions" in shown
            assert "Seller Center User Management" in shown
            assert "roles Main Administrator, Affiliate Manager" in shown
        beside = support.words_of(pilot, "#side")
        assert "An invitation is valid for 24 hours." in beside
        assert "Main Administrator" not in beside  # the page has it


async def test_a_removed_member_stays_open_until_the_removal_in_seller_center_is_noted(app_on: Make) -> None:
    app = app_on("organization")
    organizations = app.workspace.organizations
    sam = next(member for member in organizations.members(SHOP) if member.role == MemberRole.OPERATOR)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *TEAM)
        assert not app.screen.check_action("also_removed", ())
        app.screen.query_one("#rows").mark(sam.id)
        await press(pilot, "x")
        assert "Remove their role in Seller Center too" in words_of(pilot)
        await press(pilot, "tab", "enter")
        assert "1 person removed here may still get in through Seller Center" in words_of(pilot)
        assert [button.id for button in app.screen.query("#page Button.-primary")] == ["also"]
        assert "still in Seller Center?" in words_of(pilot)
        await press(pilot, "s", "enter")
        assert "1 person removed here" in words_of(pilot)  # a hasty enter notes nothing
        await press(pilot, "s", "tab", "enter")
        assert "removed, in Seller Center too" in words_of(pilot)
        assert "may still get in" not in words_of(pilot)
        assert not app.screen.query("#also")


async def test_no_member_is_cut_off_at_any_width(app_on: Make, clock: StoppedClock) -> None:
    app = app_on("organization")
    organizations = app.workspace.organizations
    sam = next(member for member in organizations.members(SHOP) if member.role == MemberRole.OPERATOR)
    organizations.remove(sam.id)
    clock.move(timedelta(hours=22))
    organizations.invite(SHOP, "a.very.long.name@lumen.example", MemberRole.OPERATOR)
    async with app.run_test(size=(80, 40)) as pilot:
        await press(pilot, *TEAM)
        for columns in (60, 80, 120):
            await pilot.resize_terminal(columns, 40)
            await press(pilot)
            rows = app.screen.query_one("#rows", Rows)
            said = [option.prompt for option in rows.options]
            words = " ".join("\n".join(row.plain for row in said).split())
            assert re.search(r"invited,? 24 h left", words)
            assert re.search(r"removed,? still in Seller Center\?", words)
            assert "✗ expired" in words
            assert all(line.cell_length <= rows.size.width - 2 for row in said for line in row.split("\n")), columns


async def test_members_whose_masks_are_alike_can_be_told_apart(app_on: Make) -> None:
    app = app_on("organization")
    shop = app.workspace.shops.page(limit=1).shops[0].shop
    for contact in ("maya.one@some-company.example", "mona.two@some-company.example"):
        app.workspace.organizations.invite(shop.id, contact, MemberRole.OPERATOR)
    alike = [member.id for member in app.workspace.organizations.members(shop.id) if member.contact.startswith("m")]
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *TEAM)
        assert len(alike) == 2
        for columns in (60, 80, 120):
            await pilot.resize_terminal(columns, 24)
            for number, id in enumerate(alike, 1):
                app.screen.query_one(Rows).mark(id)
                await press(pilot)
                assert f"({number})" in text_of(pilot), columns


async def test_contacts_are_shown_in_full_on_a_key_in_ones_own_record(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("record")
    shop = add_shop(app.workspace)
    app.workspace.organizations.create(shop.code, contact="owner@lumen.example", username="lumen.org")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *TEAM)
        assert "owner@lumen.example" not in text_of(pilot)
        await press(pilot, "c")
        assert "owner@lumen.example" in text_of(pilot)
        await press(pilot, "c")
        assert "owner@lumen.example" not in text_of(pilot)


async def test_a_button_that_is_pressed_twice_at_once_opens_its_page_and_does_not_submit_it(app_on: Make) -> None:
    app = app_on("organization")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *TEAM)
        invite = app.screen.query_one("#invite", Button)
        for _ in range(2):
            invite.call_later(app.run_action, invite.action, default_namespace=invite.parent)
        await press(pilot)
        assert isinstance(app.screen, InviteMember)
        assert "✗" not in text_of(pilot)
