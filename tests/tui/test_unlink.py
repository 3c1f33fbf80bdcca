"""Unlink: what ends, as the rules answer."""

from collections.abc import Callable

import pytest

from core.models import LinkState
from tests.support import DAY, StoppedClock
from tests.tui.record import HOUR, now_linked
from tests.tui.support import INFORMATION, press, text_of, words_of
from tui.app import ShoplinkApp
from tui.messages import OpenLinkWizard, OpenUnlink
from tui.screens.linked_accounts.existing import UseExisting
from tui.screens.linked_accounts.official import OfficialAccount
from tui.widgets.beside import Moments
from tui.widgets.card import Card
from tui.widgets.countdown import Countdown
from tui.wizards.link_existing import LinkExisting, LinkMarketing
from tui.wizards.link_organization import LinkOrganization
from tui.wizards.unlink import Unlink

OFFICIAL = ("The account keeps its name, but no longer follows the shop's", "The Shop Page ends")
CODES = "Seller Center gives no login codes until it is linked again"


async def test_what_ends_is_shown(app_on: Callable[..., ShoplinkApp]) -> None:
    async with app_on("organization").run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter", "u")
        shown = " ".join(text_of(pilot).replace("│", " ").split())
        assert all(text in shown for text in (*OFFICIAL, CODES))


async def test_an_unlinked_marketing_account_frees_its_slot(app_on: Callable[..., ShoplinkApp]) -> None:
    async with app_on("linked").run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter", "2", "u")
        shown = " ".join(text_of(pilot).replace("│", " ").split())
        assert "no longer sells for this shop, and its slot is free" in shown
        assert not any(text in shown for text in OFFICIAL)


