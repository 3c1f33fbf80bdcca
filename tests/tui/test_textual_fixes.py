"""Faults of Textual that end or hang the program, each with what a person does to meet it."""

import asyncio
import errno
from collections.abc import Callable
from io import StringIO
from unittest.mock import Mock

import pytest
from textual import events
from textual.app import ComposeResult
from textual.command import CommandList
from textual.css.query import NoMatches
from textual.drivers._writer_thread import MAX_QUEUED_WRITES, WriterThread
from textual.geometry import Size
from textual.pilot import Pilot
from textual.screen import ModalScreen
from textual.widgets import Button, Input, OptionList
from textual.widgets._toast import Toast
from textual.widgets.option_list import Option

from tests.tui.support import burst, press, text_of, until
from tui import capture
from tui.app import ShoplinkApp
from tui.desk.chooser import Chooser
from tui.dialogs.confirm import Confirm
from tui.dialogs.guide import Where
from tui.dialogs.save_as import SaveAs
from tui.messages import OpenPlace
from tui.palette import Finder, Palette
from tui.screens.history import HistoryPlace
from tui.screens.linked_accounts.official import OfficialAccount
from tui.screens.settings import Settings
from tui.screens.shop_information import RenameShop
from tui.screens.shops import Shops
from tui.screens.welcome import Practice
from tui.terminal_fixes import HangupSafeFile
from tui.textual_fixes import SafeApp, SafePalette
from tui.widgets.rows import Rows
from tui.wizards.create_organization import INFORMATION, TYPE, CreateOrganization

Make = Callable[..., ShoplinkApp]


def resized(pilot: Pilot[None], *sizes: tuple[int, int]) -> None:
    """The terminal's sizes, one right after the other."""
    for width, height in sizes:
        assert pilot.app._driver is not None
        pilot.app._driver._size = width, height
        pilot.app.post_message(events.Resize(Size(width, height), Size(width, height)))


async def test_a_dialog_that_is_answered_twice_closes_once(app_on: Make) -> None:
    app = app_on("linked")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "w")
        sheet = app.screen
        assert isinstance(sheet, Where)
        sheet.dismiss()
        sheet.dismiss()
        await press(pilot)
        assert isinstance(app.screen, Settings)


async def test_a_dialog_that_is_answered_under_another_closes_after_it(app_on: Make) -> None:
    app = app_on("linked")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "w")
        sheet = app.screen
        await press(pilot, "f4")
        assert isinstance(app.screen, SaveAs)
        sheet.dismiss()  # type: ignore[attr-defined]
        await press(pilot)
        assert isinstance(app.screen, SaveAs)
        await press(pilot, "escape")
        assert isinstance(app.screen, Settings)


async def test_a_place_is_left_once(app_on: Make) -> None:
    app = app_on("linked")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter", "f6")
        place = app.screen
        for _ in range(3):
            place.action_back()  # type: ignore[attr-defined]
        await press(pilot)
        assert isinstance(app.screen, OfficialAccount), app.screen_stack


async def test_a_dialog_that_is_left_before_it_is_made_is_passed_over(app_on: Make) -> None:
    app = app_on("linked")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot)
        for dialog in (Chooser("linked"), Palette()):
            app.push_screen(dialog)
            dialog.dismiss()
            await press(pilot)
        assert isinstance(app.screen, Settings)


async def test_a_palette_over_what_was_left_with_it_is_passed_over(app_on: Make) -> None:
    app = app_on("linked")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot)
        app.push_screen(Palette())
        app.pop_screen()
        app.screen.action_back()  # type: ignore[attr-defined]
        await press(pilot)
        assert isinstance(app.screen, Shops)


async def test_a_click_on_the_palette_comes_after_the_terminal_became_smaller(app_on: Make) -> None:
    app = app_on("linked")
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "ctrl+p")
        palette = app.screen
        await pilot.resize_terminal(80, 24)
        await press(pilot)
        click = events.Click(palette, 110, 30, 0, 0, 1, False, False, False, screen_x=110, screen_y=30)
        click._set_forwarded()
        palette.post_message(click)
        await press(pilot)
        assert app.screen is palette


async def test_page_keys_come_before_the_palette_has_its_rows(app_on: Make) -> None:
    app = app_on("linked")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot)
        burst(pilot, "ctrl+p", "pagedown", "pageup", "pagedown")
        await until(pilot, lambda: isinstance(app.screen, Palette) and bool(app.screen.query_one(CommandList).option_count))
        assert app.is_running


