"""The Rules step: notices in their order, rules that pass in one line, buttons for what stops."""

from collections.abc import Callable

import pytest
from textual.pilot import Pilot
from textual.widgets import Button

from core import policy
from core.models import Role
from core.verdict import Outcome
from tests.core.answers import accounts, links, official
from tests.support import add_account, add_shop
from tests.tui.record import now_linked
from tests.tui.support import cut_off, press, text_of, words_of
from tests.tui.test_main_flow import TYPED
from tests.tui.test_snapshots import AGREE, TO_USERNAME
from tui.app import ShoplinkApp
from tui.screens.account_facts import AccountFactsForm
from tui.screens.linked_accounts.marketing import MarketingAccounts
from tui.screens.rules import RuleDetail
from tui.widgets.verdicts import Passing
from tui.wizards.link_existing import LinkExisting, LinkMarketing
from tui.wizards.remedies import REMEDIES
from tui.wizards.unlink import Unlink

Make = Callable[..., ShoplinkApp]
SHOP = "USLCDEMO01"
KINDS = ("You can't undo this", "This changes", "Good to know")


async def check(pilot: Pilot[None], app: ShoplinkApp, wizard: LinkExisting) -> None:
    """Have the rules checked for the account that a wizard is opened with."""
    await press(pilot)
    await app.push_screen(wizard)
    await press(pilot, "tab", "space", "tab", "enter")


@pytest.mark.parametrize("kind", ["practice", "record"])
async def test_what_cannot_be_undone_comes_first_and_the_button_is_seen_on_a_small_screen(app_on: Make, kind: str) -> None:
    app = app_on("new-shop" if kind == "practice" else "record")
    if kind == "record":
        add_shop(app.workspace)
        add_account(app.workspace, "lumen.candles", nickname="Lumen")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *TYPED)
        shown = text_of(pilot)
        assert sorted(KINDS, key=shown.index) == list(KINDS)
        assert "rules pass" in shown
        button = app.screen.query_one("#continue")
        assert app.focused is button
        assert button.region in app.screen.page_column.region
        assert ("In TikTok first:" in shown) == (kind == "record")


async def test_the_rules_that_pass_unfold_and_each_opens_in_full(app_on: Make) -> None:
    app = app_on()
    async with app.run_test(size=(80, 24)) as pilot:
        await check(pilot, app, LinkExisting(app.workspace.shops.get(SHOP).id, username="lumen.candles"))
        passing = app.screen.query_one(Passing)
        assert passing.size.height == 1
        await press(pilot, "shift+tab", "enter")
        assert passing.size.height > len(passing.verdicts) > 8
        await press(pilot, "down", "down")
        await press(pilot, "enter")
        assert isinstance(app.screen, RuleDetail)
        assert app.screen.rule == passing.verdicts[1].rule
        await press(pilot, "escape", "up", "up", "enter")
        assert passing.size.height == 1
        await press(pilot, "down")
        assert app.focused.id == "continue"


async def test_the_words_for_enter_follow_the_cursor_on_the_rules_that_pass(app_on: Make) -> None:
    app = app_on()
    async with app.run_test(size=(80, 24)) as pilot:
        await check(pilot, app, LinkExisting(app.workspace.shops.get(SHOP).id, username="lumen.candles"))
        for keys, hint, footer in (
            (["shift+tab"], "enter to see them", "enter See them"),
            (["enter"], "enter to hide them", "enter Hide them"),
            (["down"], "", "enter Open the rule"),
            (["up"], "enter to hide them", "enter Hide them"),
        ):
            await press(pilot, *keys)
            head = words_of(pilot, "#passing")
            assert (hint in head, " them" in head) == (True, bool(hint))
            assert footer in text_of(pilot).splitlines()[-1]


