"""Accounts: every account with what it could be here, its facts on a form, and what changed in TikTok."""

import re
from collections.abc import Callable

import pytest
from textual.message import Message
from textual.widgets import Button, Input

from core.models import AccountKind, LinkState, Role, Standing
from core.verdict import Outcome
from core.workspace import Workspace
from tests.support import LUMEN, add_account, add_shop, linked
from tests.tui.support import press, text_of, words_of
from tui.app import ShoplinkApp
from tui.messages import OpenAccount, OpenAccountFacts, OpenLinkWizard, OpenPlace


async def test_each_account_is_listed_with_what_it_could_be_here(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("just-linked")
    add_account(app.workspace, "porch.glow")
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot)
        app.post_message(OpenPlace("accounts", app.screen.shop_id))
        await press(pilot)
        rows = {option.prompt.plain.split()[0]: option.prompt.plain for option in app.screen.query_one("#rows").options}
        assert "● linked" in rows["@quillfern.notes"]
        assert "◔ waiting" in rows["@ink.and.moss"]
        assert "✗ slot taken" in rows["@porch.glow"]
        assert "✓ now" in rows["@porch.glow"]
        await press(pilot, "slash", "type:porch", "enter", "enter")
        assert (app.screen.key, app.screen.account.username) == ("account", "porch.glow")


async def test_a_row_says_in_whole_words_what_stops_an_account(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("blocked")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot)
        app.post_message(OpenPlace("accounts", app.screen.shop_id))
        for size in ((80, 24), (120, 40)):
            await pilot.resize_terminal(*size)
            await press(pilot)
            rows = app.screen.query_one("#rows")
            said = {option.id: option.prompt for option in rows.options}
            shorts = [rule.short for rule in app.workspace.policy.rules.values() if rule.short]
            assert any("✗ not eligible" in row.plain for row in said.values())
            for row in said.values():
                assert row.cell_length <= rows.size.width - 2
                stopped = re.findall(r"✗ (.+?)(?= +[✓✗◔?●]|$)", row.plain)
                assert set(stopped) <= set(shorts), row.plain


@pytest.mark.parametrize("role", Role)
async def test_an_account_with_a_role_here_is_not_said_to_be_blocked_for_it(
    app_on: Callable[..., ShoplinkApp], role: Role
) -> None:
    app = app_on("linked")
    shop = app.workspace.shops.page(limit=1).shops[0].shop.id
    link = next(link for link in app.workspace.links.find(shop=shop, state=LinkState.LINKED) if link.role == role)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot)
        app.post_message(OpenAccount(shop, link.account))
        await press(pilot)
        assert f"● linked as this shop's {role} account" in words_of(pilot, "#side")
        assert not app.screen.query(f"#plan-{role}")


def test_every_rule_that_stops_a_request_has_a_short_name_for_a_row(app_on: Callable[..., ShoplinkApp]) -> None:
    workspace = app_on("blocked").workspace
    stopped = {
        verdict.rule
        for shop in workspace.shops.page().shops
        for account in workspace.accounts.find()
        for role in Role
        for verdict in workspace.links.check(account.username, shop.shop.id, role).verdicts
        if verdict.outcome == Outcome.BLOCKED
    }
    assert len(stopped) > 8
    assert [rule for rule in stopped if not workspace.policy.rules[rule].short] == []


async def test_facts_are_entered_on_a_form_and_every_mistake_is_beside_its_field(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("record")
    add_shop(app.workspace)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot)
        app.post_message(OpenAccountFacts(app.workspace.shops.page().shops[0].shop.id))
        await press(pilot, "type:@Maple.Wick")
        screen = app.screen
        screen.query_one("#region", Input).value = "Narnia"
        screen.query_one("#email", Input).value = "nobody"
        screen.query_one("#kind", Input).value = "personal"
        await press(pilot)  # what was typed reaches the form
        screen.query_one("#save", Button).press()
        await press(pilot)
        assert "✗" in text_of(pilot)
        screen.query_one("#region", Input).value = "us"
        screen.query_one("#email", Input).value = "owner@maple.example"
        screen.query_one("#standing", Input).value = "good"
        screen.query_one("#identity_verified", Input).value = "yes"
        await press(pilot)  # what was typed reaches the form
        screen.query_one("#save", Button).press()
        await press(pilot, "enter")
        account = app.workspace.accounts.get("maple.wick")
        assert (account.region, account.kind, account.standing) == ("US", AccountKind.PERSONAL, Standing.GOOD)
        assert (account.identity_verified, account.holder_is_adult, account.nickname) == (True, None, None)
        assert app.screen.key == "account"
        await press(pilot, "e")
        app.screen.query_one("#standing", Input).value = ""
        await press(pilot)
        app.screen.query_one("#save", Button).press()
        await press(pilot, "enter")
        assert app.workspace.accounts.get("maple.wick").standing is None


