"""Creating an organization account, and linking one that the seller owns already."""

from collections.abc import Callable

from textual.pilot import Pilot
from textual.widgets import Button

from core.models import AccountKind, LinkState, Role
from core.workspace import Workspace
from tests.support import DAY, StoppedClock, add_shop
from tests.tui.support import press, text_of, words_of
from tests.tui.test_main_flow import at_rules
from tui.app import ShoplinkApp
from tui.dialogs.confirm import Confirm
from tui.screens.linked_accounts.existing import UseExisting
from tui.screens.linked_accounts.official import OfficialAccount
from tui.screens.settings import Settings
from tui.screens.team_access import TeamAccess
from tui.wizards.create_organization import CONFIRM, CreateOrganization
from tui.wizards.link_organization import LinkOrganization

Make = Callable[..., ShoplinkApp]
HOME = "USLCDEMO03"
"""The shop of the scenario whose organization account, @lumen.home, is unlinked."""
TO_CHOICE = ("escape", "slash", f"type:{HOME}", "enter", "enter", "enter", "tab", "enter")


def plain(pilot: Pilot[None]) -> str:
    """The text of the page as one line, without the frames of its cards and what stands beside it."""
    column = pilot.app.screen.query_one("#page").region
    return " ".join(" ".join(line[column.x : column.right] for line in text_of(pilot).splitlines()).replace("│", "").split())


async def to_accounts(pilot: Pilot[None], app: ShoplinkApp) -> None:
    """Open the choice of an organization account in this shop."""
    await press(pilot)
    await app.push_screen(LinkOrganization(app.workspace.shops.get(HOME).id))
    await press(pilot)


def official(app: ShoplinkApp, shop: str = HOME) -> LinkState | None:
    found = app.workspace.shops.status(shop).official
    return found.state if found else None


async def test_an_unlinked_organization_account_is_linked_again_at_once(app_on: Make) -> None:
    app = app_on("organization")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *TO_CHOICE)
        assert isinstance(app.screen, UseExisting)
        assert "1 account can be linked" in text_of(pilot)
        await press(pilot, "tab", "enter")
        assert "@lumen.home" in text_of(pilot)
        assert "✓ can be linked now" in text_of(pilot)
        await press(pilot, "enter")
        assert "No review: it is your own organization account" in text_of(pilot)
        assert app.focused.id == "agree"
        await press(pilot, "space", "tab", "enter")
        assert official(app) == LinkState.LINKED
        assert "Linked successfully" in text_of(pilot)
        await pilot.resize_terminal(120, 40)
        await press(pilot)
        assert text_of(pilot).count("Its members keep their roles") == 1  # said once, on the page or beside it
        await press(pilot, "enter")
        assert isinstance(app.screen, OfficialAccount)
        assert "● Linked" in text_of(pilot)
        await press(pilot, "escape")
        assert not any(isinstance(screen, UseExisting) for screen in app.screen_stack)


async def test_nothing_is_linked_before_the_agreement_is_accepted(app_on: Make) -> None:
    app = app_on("organization")
    async with app.run_test(size=(80, 24)) as pilot:
        await to_accounts(pilot, app)
        await press(pilot, "enter", "tab", "enter")
        assert "Accept the agreement" in text_of(pilot)
        assert app.focused.id == "agree"
        assert official(app) is None
        await press(pilot, "space")
        assert "Accept the agreement" not in text_of(pilot)


async def test_back_keeps_the_agreement_and_the_chosen_account(app_on: Make) -> None:
    app = app_on("organization")
    app.workspace.links.unlink(app.workspace.shops.status("USLCDEMO01").official.id)
    chosen = app.workspace.accounts.get("lumen.home").id
    async with app.run_test(size=(80, 24)) as pilot:
        await to_accounts(pilot, app)
        await press(pilot, "tab", "enter", "space", "escape")
        assert [choice.id for choice in app.screen.query("Choice")][1] == app.focused.id == chosen
        await press(pilot, "enter")
        assert app.screen.query_one("#agree").value is True
        await press(pilot, "escape", "escape")
        assert isinstance(app.screen, Settings)
        assert official(app) is None


async def test_a_rule_that_stops_is_named_beside_the_account_and_in_full(app_on: Make) -> None:
    app = app_on("organization")
    app.workspace.accounts.state("lumen.home", standing="banned")
    async with app.run_test(size=(80, 24)) as pilot:
        await to_accounts(pilot, app)
        assert "✗ blocked: The account is banned." in text_of(pilot)
        await press(pilot, "enter")
        assert "@lumen.home can't be linked now" in text_of(pilot)
        assert not app.screen.query("#agree, #continue")
        assert app.focused.id == "back"


