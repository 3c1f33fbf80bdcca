"""Shop information: the effect of a rename is shown before it is saved."""

from collections.abc import Callable
from datetime import datetime

import pytest
from textual.widgets import Button, Input

from core.models import Probation
from tests.support import DAY, NOW, add_shop
from tests.tui.record import now_linked
from tests.tui.support import INFORMATION, press, text_of, words_of
from tui.app import ShoplinkApp
from tui.messages import OpenPlace
from tui.widgets.card import Card

Make = Callable[..., ShoplinkApp]
SHOP = "USLCDEMO01"


async def test_a_rename_shows_its_effect_before_it_is_saved(app_on: Make) -> None:
    app = app_on("linked")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *INFORMATION, "r", "type: Studio")
        assert "@lumen.candles becomes “Lumen Candle Co. Studio”" in text_of(pilot)
        assert app.workspace.shops.get(SHOP).name == "Lumen Candle Co."
        await press(pilot, "enter", "enter")
        assert app.workspace.shops.get(SHOP).name == "Lumen Candle Co. Studio"
        assert app.workspace.accounts.get("lumen.candles").nickname == "Lumen Candle Co. Studio"


async def test_a_name_that_is_not_touched_follows_the_shops(app_on: Make) -> None:
    app = app_on("linked")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *INFORMATION, "r")
        app.workspace.shops.rename(SHOP, "Lumen Lights")
        app.repaint()
        await press(pilot)
        assert (app.focused.value, words_of(pilot, "#name-now")) == ("Lumen Lights", "Lumen Lights")
        assert "12 characters: the name it has now" in words_of(pilot, "#field-name")
        await press(pilot, "tab")
        assert (app.focused.id, app.screen.is_begun()) == ("keep", False)


async def test_a_name_that_another_program_gives_first_has_no_effect_left_to_read(app_on: Make) -> None:
    app = app_on("linked")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *INFORMATION, "r", "ctrl+u", "type:Lumen Lights")
        assert app.screen.is_begun()
        app.workspace.shops.rename(SHOP, "Lumen Lights")
        app.repaint()
        await press(pilot)
        assert "12 characters: the name it has now" in words_of(pilot, "#field-name")
        await press(pilot, "tab")
        assert (app.focused.id, app.screen.is_begun()) == ("keep", False)


async def test_a_name_that_was_typed_stays_when_the_shop_is_renamed_meanwhile(app_on: Make) -> None:
    app = app_on("linked")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *INFORMATION, "r", "type: Studio")
        app.workspace.shops.rename(SHOP, "Lumen Lights")
        app.repaint()
        await press(pilot)
        assert words_of(pilot, "#name-now") == "Lumen Lights"
        assert app.screen.is_begun()
        await press(pilot, "enter", "enter")
        assert app.workspace.shops.get(SHOP).name == "Lumen Candle Co. Studio"


async def test_a_record_says_where_to_rename_first_and_then_records_it(app_on: Make) -> None:
    app = app_on("record")
    shop = add_shop(app.workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *INFORMATION)
        assert "Record the rename…" in words_of(pilot, "#page")
        await press(pilot, "r", "type: Studio")
        assert "Change the shop's name there first." in words_of(pilot, "#todo")
        assert [str(button.label) for button in app.screen.query(Button)] == ["Record the rename…", "Cancel"]
        await press(pilot, "enter", "enter", "enter")
        assert app.workspace.shops.get(shop.id).name == "Lumen Candle Co. Studio"


async def test_a_name_longer_than_a_nickname_is_saved_with_a_notice(app_on: Make) -> None:
    app = app_on("linked")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *INFORMATION, "r", "type: and everything that burns in it")
        assert not app.screen.query_one("#rename").disabled
        shown = words_of(pilot, "#field-name")
        assert "! The name has 48 characters; TikTok nicknames have at most 30." in shown
        assert "! A shop's name has at most 40 characters." in shown
        assert shown.count("48 characters") == 1
        await press(pilot, "enter", "enter")
        assert app.workspace.shops.get(SHOP).name.endswith("everything that burns in it")


async def test_what_was_entered_of_a_shop_is_corrected_on_a_form(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("record")
    shop = add_shop(app.workspace)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, *INFORMATION)
        assert "made up by shoplink: enter TikTok's" in words_of(pilot, "#page")
        app.screen.query_one("#correct", Button).press()
        await press(pilot)
        app.screen.query_one("#code", Input).value = "USLCMAPLE1"
        app.screen.query_one("#before", Input).value = "many"
        await press(pilot)
        app.screen.query_one("#save", Button).press()
        await press(pilot)
        assert "Earlier unlinks are not a number from 0 to 1000." in words_of(pilot, "#page")
        app.screen.query_one("#before", Input).value = "1"
        app.screen.query_one("#legal", Input).value = "Maple LLC"
        app.screen.query_one("#probation", Input).value = "over"
        await press(pilot)
        app.screen.query_one("#save", Button).press()
        await press(pilot, "enter")
        found = app.workspace.shops.get(shop.id)
        assert (found.code, found.code_is_made_up, found.unlinks_before, found.probation) == ("USLCMAPLE1", False, 1, "over")
        assert app.workspace.shops.seller(found).entity.legal_name == "Maple LLC"
        assert app.screen.key == "shop_information"