async def test_after_an_unlink_the_page_says_what_is_left_and_what_can_be_done_now(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("linked")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter", "u")
        assert "login codes" not in text_of(pilot)  # which only an organization account has
        await press(pilot, "tab", "enter")
        shown = " ".join(text_of(pilot).replace("│", " ").split())
        assert "@lumen.candles is no longer your official account" in shown
        assert "Unlinks 2 of 3 unlinks left" in shown
        assert "it keeps “Lumen Candle Co.”" in shown
        assert app.focused.id == "next"
        await press(pilot, "enter")
        assert isinstance(app.screen, UseExisting)
        await press(pilot, "escape")
        assert isinstance(app.screen, OfficialAccount)
        now = "This shop has no official account now. @lumen.candles was unlinked today. 2 of 3 unlinks left."
        assert now in words_of(pilot, "#page")
        await press(pilot, "escape", *INFORMATION)
        assert "no official account now" in text_of(pilot)


async def test_after_a_marketing_account_was_unlinked_another_can_be_linked(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("linked")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter", "2", "u", "tab", "enter")
        assert "is no longer your marketing account" in text_of(pilot)
        await press(pilot, "enter")
        assert isinstance(app.screen, LinkMarketing)


async def test_beside_an_unlink_stand_the_account_what_is_due_and_the_rules(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("just-linked")
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "enter", "u")
        titles = [card.title.plain for card in app.screen.side_column.query(Card)]
        assert titles == ["@quillfern.notes", "Reminders", "Rules here"]
        due = "".join(line.plain for line in app.screen.side_column.query(Moments).first().lines(40))
        assert "@quillfern.notes can be unlinked" in due


async def test_no_wait_is_counted_down_where_an_account_can_never_be_unlinked(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("unlinks-used-up")
    without = next(one.shop for one in app.workspace.shops.page().shops if not app.workspace.shops.status(one.shop.id).official)
    link = app.workspace.organizations.create(without.id, contact="owner@lumen.example")
    async with app.run_test(size=(80, 24)) as pilot:
        app.open(OpenUnlink(without.id, link.id))
        await press(pilot)
        shown = text_of(pilot)
        assert "can't be unlinked" in shown
        assert "This shop has used all 3 unlinks" in shown
        assert "Possible in" not in shown
        assert "This changes" not in shown


@pytest.mark.parametrize(("scenario", "left"), [("linked", True), ("unlinks-used-up", False)])
async def test_only_what_can_be_done_is_offered(app_on: Callable[..., ShoplinkApp], scenario: str, left: bool) -> None:
    app = app_on(scenario)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter")
        shown = text_of(pilot)
        assert ("Unlink…" in shown, "Replace…" in shown, "u Unlink" in shown) == (left, left, left)
        assert ("u About unlinking" in shown) != left
        await press(pilot, "u")
        assert isinstance(app.screen, Unlink)
        assert ("can't be unlinked" in text_of(pilot)) != left


async def test_no_unlink_is_offered_as_a_remedy_where_none_is_left(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("unlinks-used-up")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter")
        app.open(OpenLinkWizard("link_existing", app.screen.shop_id))
        await press(pilot)
        await press(pilot, "type:harbor.linens", "tab", "space", "tab", "enter")
        assert "One official account per shop" in text_of(pilot)
        assert "Unlink…" not in text_of(pilot)


async def test_the_last_unlink_says_what_it_means_for_the_next_account(app_on: Callable[..., ShoplinkApp]) -> None:
    async with app_on("last-unlink").run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter", "u")
        assert "An official account linked later can never be unlinked." in " ".join(text_of(pilot).replace("│", " ").split())


@pytest.mark.parametrize("hours", [1, 48])
async def test_the_last_unlink_of_a_record_asks_for_the_name_before_its_date(
    app_on: Callable[..., ShoplinkApp], clock: StoppedClock, hours: int
) -> None:
    app = app_on("record")
    link = now_linked(app.workspace, unlinks_before=2)
    clock.move(hours * HOUR)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter", "u")
        app.screen.query_one("#do").focus()
        await press(pilot, "enter")
        assert "✗ Enter the shop's name." in words_of(pilot, "#field-name")
        await press(pilot, "type:Lumen Candle Co.", "enter", "enter", "enter", *([] if hours > 24 else ["tab", "enter"]))
        assert app.workspace.links.get(link.id).state == LinkState.UNLINKED


async def test_the_last_unlink_is_possible_once_the_wait_has_ended_while_the_name_is_typed(
    app_on: Callable[..., ShoplinkApp], clock: StoppedClock
) -> None:
    app = app_on("record")
    now_linked(app.workspace, unlinks_before=2)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter", "u")
        app.screen.query_one("#name").focus()
        await press(pilot, "type:Lumen")
        clock.move(DAY)
        app.screen.query_one(Countdown)._tick()
        await press(pilot)
        assert "◔ Possible now" in text_of(pilot)
        await press(pilot, "tab")
        assert "TikTok did this anyway" not in text_of(pilot)


async def test_a_mistake_in_the_shops_name_ends_when_the_shop_is_renamed(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("last-unlink")
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "enter", "u")
        app.screen.query_one("#do").focus()
        await press(pilot, "enter")
        app.screen.query_one("#keep").focus()
        await press(pilot)
        assert "✗" in words_of(pilot, "#field-name")
        app.repaint()
        await press(pilot)
        assert "✗" in words_of(pilot, "#field-name")
        app.workspace.shops.rename(app.screen.shop_id, "Lumen Lights")
        app.repaint()
        await press(pilot)
        assert words_of(pilot, "#field-name").endswith("Lumen Lights")


@pytest.mark.parametrize("wizard", [LinkExisting, LinkMarketing, LinkOrganization])
async def test_the_last_page_of_a_wizard_says_when_its_link_has_ended(
    app_on: Callable[..., ShoplinkApp], wizard: type[LinkExisting]
) -> None:
    app = app_on("record")
    link = now_linked(app.workspace, wizard.role)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot)
        app.push_screen(wizard(link.shop, link_id=link.id))
        await press(pilot, "t", "enter")
        assert "● Linked" in text_of(pilot)
        assert "@lumen.candles is no longer your" in words_of(pilot, "#page")
        assert app.focused.id == "done"
