"""The main flow on the screens, with the keyboard alone."""

from collections.abc import Callable

import pytest

from core.models import LinkState
from core.workspace import Workspace
from tests.tui.support import press, text_of
from tui.app import ShoplinkApp
from tui.dialogs.confirm import Confirm
from tui.screens.linked_accounts.official import OfficialAccount
from tui.wizards.link_existing import LinkExisting

TYPED = ("enter", "tab", "enter", "enter", "type:lumen.candles", "tab", "space", "tab", "enter")
"""The keys from the settings to the rules page for @lumen.candles."""


async def test_an_existing_account_goes_from_nothing_linked_to_linked_is_unlinked_and_an_organization_account_follows(
    app_on: Callable[..., ShoplinkApp],
) -> None:
    app = app_on()
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        status = lambda: app.workspace.shops.status("USLCDEMO01")  # noqa: E731
        await press(pilot, *TYPED)
        assert "You can't undo this" in text_of(pilot)
        await press(pilot, "enter")
        assert status().official.state == LinkState.AWAITING_AUTHORIZATION
        assert "authorizes in" in text_of(pilot)
        await press(pilot, "d", "a", "escape")
        assert status().official.state == LinkState.AUTHORIZED
        await press(pilot, "l")
        assert status().official.state == LinkState.IN_REVIEW
        await press(pilot, "d", "y", "escape")
        assert status().official.state == LinkState.LINKED
        await press(pilot, "enter")
        assert "● Linked" in text_of(pilot)
        await press(pilot, "d", "t", "escape", "u")
        assert "This uses unlink 1 of 3" in text_of(pilot)
        await press(pilot, "tab", "enter")
        assert status().unlinks_used == 1
        assert status().official is None
        assert "is no longer your official account" in text_of(pilot)
        assert "2 of 3 unlinks left" in text_of(pilot)
        await press(pilot, "tab", "enter", "enter", "tab", "type:owner@lumen.example", "tab", "enter", "enter")
        assert status().official.state == LinkState.LINKED
        assert "Log into org account" in text_of(pilot)
        await press(pilot, "enter")
        assert "organization account · created here" in text_of(pilot)