async def test_a_palette_that_stands_when_the_program_is_left_is_searched_no_more(app_on: Make) -> None:
    app = app_on("linked")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "ctrl+p")
        palette = app.screen
        assert isinstance(palette, Palette)
        assert app.is_there(palette)
        await palette.query_one(CommandList).remove()
        app._exit = True  # from here on its widgets go one by one, and the search goes on until the end is there
        assert not app.is_there(palette)
        search = palette._gather_commands("rules")
        await asyncio.wait([search._task])
        assert isinstance(search.error, NoMatches)
        app.exit()
    assert app._exception is None


async def test_the_palette_is_opened_again_before_the_one_that_was_left_is_gone(app_on: Make) -> None:
    app = app_on("linked")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot)
        for _ in range(3):
            app.action_command_palette()
            app.pop_screen()
        app.action_command_palette()
        await press(pilot)
        await until(pilot, lambda: isinstance(app.screen, Palette) and bool(app.screen.query_one(CommandList).option_count))


async def test_the_themes_are_found_in_the_safe_palette(app_on: Make) -> None:
    app = app_on("linked")
    async with app.run_test(size=(80, 24)) as pilot:
        app.search_themes()
        await press(pilot)
        assert isinstance(app.screen, SafePalette)
        burst(pilot, "pagedown", "pageup")
        await until(pilot, lambda: "nord" in text_of(pilot))


@pytest.mark.parametrize("width", [1, 2, 4, 5])
async def test_no_window_is_too_narrow_for_a_list_of_options(width: int) -> None:
    class Narrow(SafeApp):
        def compose(self) -> ComposeResult:
            yield OptionList("A text that wraps")

    app = Narrow()
    async with app.run_test(size=(width, 5)) as pilot:
        await pilot.pause()
        assert app.is_running


async def test_two_sizes_that_come_at_once_do_not_follow_each_other_forever(app_on: Make) -> None:
    app = app_on("linked")
    count = 0
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot)
        screen = app.screen
        resize = screen._screen_resized

        def counted(size: Size) -> None:
            nonlocal count
            count += 1
            assert count < 100
            resize(size)

        screen._screen_resized = counted  # type: ignore[method-assign]
        resized(pilot, (100, 30))
        await asyncio.sleep(0)
        for _ in range(5):
            for size in (Size(127, 51), Size(100, 30)):  # with a key between them, else the later takes the place of the other
                screen.post_message(events.Resize(size, size))
                screen.post_message(events.Key("x", "x"))
            await asyncio.sleep(0.003)
        await press(pilot)
        assert screen.region.size == (100, 30)


async def test_a_button_is_pressed_on_what_was_removed(app_on: Make) -> None:
    app = app_on("linked")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot)
        text = app.screen.query_one("#breadcrumb")
        x, y = text.region.x + 3, text.region.y
        with app.batch_update():  # it is gone, and still where it was until the next layout
            await text.remove()
            assert text.parent is None
            await app.on_event(events.MouseDown(None, x, y, 0, 0, 1, False, False, False, x, y))
        await press(pilot)
        assert app.is_running


async def test_a_click_on_a_row_that_is_gone_is_passed_over(app_on: Make) -> None:
    app = app_on("agency")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "escape")
        rows = app.screen.query_one(Rows)
        style = app.screen.get_style_at(rows.region.x + 4, rows.region.y + 2)
        assert style.meta.get("option")
        rows.clear_options()
        rows.add_option(Option("the only one"))
        rows.post_message(events.Click(rows, 4, 2, 0, 0, 1, False, False, False, style=style))
        await press(pilot)
        assert isinstance(app.screen, Shops)


async def test_what_comes_after_the_program_was_left_is_passed_over(app_on: Make) -> None:
    app = app_on("linked")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot)
        app.exit()
    for event in (events.Key("escape", None), events.Paste("wax"), events.AppFocus(), events.AppBlur()):  # its screens are gone
        await app.on_event(event)


async def test_a_palette_that_is_opened_as_the_program_is_left_is_passed_over(app_on: Make) -> None:
    app = app_on("linked")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot)
        app.search_themes()
        app._exit = True  # from here on Textual makes no widgets, and the palette looks for some until the end is there
        for _ in range(30):
            await asyncio.sleep(0)
        app.exit()
    assert app._exception is None