async def test_unknown_facts_are_confirmed_together_with_the_agreement(app_on: Make) -> None:
    app = app_on("organization")
    app.workspace.accounts.state("lumen.home", identity_verified=None)
    async with app.run_test(size=(80, 24)) as pilot:
        await to_accounts(pilot, app)
        await press(pilot, "enter")
        app.screen.query_one("#confirm").focus()
        await press(pilot, "enter")
        assert official(app) is None
        assert app.focused.id == "agree"
        await press(pilot, "space")
        app.screen.query_one("#confirm").focus()
        await press(pilot, "enter")
        assert app.workspace.shops.status(HOME).official.confirmed == ("account.verified",)


async def test_without_one_the_page_says_what_to_do_and_leads_there(app_on: Make) -> None:
    app = app_on()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter", "tab", "enter")
        assert "None can be linked now" in text_of(pilot)
        await press(pilot, "tab", "enter")
        assert "Lumen Candle Company LLC has no organization account" in text_of(pilot)
        await press(pilot, "enter")
        assert isinstance(app.screen, CreateOrganization)
        await press(pilot, "escape")
        assert isinstance(app.screen, UseExisting)


async def test_an_account_that_another_program_links_meanwhile_ends_the_choice(app_on: Make, clock: StoppedClock) -> None:
    app = app_on("organization")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *TO_CHOICE)
        with Workspace.open(app.path, actor="other", clock=clock) as other:
            other.organizations.create(HOME, contact="new@lumen.example")
        app.poll()
        await press(pilot)
        assert isinstance(app.screen, OfficialAccount)


async def test_an_own_organization_account_typed_by_its_username_is_linked_at_once_too(app_on: Make) -> None:
    app = app_on("organization")
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, *TO_CHOICE, "enter", "type:lumen.home", "tab", "space", "tab", "enter")
        assert str(app.screen.query_one("#continue").label) == "Link"
        assert "It is linked at once" in text_of(pilot)
        assert "✓ Account ── ● Rules ── ○ Linked" in text_of(pilot)  # no authorization, no review
        assert words_of(pilot, "#breadcrumb").endswith("Link an existing organization account")
        await press(pilot, "enter")
        assert official(app) == LinkState.LINKED
        assert "✓ Account ── ✓ Rules ── ● Linked" in text_of(pilot)
        assert "answer for the holder" not in text_of(pilot)


async def test_another_account_has_the_usual_steps_again(app_on: Make) -> None:
    app = app_on("organization")
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, *TO_CHOICE, "enter", "type:lumen.home", "tab", "space", "tab", "enter", "escape")
        assert "● Account ─ ○ Rules ─ ○ Authorize ─ ○ Review ─ ○ Linked" in text_of(pilot)


async def test_a_record_says_next_that_an_own_organization_account_is_linked_at_once(app_on: Make, clock: StoppedClock) -> None:
    app = app_on("record")
    record_with_an_unlinked_organization_account(app, clock)
    async with app.run_test(size=(120, 40)) as pilot:
        await at_rules(pilot, "lumen.org")
        assert "✓ Account ── ● Rules ── ○ Linked" in text_of(pilot)
        assert "48 hours" not in words_of(pilot, "#side")


def record_with_an_unlinked_organization_account(app: ShoplinkApp, clock: StoppedClock) -> str:
    shop = add_shop(app.workspace)
    link = app.workspace.organizations.create(shop.code, username="lumen.org")
    clock.move(DAY)
    app.workspace.links.unlink(link.id)
    return shop.code


async def test_a_record_says_what_to_do_in_seller_center_and_records_the_link(app_on: Make, clock: StoppedClock) -> None:
    app = app_on("record")
    shop = record_with_an_unlinked_organization_account(app, clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter", "tab", "enter", "tab", "enter", "enter")
        assert "Choose Use an existing account, choose @lumen.org" in plain(pilot)
        assert str(app.screen.query_one("#continue").label) == "Record the link…"
        await press(pilot, "space", "tab", "enter", "enter")
        assert official(app, shop) == LinkState.LINKED


async def test_a_record_notes_a_link_that_a_rule_stops(app_on: Make, clock: StoppedClock) -> None:
    app = app_on("record")
    shop = record_with_an_unlinked_organization_account(app, clock)
    app.workspace.accounts.state("lumen.org", region="GB")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot)
        await app.push_screen(LinkOrganization(app.workspace.shops.get(shop).id))
        await press(pilot, "enter")
        app.screen.query_one("#anyway", Button).press()
        await press(pilot)
        assert "Accept it in TikTok, then check this box." in plain(pilot)
        await press(pilot, "space")
        app.screen.query_one("#anyway", Button).press()
        await press(pilot, "enter", "tab", "enter")
        assert official(app, shop) == LinkState.LINKED


