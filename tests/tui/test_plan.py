"""What it takes: the steps until an account is linked, worked out while its username is typed."""

from collections.abc import Callable

import pytest
from textual.widgets import Button, Input

from core.models import Role
from tests.support import add_account, add_shop
from tests.tui.support import press, text_of, words_of
from tui.app import ShoplinkApp
from tui.messages import OpenAccount, OpenLinkWizard, OpenPlan


async def test_the_steps_follow_what_is_typed_and_the_first_one_is_opened(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("linked")
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot)
        app.post_message(OpenPlan(app.screen.shop_id, Role.OFFICIAL))
        await press(pilot, "type:@wax.and.wic")
        assert "There is no account @wax.and.wic" in text_of(pilot)
        await press(pilot, "k")
        shown = text_of(pilot)
        assert "What it takes: 6 steps" in shown
        assert "1  Unlink @wax.and.wick   you" in shown
        assert "2  Unlink @lumen.candles   you" in shown
        assert "uses an unlink: 2 of 3 will be left" in shown
        await press(pilot, "enter", "enter")
        assert app.screen.key == "unlink"


async def test_leaving_the_field_with_a_choice_focuses_the_button_of_its_steps(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("record")
    shop = add_shop(app.workspace)
    add_account(app.workspace)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot)
        app.post_message(OpenPlan(shop.id, Role.OFFICIAL))
        await press(pilot, "type:lum", "down", "tab")
        assert "1  Request the link with @lumen.candles" in text_of(pilot)
        assert app.focused is app.screen.query_one("#begin")


async def test_a_record_plans_for_a_username_it_has_not_seen_and_says_so(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("record")
    shop = add_shop(app.workspace)
    add_account(app.workspace, "lumen.candles")
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot)
        app.post_message(OpenPlan(shop.id, Role.OFFICIAL))
        await press(pilot, "type:lumen.candle")
        said = words_of(pilot, "#unseen")
        assert "There is no account @lumen.candle in this workspace. Did you mean lumen.candles?" in said
        assert "1 Enter the missing facts about @lumen.candle," in words_of(pilot, "#way")
        await press(pilot, "s")
        assert not app.screen.query("#unseen")
        assert "Any TikTok account. Nothing is saved." in text_of(pilot)
        await press(pilot, "!")
        assert not app.screen.query("#unseen")
        assert "Can't be linked now" in text_of(pilot)


async def test_the_steps_follow_other_programs_while_the_field_has_the_focus(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("new-shop")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot)
        app.post_message(OpenPlan(app.screen.shop_id, Role.OFFICIAL, "ember.nights"))
        await press(pilot)
        assert "What it takes: 5 steps" in text_of(pilot)
        field = app.focused
        app.workspace.accounts.state("ember.nights", identity_verified=True)
        app.repaint()
        await press(pilot)
        assert "What it takes: 4 steps" in text_of(pilot)
        assert app.focused is field is app.screen.query_one("#username")
        await press(pilot, "enter")
        assert app.focused.id == "begin"


async def test_a_way_that_does_not_exist_is_reported_with_the_rule(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("blocked")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot)
        app.post_message(OpenPlan(app.screen.shop_id, Role.OFFICIAL, "gone.for.good"))
        await press(pilot)
        assert "Can't be linked now" in text_of(pilot)
        assert not app.screen.query("#begin")


@pytest.mark.parametrize(("role", "username"), [(Role.OFFICIAL, "wax.and.wick"), (Role.MARKETING, "lumen.candles")])
async def test_an_account_that_is_stopped_leads_to_what_it_takes(
    app_on: Callable[..., ShoplinkApp], role: Role, username: str
) -> None:
    app = app_on("linked")
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot)
        app.post_message(OpenAccount(app.screen.shop_id, app.workspace.accounts.get(username).id))
        await press(pilot)
        app.screen.query_one(f"#plan-{role}", Button).press()
        await press(pilot)
        assert (app.screen.key, app.screen.role) == ("plan", role)


@pytest.mark.parametrize("typed", ["wax", "@wax"])
async def test_known_accounts_are_suggested_while_typing(app_on: Callable[..., ShoplinkApp], typed: str) -> None:
    app = app_on("linked")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot)
        app.post_message(OpenPlan(app.screen.shop_id, Role.OFFICIAL))
        await press(pilot, f"type:{typed}", "down", "enter")
        assert app.screen.query_one("#username", Input).value == "@wax.and.wick"
        app.post_message(OpenLinkWizard("link_existing", app.screen.shop_id))
        await press(pilot, f"type:{typed}", "down", "enter")
        assert app.screen.query_one("#username", Input).value == "@wax.and.wick"


async def test_what_is_told_of_a_step_wraps_under_its_own_beginning(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("blocked")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot)
        app.post_message(OpenPlan(app.workspace.shops.get("USLCFREE01").id, Role.OFFICIAL, "not.verified"))
        await press(pilot)
        lines = text_of(pilot).replace("│", " ").splitlines()
        first = next(number for number, line in enumerate(lines) if "1  Verify the identity" in line)
        begins = [len(line) - len(line.lstrip()) for line in lines[first : first + 3]]
        assert begins == [begins[0], begins[0] + 3, begins[0] + 3]


async def test_what_is_typed_while_the_program_ends_stops_nothing(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("linked")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot)
        app.post_message(OpenPlan(app.screen.shop_id, Role.OFFICIAL))
        await press(pilot)
        plan, removing = app.screen, app.screen.way.remove_children

        async def removed_when_it_ends() -> None:
            await removing()
            app.exit()

        plan.way.remove_children = removed_when_it_ends
        await plan.typed(Input.Changed(plan.query_one(Input), "late"))
        assert not plan.way.children
    assert app.return_code == 0