async def test_a_practice_workspace_is_made_once_however_often_it_is_chosen(app_on: Make) -> None:
    app = app_on("")
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await press(pilot, "enter")
        place = app.screen
        assert isinstance(place, Practice)
        rows = place.query_one(OptionList)
        rows.action_select()
        rows.action_select()
        await until(pilot, lambda: isinstance(app.screen, OfficialAccount))
        assert "Not possible" not in text_of(pilot)
        assert "already" not in text_of(pilot)
        app.workspace.close()


async def test_a_place_that_was_left_with_its_shop_tells_nothing(app_on: Make) -> None:
    app = app_on("linked")
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await press(pilot)
        place = RenameShop(app.screen.shop_id)  # type: ignore[attr-defined]
        app.push_screen(place)
        await press(pilot)
        place.post_message(Input.Changed(place.query_one(Input), "Wax"))
        app.start_scenario("new-shop")
        await until(pilot, lambda: app.workspace.scenario == "new-shop" and place not in app.screen_stack)
        await press(pilot)
        assert "There is no shop" not in text_of(pilot)


async def test_a_button_that_is_heard_after_its_dialog_closed_leaves_the_page_behind(app_on: Make) -> None:
    app = app_on("linked")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot)
        page = app.screen
        app.push_screen(Confirm("Really?", "It cannot be undone.", keep="Keep it", do="Do it"))
        await press(pilot)
        burst(pilot, "enter", "escape")
        await press(pilot)
        assert app.screen is page


async def test_what_was_typed_before_the_page_was_painted_anew_is_kept(app_on: Make) -> None:
    app = app_on("new-shop")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot)
        place = CreateOrganization(app.screen.shop_id)  # type: ignore[attr-defined]
        app.push_screen(place)
        await press(pilot)
        place.go(INFORMATION)
        await press(pilot)
        burst(pilot, "w", "a", "x", "escape")
        await press(pilot)
        assert place.step == TYPE
        assert place.typed["username"] == "wax"


async def test_what_was_typed_in_a_list_before_it_was_painted_anew_is_kept_and_taken_back(app_on: Make) -> None:
    app = app_on("linked")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot)
        place = HistoryPlace(app.screen.shop_id)  # type: ignore[attr-defined]
        app.push_screen(place)
        await press(pilot)
        field = place.query_one("#filter", Input)
        place.repaint()
        await press(pilot)
        place.post_message(Input.Changed(field, "linked"))
        await press(pilot)
        assert field is not place.query_one("#filter", Input)
        assert place.query_one("#filter", Input).value == "linked"
        await press(pilot, "escape")
        assert not place.filter
        await press(pilot, "escape")
        assert isinstance(app.screen, Settings)


async def test_what_a_dialog_shows_behind_it_is_never_what_stands_over_it(app_on: Make) -> None:
    app = app_on("linked")
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await press(pilot, "w", "f9")
        where, chooser = app.screen_stack[-2:]
        assert (type(where), type(chooser)) == (Where, Chooser)
        for dialog in (where, chooser):  # the mouse moves while the one opens over the other
            dialog.refresh()
            dialog.get_style_at(0, 0)
        assert "shoplink  Lumen Candle Co." in text_of(pilot)  # of the place behind both


async def test_half_a_character_that_is_pasted_ends_nothing(app_on: Make) -> None:
    app = app_on("new-shop")
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await press(pilot, "enter", "enter", "enter", "type:a\udfffb")
        assert isinstance(app.screen, CreateOrganization)
        assert app.is_running


def test_what_is_written_to_a_terminal_that_has_gone_is_waited_for_by_nobody() -> None:
    class Gone(StringIO):
        def write(self, text: str) -> int:
            raise OSError(errno.EIO, "Input/output error")

        def flush(self) -> None:
            self.write("")

        def fileno(self) -> int:
            return 2

    thread = WriterThread(HangupSafeFile(Gone()))  # type: ignore[arg-type]
    thread.start()
    for _ in range(3 * MAX_QUEUED_WRITES):
        thread.write("painted")
    thread.stop()
    assert not thread.is_alive()