async def test_a_record_notes_a_created_account_without_a_contact(app_on: Make) -> None:
    app = app_on("record")
    add_shop(app.workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter", "enter", "enter")
        assert "Email or phone (optional)" in text_of(pilot)
        assert not app.screen.query("#picture")
        await press(pilot, "type:lumen.official", "tab", "tab", "enter")
        assert "Do this in TikTok" in text_of(pilot)
        assert "First admin" not in text_of(pilot)
        await press(pilot, "enter", "enter")
        (summary,) = app.workspace.shops.page().shops
        account = app.workspace.shops.status(summary.shop.code).official_account
        assert (account.username, account.kind, account.email) == ("lumen.official", AccountKind.ORGANIZATION, None)
        await press(pilot, "tab", "enter")
        assert isinstance(app.screen, TeamAccess)
        assert "@lumen.official: its members are not entered" in text_of(pilot)
        assert app.focused.id == "invite"
        await press(pilot, "escape", "escape")
        assert "organization account · created in Seller Center" in text_of(pilot)


async def test_the_last_page_says_how_to_log_in_and_leads_to_the_team(app_on: Make) -> None:
    app = app_on()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter", "enter", "enter", "enter")
        assert "Enter an email or phone" not in text_of(pilot)
        await press(pilot, "enter")
        assert "✗ Enter an email or phone" in text_of(pilot)
        await press(pilot, "type:owner@lumen.example", "enter", "enter")
        for size in ((80, 24), (120, 40)):
            await pilot.resize_terminal(*size)
            await press(pilot)
            shown = plain(pilot)
            for words in (
                "get a verification code and verify yourself",
                "log in with the username @lumen.candle.co",
                "September 2025",
            ):
                assert words in shown
            assert "members invite" not in shown
        await press(pilot, "tab", "enter")
        assert isinstance(app.screen, TeamAccess)
        await press(pilot, "escape", "escape")
        assert isinstance(app.screen, OfficialAccount)


async def test_the_last_page_says_when_the_link_has_ended(app_on: Make, clock: StoppedClock) -> None:
    app = app_on()
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot)
        app.push_screen(CreateOrganization(app.screen.shop_id))
        await press(pilot, "enter", "tab", "type:owner@lumen.example", "enter", "enter")
        assert "Linked successfully" in plain(pilot)
        clock.move(DAY)
        app.workspace.links.unlink(app.screen.link_id)
        app.repaint()
        await press(pilot)
        assert "@lumen.candle.co is no longer your official account." in plain(pilot)
        assert "verification code" not in text_of(pilot)
        await press(pilot, "enter")
        assert not isinstance(app.screen, CreateOrganization)


async def test_the_focused_account_stays_so_when_one_above_is_linked_meanwhile(app_on: Make, clock: StoppedClock) -> None:
    app = app_on("record")
    shop, other = add_shop(app.workspace), add_shop(app.workspace, "Lumen Home")
    for username in ("lumen.one", "lumen.two", "lumen.three"):
        link = app.workspace.organizations.create(shop.code, username=username)
        clock.move(DAY)
        app.workspace.links.unlink(link.id, shop.name)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot)
        app.push_screen(LinkOrganization(shop.id))
        await press(pilot, "down", "down")
        first, _, third = [choice.id for choice in app.screen.query("Choice")]
        assert app.focused.id == third
        username = app.workspace.accounts.by_id(first).username
        app.workspace.links.request(username, other.id, Role.OFFICIAL, agreement=True)
        app.repaint()
        await press(pilot)
        assert app.focused.id == third


async def test_a_choice_without_an_account_is_no_loss_to_leave(app_on: Make) -> None:
    app = app_on("organization")
    async with app.run_test(size=(80, 24)) as pilot:
        await to_accounts(pilot, app)
        assert isinstance(app.screen, LinkOrganization)
        await press(pilot, "escape")
        assert not isinstance(app.screen, LinkOrganization | Confirm)


async def test_continue_that_is_pressed_again_and_again_skips_no_step(app_on: Make) -> None:
    app = app_on()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot)
        place = CreateOrganization(app.screen.shop_id)  # type: ignore[attr-defined]
        app.push_screen(place)
        await press(pilot, "enter", "tab", "type:owner@lumen.example")
        for _ in range(4):
            place.action_next()
        await press(pilot)
        assert place.step == CONFIRM


async def test_the_chosen_account_is_linked_though_another_has_its_username_by_then(app_on: Make) -> None:
    app = app_on("organization")
    async with app.run_test(size=(80, 24)) as pilot:
        await to_accounts(pilot, app)
        chosen = app.workspace.accounts.get("lumen.home")
        await press(pilot, "enter")
        for before, now in (("lumen.home", "lumen.moved"), ("lumen.candles", "lumen.home")):
            app.workspace.accounts.rename(before, now)
        app.repaint()
        await press(pilot, "space", "tab", "enter")
        linked = app.workspace.shops.status(HOME).official
        assert linked
        assert linked.account == chosen.id