async def test_facts_that_do_not_change_are_not_recorded(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("record")
    shop = add_shop(app.workspace)
    account = add_account(app.workspace, "maplewick", region="US", entity=LUMEN)
    before = app.workspace.history.page(account="maplewick").events
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await press(pilot)
        app.post_message(OpenAccount(shop.id, account.id))
        await press(pilot, "e")
        app.screen.query_one("#region", Input).value = "united states"
        await press(pilot)
        app.screen.query_one("#save", Button).press()
        await press(pilot)
        assert app.screen.key == "account"
        assert "Nothing changed." in text_of(pilot)
        await press(pilot, "n", "type:@MapleWick", "enter")
        assert app.screen.key == "account"
        assert "Nothing changed." in text_of(pilot)
        assert app.newest_entry is None
    assert app.workspace.history.page(account="maplewick").events == before


async def test_a_changed_username_keeps_links_and_history_and_the_former_name_finds_it(
    app_on: Callable[..., ShoplinkApp],
) -> None:
    app = app_on("record")
    shop = add_shop(app.workspace)
    account = add_account(app.workspace, "maplewick")
    linked(app.workspace, shop, "maplewick")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot)
        app.post_message(OpenAccount(shop.id, account.id))
        await press(pilot, "n", "type:@Maple.Wick", "enter", "enter")
        status = app.workspace.shops.status(shop.id)
        assert status.official is not None
        assert status.official.username == "maple.wick"
        assert app.workspace.accounts.get("maplewick").username == "maple.wick"
        assert "@maple.wick" in text_of(pilot)
        await press(pilot, "escape", "z")
        assert "@maplewick" in text_of(pilot)


@pytest.mark.parametrize(
    "opens",
    [
        OpenAccountFacts,
        lambda shop: OpenPlace("already_linked.official", shop),
        lambda shop: OpenLinkWizard("link_existing", shop),
    ],
)
async def test_a_former_username_is_told_where_it_is_typed(
    app_on: Callable[..., ShoplinkApp], opens: Callable[[str], Message]
) -> None:
    app = app_on("record")
    shop = add_shop(app.workspace)
    app.workspace.accounts.state("wick", region="US")
    app.workspace.accounts.rename("wick", "wickstudio")
    said = "@wick is a former username of @wickstudio. This is about @wickstudio."
    async with app.run_test(size=(80, 30)) as pilot:
        await press(pilot)
        app.post_message(opens(shop.id))
        await press(pilot, "type:@wick", "tab")
        assert said in words_of(pilot, "#page")
        if app.screen.key == "link_existing":
            app.screen.agreed = True
            app.screen.action_check()
            await press(pilot)
            assert said in words_of(pilot, "#page")
        if app.screen.key == "account_facts":
            app.screen.action_save()
            await press(pilot)
            assert "facts of @wickstudio" in str(app.screen.query_one("#dialog").border_title)


def rename_elsewhere(app: ShoplinkApp, *changes: tuple[str, str]) -> None:
    """Change usernames in another program."""
    with Workspace.open(app.path, actor="kim", clock=app.clock) as other:
        for before, now in changes:
            other.accounts.rename(before, now)