async def test_the_program_is_left_from_a_dialog_too(app_on: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    app = app_on("linked")
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await press(pilot, "enter")
        for key in ("d", "w", "question_mark", "f9", "f4", "f7", "ctrl+p"):
            await press(pilot, key)
            assert isinstance(app.screen, ModalScreen), key
            with monkeypatch.context() as staying:
                staying.setattr(app, "exit", left := Mock())
                await press(pilot, "ctrl+q")
                left.assert_called_once()
            await press(pilot, "escape")
        await press(pilot, "w")
        await pilot.press("ctrl+q")
        assert app._exit


async def test_a_dialog_in_a_few_columns_comes_to_rest(app_on: Make) -> None:
    app = app_on("in-review")
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await press(pilot, "escape", "d")
        await pilot.resize_terminal(10, 32)
        await until(pilot, lambda: not app.screen._layout_required)
        for _ in range(20):
            await pilot.pause()
        assert not app.screen._layout_required


async def test_a_rule_that_the_palette_opens_twice_in_a_burst_is_two_screens(app_on: Make) -> None:
    app = app_on("linked")
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await press(pilot)
        _, _, run, _ = next(Finder(app.screen)._rules())
        run()
        run()
        await press(pilot)
        first, second = app.screen_stack[-2:]
        assert first is not second
        assert second.is_current


async def test_a_button_stays_where_it_is_under_the_mouse(app_on: Make) -> None:
    app = app_on("new-shop")
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot)
        place = CreateOrganization(app.screen.shop_id)  # type: ignore[attr-defined]
        app.push_screen(place)
        await press(pilot)
        place.go(INFORMATION)
        await press(pilot)
        button = place.query_one("#back")
        before = button.region
        await pilot.hover("#back", offset=(before.width - 1, 1))
        await press(pilot)
        assert button.mouse_hover
        assert button.region == before


async def test_a_program_that_has_ended_is_not_waited_for(app_on: Make) -> None:
    app = app_on("linked")
    painted = []

    async def run() -> None:
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot)
            app.call_next(lambda: 1 // 0)
            await pilot.pause()
            painted.append(await asyncio.wait_for(app.screen.wait_for_refresh(), 10))

    with pytest.raises(ZeroDivisionError):
        await run()
    assert painted == [False]


async def test_a_screen_that_is_closed_is_not_waited_for(app_on: Make) -> None:
    app = app_on("linked")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot)
        settings = app.screen
        app.leave(settings)
        await press(pilot)
        assert not await asyncio.wait_for(settings.wait_for_refresh(), 10)
        assert await asyncio.wait_for(app.screen.wait_for_refresh(), 10)


async def test_the_button_of_a_closed_screen_does_nothing_on_another(app_on: Make) -> None:
    app = app_on("linked")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter", "f4")
        dialog = app.screen
        await press(pilot, "escape")
        assert isinstance(app.screen, OfficialAccount)
        for came_from in (dialog, None):  # None: its button is already removed
            await app.run_action("screen.back", came_from)
            await press(pilot)
            assert isinstance(app.screen, OfficialAccount)


async def test_what_is_being_removed_takes_no_focus_so_that_keys_still_reach_the_screen(app_on: Make) -> None:
    app = app_on("in-review")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter", "d", "s")
        desk = app.screen
        button = desk.query_one("#restart", Button)
        button.remove()  # as when the Desk is painted again
        desk.set_focus(button)  # as by a click at that moment
        await press(pilot, "escape", "escape")
        assert app.screen is not desk


async def test_the_page_behind_a_dialog_shows_what_was_done_in_a_burst_without_another_key(app_on: Make) -> None:
    app = app_on("linked")
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "d")
        burst(pilot, "p", "p", "p", "p")
        await until(pilot, lambda: "28 products" in capture.text(app))


async def test_a_toast_that_is_made_as_it_expires_does_not_hang_the_program(
    app_on: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = app_on("linked")
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        app.notify("Saved.")
        await press(pilot)
        (notification,) = app._notifications
        monkeypatch.setattr("textual.notifications.time", lambda: notification.raised_at + notification.timeout + 0.0001)
        assert notification.has_expired
        assert Toast(notification)._timeout > 0  # a timer for less loops forever


@pytest.mark.parametrize("error", [NoMatches("no form"), AttributeError("no workspace")])
async def test_what_a_closed_screen_meets_does_not_end_the_program(
    app_on: Make, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    app = app_on("linked")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot)
        before = app.screen
        app.post_message(OpenPlace("add_shop"))
        await press(pilot)
        page = app.screen
        monkeypatch.setattr(page, "reshaped", Mock(side_effect=error))
        monkeypatch.setattr(page, "size_made_for", ())
        app.pop_screen()
        with app._context():
            await page._dispatch_message(events.Resize(app.size, app.size))
        page.reshaped.assert_called_once()  # type: ignore[attr-defined]
        await press(pilot)
        assert app.screen is before