async def test_back_keeps_what_was_typed_and_leaving_asks_once(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on()
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await press(pilot, *TYPED, "escape")
        assert app.screen.query_one("#username").value == "lumen.candles"
        assert app.screen.query_one("#agree").value is True
        await press(pilot, "escape")
        assert "Leave without saving?" in text_of(pilot)
        assert app.focused.id == "keep"
        await press(pilot, "enter")
        assert app.screen.query_one("#username").value == "lumen.candles"
        await press(pilot, "escape", "tab", "enter")
        assert "Choose the account you have" in text_of(pilot)
        await press(pilot, "escape")
        assert "Choose your next step" in text_of(pilot)
        assert app.workspace.links.find() == ()


async def test_a_mistake_is_shown_beside_its_field_while_typing(app_on: Callable[..., ShoplinkApp]) -> None:
    async with app_on().run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await press(pilot, "enter", "tab", "enter", "enter", "type:bad name")
        assert "A username can't contain" in text_of(pilot)
        await press(pilot, *["backspace"] * 5)
        assert "A username can't contain" not in text_of(pilot)
        await press(pilot, "full_stop")
        assert "✗ A username can't end with a period." in text_of(pilot)


async def test_without_the_agreement_the_rules_are_not_reached(app_on: Callable[..., ShoplinkApp]) -> None:
    async with app_on().run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await press(pilot, "enter", "tab", "enter", "enter", "type:lumen.candles", "tab", "tab", "enter")
        assert "Accept the agreement" in text_of(pilot)


async def test_an_account_stopped_by_a_rule_shows_the_rule_and_what_to_do(app_on: Callable[..., ShoplinkApp]) -> None:
    async with app_on().run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await press(pilot, "enter", "tab", "enter", "enter", "type:ember.nights", "tab", "space", "tab", "enter")
        shown = text_of(pilot)
        assert "Its identity is not verified" in shown
        assert "Identity verified" in shown
        assert not pilot.app.screen.query("#continue, #confirm")


async def test_a_fact_that_becomes_unknown_after_the_rules_were_shown_is_not_confirmed_by_continuing(
    app_on: Callable[..., ShoplinkApp],
) -> None:
    app = app_on()
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await press(pilot, *TYPED)
        app.workspace.accounts.state("lumen.candles", region=None)
        app.screen.action_request()  # at once: the next poll would paint the rules again
        await press(pilot)
        assert "Not possible" in text_of(pilot)
        assert app.workspace.links.find() == ()


async def test_only_the_facts_that_were_shown_as_unknown_are_confirmed(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on()
    app.workspace.accounts.state("lumen.candles", region=None)
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await press(pilot, *TYPED)
        app.workspace.accounts.state("lumen.candles", standing=None)
        app.screen.action_confirm()
        await press(pilot)
        assert "Not possible" in text_of(pilot)
        assert app.workspace.links.find() == ()


async def test_facts_that_were_shown_as_unknown_are_confirmed_by_the_button_that_says_so(
    app_on: Callable[..., ShoplinkApp],
) -> None:
    app = app_on()
    app.workspace.accounts.state("lumen.candles", region=None)
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await press(pilot, *TYPED, "tab", "enter")
        (link,) = app.workspace.links.find()
        assert link.confirmed == ("official.region-match",)


async def test_a_rejection_shows_the_reason_and_restarts_with_the_username(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("in-review")
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await press(pilot, "enter", "d", "r", "enter", "escape")
        assert "third party's logo" in text_of(pilot)
        await press(pilot, "enter")
        assert app.screen.query_one("#username").value == "lumen.candles"


async def test_a_request_can_be_cancelled_and_asks_first(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("in-review")
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await press(pilot, "enter", "x", "enter")
        assert app.workspace.shops.status("USLCDEMO01").official.state == LinkState.IN_REVIEW
        await press(pilot, "x", "tab", "enter")
        assert app.workspace.shops.status("USLCDEMO01").official is None


async def test_cancelling_a_request_in_the_wizard_closes_the_wizard(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on()
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await press(pilot, *TYPED, "enter", "x", "enter")
        assert isinstance(app.screen, LinkExisting)
        await press(pilot, "x", "tab", "enter")
        assert isinstance(app.screen, OfficialAccount)
        assert app.workspace.shops.status("USLCDEMO01").official is None


async def test_the_last_unlink_asks_for_the_shops_name(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("last-unlink")
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await press(pilot, "enter", "u")
        app.screen.query_one("#do").focus()
        await press(pilot, "enter")
        assert app.workspace.shops.status("USLCDEMO01").unlinks_used == 2
        assert "That isn't the shop's name." in text_of(pilot)
        app.screen.query_one("#name").value = ""
        app.screen.query_one("#name").focus()
        await press(pilot)
        await press(pilot, "type:Lumen Candle Co.", "tab", "tab", "enter")
        assert app.workspace.shops.status("USLCDEMO01").unlinks_used == 3
        assert app.workspace.shops.status("USLCDEMO01").official is None


async def test_changes_by_another_program_are_shown_without_a_key(app_on: Callable[..., ShoplinkApp]) -> None:

    app = app_on("in-review")
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await press(pilot, "enter")
        with Workspace.open(app.path, actor="other", clock=app.clock) as other:
            other.links.approve(other.links.find()[0].id)
        app.poll()
        await press(pilot)
        assert "● Linked" in text_of(pilot)


async def test_a_marketing_account_is_linked_when_its_holder_accepts(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on()
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await press(
            pilot, "enter", "2", "enter", "type:wax.and.wick", "tab", "space", "tab", "enter", "enter", "d", "a", "escape"
        )
        assert [link.state for link in app.workspace.shops.status("USLCDEMO01").marketing] == [LinkState.LINKED]
        await press(pilot, "enter")
        assert "@wax.and.wick" in text_of(pilot)
        assert "1 of 4" in text_of(pilot)


async def test_start_over_restores_the_scenarios_start(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on()
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await press(pilot, *TYPED, "enter", "escape", "d", "t", "s", "enter", "escape")
        assert app.workspace.links.find() == ()
        assert not app.workspace.shifted_by


async def test_a_window_that_is_too_small_says_so_and_loses_nothing(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on()
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await press(pilot, "enter", "tab", "enter", "enter", "type:lumen")
        await pilot.resize_terminal(40, 12)
        await press(pilot)
        assert "too small" in text_of(pilot)
        await pilot.resize_terminal(80, 24)
        await press(pilot)
        assert app.screen.query_one("#username").value == "lumen"


async def test_a_first_run_adds_a_shop_and_shows_a_mistake_at_its_field(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("")
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await press(pilot, "tab", "enter", "type:Lumen", "enter", "type:XX", "enter", "type:Lumen LLC", "enter", "enter")
        await press(pilot, "type:84-1", "enter", "type:US", *["enter"] * 4)
        assert "is not in the list" in text_of(pilot)
        app.screen.query_one("#region").value = "US"
        app.screen.query_one("#add").focus()
        await press(pilot)
        await press(pilot, "enter")
        assert [summary.shop.name for summary in app.workspace.shops.page().shops] == ["Lumen"]
        assert "Settings" in text_of(pilot)


async def test_a_first_run_practices_with_a_scenario(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("")
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await press(pilot, "enter", "enter")
        assert app.workspace.scenario == "new-shop"
        assert "PRACTICE" in text_of(pilot)


@pytest.mark.parametrize("keys", [("up", "enter", "r", "type: Studio"), ("escape", "a", "type:Birch")], ids=["rename", "add"])
async def test_what_was_typed_is_discarded_only_after_asking(app_on: Callable[..., ShoplinkApp], keys: tuple[str, ...]) -> None:
    app = app_on("linked")
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await press(pilot, *keys)
        place = app.screen
        await press(pilot, "escape")
        assert isinstance(app.screen, Confirm)
        await press(pilot, "enter")
        assert app.screen is place
        await press(pilot, "escape", "tab", "enter")
        assert place not in app.screen_stack


async def test_what_sends_a_request_to_review_has_one_name(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("new-shop")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *TYPED, "enter", "d", "a", "escape")
        wizard = text_of(pilot)
        await press(pilot, "escape")
        for shown in (wizard, text_of(pilot)):
            assert "▌  Link" in shown
            assert "l Link" in shown
            assert "Send to review  " not in shown.splitlines()[-1]
            assert "▌  Send to review" not in shown