async def test_an_accounts_page_stays_with_its_account_as_usernames_change(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("record")
    shop = add_shop(app.workspace)
    account, _ = add_account(app.workspace, "maplewick"), add_account(app.workspace, "wicks", nickname="The other")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot)
        app.post_message(OpenAccount(shop.id, account.id))
        await press(pilot, "n", "type:@maple", "enter", "enter", "z", "shift+tab", "type:Wrong", "enter")
        assert "Accounts › @maplewick" in text_of(pilot)  # undone on the page
        rename_elsewhere(app, ("maplewick", "maple"), ("wicks", "maplewick"))
        app.poll()
        await press(pilot)
        assert "Accounts › @maple\n" in text_of(pilot)
        assert "The other" not in text_of(pilot)


async def test_facts_are_saved_for_the_account_of_the_form_as_usernames_change(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("record")
    account, other = add_account(app.workspace, "maplewick"), add_account(app.workspace, "wicks")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot)
        app.post_message(OpenAccountFacts(None, account.id))
        await press(pilot, "ctrl+u", "type:Maple")
        app.screen.query_one("#save", Button).press()
        await press(pilot)
        rename_elsewhere(app, ("maplewick", "maple"), ("wicks", "maplewick"))
        app.poll()
        await press(pilot)
        assert "Accounts › @maple ›" in text_of(pilot)
        await press(pilot, "enter")
        now = app.workspace.accounts.by_id
        assert (now(account.id).nickname, now(other.id).nickname) == ("Maple", other.nickname)


async def test_an_accounts_page_shows_every_fact_that_was_entered(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("record")
    shop, accounts = add_shop(app.workspace), app.workspace.accounts
    account = add_account(app.workspace, "maple", kind=AccountKind.BUSINESS, standing=None, entity=LUMEN)
    accounts.rename("maple", "maplewick")
    accounts.convert("maplewick")
    confirmed = ["account.good-standing"]
    app.workspace.links.request("maplewick", shop.code, Role.MARKETING, agreement=True, confirmed=confirmed)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot)
        app.post_message(OpenAccount(shop.id, account.id))
        await press(pilot)
        shown = words_of(pilot, "#page")
        assert "Legal entity Lumen Candle Company LLC, 84-1234567 (US) Updated by TikTok Mon Nov 23, 2:05 PM" in shown
        assert "Trial ends Tue Dec 8, 2:05 PM" in shown
        assert "Former usernames @maple Confirmed standing" in shown


async def test_tiktoks_update_and_the_end_of_its_trial_are_recorded(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("record")
    shop = add_shop(app.workspace)
    account = add_account(app.workspace, "maplewick", kind=AccountKind.BUSINESS)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot)
        app.post_message(OpenAccount(shop.id, account.id))
        await press(pilot)
        app.screen.query_one("#convert", Button).press()
        await press(pilot, "enter")
        assert app.workspace.accounts.get("maplewick").kind == AccountKind.ORGANIZATION
        app.screen.query_one("#cancel-trial", Button).press()
        await press(pilot, "enter")
        account = app.workspace.accounts.get("maplewick")
        assert (account.kind, account.converted_at) == (AccountKind.BUSINESS, None)


async def test_enter_records_no_end_of_a_trial_that_began_under_the_focus(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("record")
    account = add_account(app.workspace, "maplewick", kind=AccountKind.BUSINESS)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot)
        app.post_message(OpenAccount(None, account.id))
        await press(pilot)
        app.screen.query_one("#convert", Button).focus()
        app.workspace.accounts.convert("maplewick")
        app.repaint()
        await press(pilot, "enter", "enter")
        assert app.workspace.accounts.get("maplewick").converted_at


async def test_an_account_on_which_nothing_rests_can_be_removed(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("record")
    shop = add_shop(app.workspace)
    account = add_account(app.workspace, "maplewick")
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot)
        app.post_message(OpenAccount(shop.id, account.id))
        await press(pilot)
        app.screen.query_one("#remove", Button).press()
        await press(pilot, "tab", "enter", "enter")
        assert app.workspace.accounts.find() == ()
        assert app.screen.key != "account"


async def test_an_account_of_a_live_link_cannot_be_removed(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("record")
    shop = add_shop(app.workspace)
    account = add_account(app.workspace, "maplewick")
    linked(app.workspace, shop, "maplewick", Role.MARKETING)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot)
        app.post_message(OpenAccount(shop.id, account.id))
        await press(pilot)
        assert not app.screen.query("#remove")