async def test_a_correction_that_changes_nothing_records_nothing(app_on: Make) -> None:
    app = app_on("record")
    shop = add_shop(app.workspace)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await press(pilot)
        before = app.workspace.history.page(shop=shop.id).events
        app.post_message(OpenPlace("correct_shop", shop.id))
        await press(pilot, "type:united states")
        app.screen.query_one("#save", Button).press()
        await press(pilot)
        assert "Nothing changed." in text_of(pilot)
        assert app.screen.key == "settings"
        assert app.workspace.history.page(shop=shop.id).events == before


async def test_what_another_program_recorded_first_is_not_said_to_be_recorded_here(app_on: Make) -> None:
    app = app_on("record")
    shop = add_shop(app.workspace)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await press(pilot)
        app.post_message(OpenPlace("correct_shop", shop.id))
        await press(pilot)
        app.screen.query_one("#before", Input).value = "2"
        await press(pilot)
        app.screen.query_one("#save", Button).press()
        await press(pilot)
        app.workspace.shops.state(shop.id, unlinks_before=2)
        await press(pilot, "enter")
        assert "Nothing changed." in text_of(pilot)
        assert "Recorded" not in text_of(pilot)
        assert app.newest_entry is None


async def test_moment_and_note_are_kept_while_a_mistake_on_the_page_is_corrected(app_on: Make) -> None:
    app = app_on("record")
    shop, other = add_shop(app.workspace), add_shop(app.workspace, "Maple Wick")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot)
        app.post_message(OpenPlace("correct_shop", shop.id))
        for code in (other.code, "USTT001"):
            await press(pilot)
            app.screen.query_one("#code", Input).value = code
            await press(pilot)
            app.screen.query_one("#save", Button).press()
            await press(pilot, *(["tab", "type:ticket 12"] if code == other.code else []), "enter")
        assert app.workspace.shops.get(shop.id).code == "USTT001"
        assert app.workspace.history.page(shop=shop.id).events[0].note == "ticket 12"


async def test_a_code_that_tiktok_gave_is_corrected_but_not_removed(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("record")
    shop = app.workspace.shops.state(add_shop(app.workspace).id, code="USLCMAPLE1")
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot)
        app.post_message(OpenPlace("shop_information", shop.id))
        await press(pilot)
        app.screen.query_one("#correct", Button).press()
        await press(pilot)
        app.screen.query_one("#code", Input).value = ""
        await press(pilot)
        app.screen.query_one("#save", Button).press()
        await press(pilot, "enter")
        assert "Enter a code." in words_of(pilot, "#field-code")
        assert app.workspace.shops.get(shop.id).code == "USLCMAPLE1"


@pytest.mark.parametrize(
    ("nickname", "words"),
    [
        (None, "Nickname not entered for @lumen.candles"),
        ("Lumen Candle Co.", "@lumen.candles has the same name"),
        ("Lumen", "@lumen.candles is called “Lumen”: differs"),
    ],
)
async def test_the_accounts_nickname_is_compared_with_the_shops_name(app_on: Make, nickname: str | None, words: str) -> None:
    app = app_on("record")
    now_linked(app.workspace)
    app.workspace.accounts.state("lumen.candles", nickname=nickname)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot)
        app.post_message(OpenPlace("shop_information", app.screen.shop_id))
        await press(pilot)
        assert words in words_of(pilot, "#page")


@pytest.mark.parametrize(
    ("probation", "end", "words"),
    [
        (None, None, "Not entered"),
        (Probation.OVER, None, "✓ Over"),
        (Probation.ACTIVE, None, "The shop is in its probation period. Its end is not entered."),
        (Probation.ACTIVE, NOW + 10 * DAY, "It ends in 10 d"),
        (Probation.ACTIVE, NOW - DAY, "✓ Over"),
    ],
)
async def test_the_probation_that_was_entered_is_shown(
    app_on: Make, probation: Probation | None, end: datetime | None, words: str
) -> None:
    app = app_on("record")
    shop = app.workspace.shops.state(add_shop(app.workspace).id, probation=probation, probation_until=end)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot)
        app.post_message(OpenPlace("shop_information", shop.id))
        await press(pilot)
        (card,) = [card for card in app.screen.query(Card) if "Probation" in str(card.border_title)]
        assert words in " ".join(" ".join(str(part.render()) for part in card.query("*")).split())