async def test_the_cursor_in_the_unfolded_rules_stays_in_sight(app_on: Make) -> None:
    app = app_on()
    async with app.run_test(size=(80, 24)) as pilot:
        await check(pilot, app, LinkExisting(app.workspace.shops.get(SHOP).id, username="lumen.candles"))
        await press(pilot, "shift+tab", "enter")
        passing = app.screen.query_one(Passing)
        for verdict in passing.verdicts:
            await press(pilot, "down")
            assert passing.verdicts[passing.cursor] is verdict
            assert verdict.reason in text_of(pilot)
        await press(pilot, "down")
        assert app.focused.id == "continue"


async def test_a_rule_that_stops_has_a_button_that_helps(app_on: Make) -> None:
    app = app_on()
    app.workspace.accounts.state("lumen.candles", region="GB")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *TYPED)
        shown = text_of(pilot)
        assert "Official account in the shop's region" in shown
        assert [button.id for button in app.screen.query("#page Button")] == ["back", "facts", "plan"]
        app.screen.query_one("#facts").focus()
        await press(pilot, "enter")
        assert isinstance(app.screen, AccountFactsForm)
        await press(pilot, "escape")
        app.screen.query_one("#back").focus()
        await press(pilot, "enter")
        assert app.screen.query_one("#username").has_focus


@pytest.mark.parametrize("kind", ["practice", "record"])
async def test_facts_are_to_be_entered_only_where_a_button_saves_them(app_on: Make, kind: str) -> None:
    app = app_on("record" if kind == "record" else "new-shop")
    shop = now_linked(app.workspace).shop if kind == "record" else app.workspace.shops.get(SHOP).id
    if kind == "practice":
        app.workspace.accounts.state("never.seen", nickname="Never Seen")
    async with app.run_test(size=(120, 60)) as pilot:
        await check(pilot, app, LinkExisting(shop, username="never.seen"))
        assert "Region: not entered." in text_of(pilot)
        assert "Enter the missing facts" not in text_of(pilot)
        assert not app.screen.query("#save")
        assert bool(app.screen.query("#confirm")) == (kind == "practice")  # the record's shop has an official account
        assert ("You can confirm these facts yourself." in text_of(pilot)) == (kind == "practice")


async def test_missing_facts_are_entered_in_a_form_with_its_buttons_in_view(app_on: Make) -> None:
    app = app_on("record")
    add_shop(app.workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *TO_USERNAME, "type:never.seen", *AGREE)
        shown = text_of(pilot)
        assert "! 6 facts are missing." in shown
        assert "(optional)" not in shown
        assert "not entered." not in shown  # the fields say so
        assert app.screen.page_column.max_scroll_y == 0
        seen = [button.id for button in app.screen.query("#page Button") if button.region in app.screen.page_column.region]
        assert seen == ["save", "confirm", "back"]
        assert str(app.screen.query_one("#confirm", Button).label) == "Confirm and record…"
        await press(pilot, "type:us")
        app.screen.query_one("#save").focus()
        await press(pilot, "enter", "enter")  # what to record, and now
        assert "! 5 facts are missing." in text_of(pilot)


@pytest.mark.parametrize(("region", "shown"), [("us", "1 fact is missing"), ("gb", "can't be linked now")])
async def test_facts_saved_from_their_last_field_are_asked_about_again(app_on: Make, region: str, shown: str) -> None:
    app = app_on("record")
    shop = add_shop(app.workspace)
    add_account(app.workspace, region=None, identity_verified=None, holder_is_adult=None)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await check(pilot, app, LinkExisting(shop.id, username="lumen.candles"))
        await press(pilot, f"type:{region}", "enter", "type:yes", "enter", "enter", "enter")
        assert shown in text_of(pilot)
        assert "Press z to undo it" in text_of(pilot)


