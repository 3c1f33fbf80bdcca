"""The shop's places at the left of a wide screen: moving, entering, going back."""

from collections.abc import Callable

from tests.tui.support import HISTORY, key_event, press, text_of
from tui.app import ShoplinkApp
from tui.dialogs.confirm import Confirm
from tui.dialogs.save_as import SaveAs
from tui.places import Places
from tui.screens.compare import Compare
from tui.screens.history import HistoryPlace
from tui.screens.linked_accounts.marketing import MarketingAccounts
from tui.screens.linked_accounts.official import OfficialAccount
from tui.screens.rules import Rules
from tui.screens.settings import Settings
from tui.screens.shop_page import ShopPage
from tui.screens.shops import Shops
from tui.wizards.link_existing import LinkExisting

Make = Callable[..., ShoplinkApp]
WIDE, NORMAL = (120, 40), (80, 24)


def above(app: ShoplinkApp) -> list[str]:
    """The names of the screens, the lowest first."""
    return [type(screen).__name__ for screen in app.screen_stack]


async def test_a_shop_opens_in_its_list_where_moving_opens_places_without_stacking_them(app_on: Make) -> None:
    app = app_on("linked")
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot)
        assert above(app) == ["OfficialAccount"]
        assert isinstance(app.focused, Places)
        assert app.focused.marked == "linked_accounts.official"
        for place in (ShopPage, None, None, HistoryPlace):
            await press(pilot, "down")
            assert len(above(app)) == 1
            assert isinstance(app.focused, Places)
            assert place is None or isinstance(app.screen, place)


async def test_the_keys_of_a_narrow_screen_lead_to_the_same_places_on_a_wide_one(app_on: Make) -> None:
    app = app_on("linked")
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, *HISTORY)
        assert isinstance(app.screen, HistoryPlace)
        await press(pilot, "escape", "down", "enter")
        assert isinstance(app.screen, Rules)
        await press(pilot, "escape", "escape")
        assert above(app) == ["Shops"]
        await press(pilot, "enter", "enter", "2")
        assert isinstance(app.screen, MarketingAccounts)


async def test_a_burst_of_keys_opens_only_where_it_ends(app_on: Make) -> None:
    app = app_on("linked")
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot)
        for _ in range(6):
            app.post_message(key_event("down"))
        await press(pilot)
        places = app.screen.query_one(Places)
        assert places.marked == places.here
        assert isinstance(app.screen, Compare)
        assert len(above(app)) == 1


async def test_escape_goes_from_what_a_page_opened_to_the_page_the_list_and_shops(app_on: Make) -> None:
    app = app_on("linked")
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "enter", "f6")
        assert above(app) == ["OfficialAccount", "Rules"]
        await press(pilot, "escape")
        assert above(app) == ["OfficialAccount"]
        assert not isinstance(app.focused, Places)
        await press(pilot, "escape")
        assert isinstance(app.focused, Places)
        await press(pilot, "escape")
        assert isinstance(app.screen, Shops)


async def test_a_wizard_is_left_by_enter_in_the_list_only_after_a_question(app_on: Make) -> None:
    app = app_on("new-shop")
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "enter", "down", "enter", "enter", "type:lumen")
        app.screen.query_one(Places).focus()
        await press(pilot, "down")
        assert isinstance(app.screen, LinkExisting)
        await press(pilot, "enter")
        assert isinstance(app.screen, Confirm)
        await press(pilot, "enter")
        assert isinstance(app.screen, LinkExisting)
        await press(pilot, "enter", "right", "enter")
        assert above(app) == ["ShopPage"]


async def test_a_click_in_the_list_enters_a_place(app_on: Make) -> None:
    app = app_on("linked")
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot)
        row = next(y for y, line in enumerate(text_of(pilot).splitlines()) if "Compare" in line)
        await pilot.click(offset=(6, row))
        await press(pilot)
        assert isinstance(app.screen, Compare)


async def test_a_narrower_window_keeps_the_place_and_a_wider_one_shows_the_list(app_on: Make) -> None:
    app = app_on("linked")
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "down")
        await pilot.resize_terminal(*NORMAL)
        await press(pilot)
        assert isinstance(app.screen, ShopPage)
        await press(pilot, "escape")
        assert isinstance(app.screen, Settings)
        await pilot.resize_terminal(*WIDE)
        await press(pilot)
        assert isinstance(app.screen, ShopPage)
        assert isinstance(app.focused, Places)


async def test_q_asks_to_quit_and_types_where_something_is_typed(app_on: Make) -> None:
    app = app_on("linked")
    async with app.run_test(size=NORMAL) as pilot:
        await press(pilot, "escape", "slash", "q")
        assert app.focused.value == "q"
        await press(pilot, "escape", "q")
        assert isinstance(app.screen, Confirm)
        await press(pilot, "enter")
        assert app.is_running
        await press(pilot, "q", "right", "enter")
        await pilot.pause()
    assert app.return_code == 0


async def test_a_colon_opens_the_palette(app_on: Make) -> None:
    app = app_on("linked")
    async with app.run_test(size=NORMAL) as pilot:
        await press(pilot, "colon")
        assert "Palette" in type(app.screen).__name__


async def test_the_footer_says_what_enter_does_and_how_to_quit(app_on: Make) -> None:
    app = app_on("linked")
    async with app.run_test(size=NORMAL) as pilot:
        for keys, words in {(): "enter Open", ("enter", "2"): "enter Choose", ("escape", "up", "enter"): "enter Rename"}.items():
            await press(pilot, *keys)
            footer = text_of(pilot).splitlines()[-1]
            assert words in footer
            assert "^q Quit" in footer


async def test_a_short_page_has_a_row_below_its_path_and_a_full_one_has_none(app_on: Make) -> None:
    app = app_on("new-shop")
    async with app.run_test(size=NORMAL) as pilot:
        await press(pilot)
        assert text_of(pilot).splitlines()[2] == ""  # Settings
        await press(pilot, "enter")
        assert "Official Account" in text_of(pilot).splitlines()[2]  # benefits and two choices fill it
        await press(pilot, "tab", "enter", "enter", "type:lumen.candles", "tab", "space", "tab", "enter")
        assert text_of(pilot).splitlines()[2] == ""  # the rules
        await press(pilot, "enter")
        assert "Authorize" in text_of(pilot).splitlines()[2]  # the QR code
        await press(pilot, "d", "a", "escape")
        assert text_of(pilot).splitlines()[2] == ""  # authorized: a short page again


async def test_a_dialog_over_settings_stays_open_when_the_window_gets_wide(app_on: Callable[..., ShoplinkApp]) -> None:
    app = app_on("linked")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "f4")
        await pilot.resize_terminal(120, 40)
        await press(pilot)
        assert isinstance(app.screen, SaveAs)
        await press(pilot, "escape")
        assert isinstance(app.screen, OfficialAccount)  # with the list at its left
