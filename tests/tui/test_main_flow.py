"""The main flow on the screens, with the keyboard alone."""

from collections.abc import Callable

from textual.pilot import Pilot

from core.models import LinkState, Standing
from core.workspace import Workspace
from tests.tui.support import press, text_of
from tui.app import ShoplinkApp
from tui.dialogs.confirm import Confirm
from tui.messages import OpenFromList
from tui.place import Place
from tui.screens.linked_accounts.official import OfficialAccount
from tui.wizards.link_existing import RULES, LinkExisting

TYPED = ("enter", "tab", "enter", "enter", "type:lumen.candles", "tab", "space", "tab", "enter")
"""The keys from the settings to the rules page for @lumen.candles."""


async def at_rules(pilot: Pilot[None], username: str = "lumen.candles") -> LinkExisting:
    """Open the page where the rules say whether this can be the official account of the shop on the screen."""
    await press(pilot)
    assert isinstance(pilot.app.screen, Place)
    place = LinkExisting(pilot.app.screen.shop_id, username=username)
    place.agreed = True
    place.set_reactive(LinkExisting.step, RULES)
    pilot.app.push_screen(place)
    await press(pilot)
    return place


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


async def test_what_was_typed_before_is_not_lost_on_a_later_step(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on()
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, *TYPED)
        assert app.screen.step == RULES
        app.screen.post_message(OpenFromList("history", app.screen.shop_id))
        await press(pilot)
        assert "Leave without saving?" in text_of(pilot)
        await press(pilot, "enter")
        assert app.screen.step == RULES


async def test_a_mistake_is_shown_beside_its_field_while_typing(app_on: Callable[..., ShoplinkApp]) -> None:
    async with app_on().run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await press(pilot, "enter", "tab", "enter", "enter", "type:bad name")
        assert "A username can't contain" in text_of(pilot)
        await press(pilot, "ctrl+u", "type:bad")
        assert "A username can't contain" not in text_of(pilot)
        await press(pilot, "full_stop")
        assert "✗ A username can't end with a period." in text_of(pilot)


async def test_only_facts_that_were_shown_as_unknown_are_confirmed(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on()
    accounts, links = app.workspace.accounts, app.workspace.links
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        place = await at_rules(pilot)
        for act, fact in ((place.action_request, "region"), (place.action_confirm, "standing")):
            accounts.state("lumen.candles", **{fact: None})
            act()  # at once: the next poll would paint the rules again
            await press(pilot)
            assert "Not possible" in text_of(pilot)
            assert links.find() == ()
            app.clear_notifications()
            app.poll()
            await press(pilot)
        accounts.state("lumen.candles", standing=Standing.GOOD)
        app.poll()
        await press(pilot)
        app.screen.query_one("#confirm").focus()
        await press(pilot, "enter")
        (link,) = links.find()
        assert link.confirmed == ("official.region-match",)


async def test_a_rejection_shows_the_reason_and_restarts_with_the_username(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("rejected")
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await press(pilot, "enter")
        assert "third party's logo" in text_of(pilot)
        await press(pilot, "enter")
        assert app.screen.query_one("#username").value == "brindle.and.oat"


async def test_a_request_can_be_cancelled_and_asks_first(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("in-review")
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await press(pilot, "enter", "x", "x", "x")  # the key that asks does not confirm
        assert "its slot is free again" in text_of(pilot)
        assert app.focused.id == "keep"
        await press(pilot, "enter")
        assert app.workspace.shops.status("USLCDEMO01").official.state == LinkState.IN_REVIEW
        await press(pilot, "x", "tab", "enter")
        assert app.workspace.shops.status("USLCDEMO01").official is None


async def test_cancelling_a_request_in_the_wizard_closes_the_wizard(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("in-review")
    link = app.workspace.shops.status("USLCDEMO01").official
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await press(pilot, "enter")
        app.push_screen(LinkExisting(link.shop, link_id=link.id))
        await press(pilot, "x", "enter")
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
        assert "Enter the shop's name." in text_of(pilot)
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


async def test_what_was_typed_is_discarded_only_after_asking(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("linked")
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await press(pilot, "escape", "a", "type:Birch")
        place = app.screen
        await press(pilot, "escape")
        assert isinstance(app.screen, Confirm)
        await press(pilot, "enter")
        assert app.screen is place
        await press(pilot, "escape", "tab", "enter")
        assert place not in app.screen_stack