@pytest.mark.parametrize("wizard", [LinkExisting, LinkMarketing])
async def test_what_cannot_be_undone_is_said_above_facts_to_confirm(
    app_on: Make, size: tuple[int, int], wizard: type[LinkExisting]
) -> None:
    app = app_on("record")
    shop = add_shop(app.workspace)
    app.workspace.shops.state(shop.id, unlinks_before=3)
    async with app.run_test(size=size) as pilot:
        await check(pilot, app, wizard(shop.id, username="never.seen"))
        first = words_of(pilot, "Card.notices.-warning")
        assert "becomes a business account" in first
        assert ("an account linked now can never be unlinked" in first) == (wizard is LinkExisting)
        assert cut_off(pilot) == []
        shown = text_of(pilot)
        assert shown.index("You can't undo this") < shown.index("6 facts are missing") < shown.index("Confirm and record…")
        if size == (80, 24):
            await press(pilot, "pagedown")
        assert ("Nickname becomes" if wizard is LinkExisting else "Good to know") in text_of(pilot)


async def test_saving_no_facts_says_what_to_enter(app_on: Make) -> None:
    app = app_on("record")
    shop = add_shop(app.workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await check(pilot, app, LinkExisting(shop.id, username="never.seen"))
        app.screen.query_one("#save").focus()
        await press(pilot, "enter")
        assert "✗ Enter at least one fact, or confirm the facts yourself." in words_of(pilot, "#field-region")
        assert app.focused.id == "region"
        await press(pilot, "type:us")
        assert "✗" not in words_of(pilot, "#field-region")


async def test_the_buttons_of_missing_facts_are_reached_on_the_smallest_screen(app_on: Make) -> None:
    app = app_on("record")
    shop = add_shop(app.workspace)
    async with app.run_test(size=(60, 20)) as pilot:
        await check(pilot, app, LinkExisting(shop.id, username="never.seen"))
        app.screen.query_one("#back").focus()
        await press(pilot)
        assert cut_off(pilot) == []


async def test_nothing_is_next_where_a_rule_stops(app_on: Make) -> None:
    app = app_on()
    app.workspace.accounts.state("lumen.candles", region="GB")
    async with app.run_test(size=(120, 40)) as pilot:
        await check(pilot, app, LinkExisting(app.workspace.shops.get(SHOP).id, username="lumen.candles"))
        assert "can't be linked now" in text_of(pilot)
        assert "─ Next ─" not in text_of(pilot)
        await press(pilot, "escape")
        assert "─ Next ─" in text_of(pilot)


async def test_a_place_that_is_taken_leads_to_what_takes_it(app_on: Make) -> None:
    app = app_on("record")
    link = now_linked(app.workspace)
    add_account(app.workspace, "another.one")
    async with app.run_test(size=(80, 24)) as pilot:
        await check(pilot, app, LinkExisting(link.shop, username="another.one"))
        app.screen.query_one("#unlink").focus()
        await press(pilot, "enter")
        assert isinstance(app.screen, Unlink)


async def test_full_slots_lead_to_the_marketing_accounts(app_on: Make) -> None:
    app = app_on("marketing-full")
    async with app.run_test(size=(80, 24)) as pilot:
        await check(pilot, app, LinkMarketing(app.workspace.shops.get(SHOP).id, username="hearth.room"))
        app.screen.query_one("#slots").focus()
        await press(pilot, "enter")
        assert isinstance(app.screen, MarketingAccounts)


def test_every_rule_that_can_stop_a_request_has_its_remedies() -> None:
    answers = official.ANSWERS | links.ANSWERS | accounts.ANSWERS
    stops = {Outcome.BLOCKED, Outcome.WAIT}
    can_stop = {
        rule for rule, cases in answers.items() for case in cases if case.outcome in stops and "request" in case.moments.split()
    }
    asked = {rule.id for role in Role for rule in policy.load().asked("request", role)}
    assert can_stop <= REMEDIES.keys() <= asked


async def test_an_account_whose_request_still_waits_is_not_linked(app_on: Make) -> None:
    app = app_on("just-linked")
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "enter", "2", "enter")
        assert isinstance(app.screen, LinkMarketing)
        card = " ".join(line.rpartition("  │ ")[2].strip(" │") for line in text_of(pilot).splitlines())
        assert "Linked to nothing Requested Quillfern Paper" in " ".join(card.split())
