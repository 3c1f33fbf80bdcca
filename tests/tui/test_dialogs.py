"""The keys that move in dialogs."""

from collections.abc import Callable

import pytest
from textual.containers import VerticalScroll

from core.models import EventKind
from core.workspace import Workspace
from tests.support import add_shop
from tests.tui.support import press, text_of
from tui.app import ShoplinkApp
from tui.dialogs.guide import Help
from tui.dialogs.undo import Undo

Make = Callable[..., ShoplinkApp]


def undo(workspace: Workspace) -> Undo:
    """The dialog that undoes a shop's entry."""
    add_shop(workspace)
    (added,) = workspace.history.page(kind=EventKind.SHOP_ADDED).events
    return Undo(workspace.entries.preview(added.entry))


async def test_arrows_and_tab_reach_every_part_of_a_dialog_and_nothing_else(app_on: Make) -> None:
    app = app_on("record")
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(undo(app.workspace))
        reached = []
        for key in ("right", "down", "tab"):
            await press(pilot, key)
            reached.append(app.focused.id)
        assert reached == ["do", "reason", "keep"]
        await press(pilot, "up", "type:a mistake")
        assert "a mistake" in text_of(pilot)


async def test_the_footer_names_what_enter_and_escape_do_in_a_dialog_with_a_form(app_on: Make) -> None:
    app = app_on("record")
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(undo(app.workspace))
        await press(pilot, "right", "down")
        assert app.focused.id == "reason"
        footer = text_of(pilot).splitlines()[-1]
        assert "enter Undo it" in footer
        assert "esc Keep it" in footer


async def test_a_guide_is_scrolled_by_the_keys_that_it_names(app_on: Make) -> None:
    app = app_on("new-shop")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "question_mark")
        assert isinstance(app.screen, Help)
        column = app.screen.query_one(VerticalScroll)
        for key, top in (("j", 1), ("k", 0), ("down", 1), ("up", 0)):
            await press(pilot, key)
            assert column.scroll_y == top
        await press(pilot, "pagedown")
        assert column.scroll_y > 1


async def test_the_desk_is_scrolled_by_the_page_keys_and_the_arrows(app_on: Make) -> None:
    app = app_on("new-shop")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter", "d")
        column = app.screen.query_one("#desk", VerticalScroll)
        await press(pilot, "pagedown")
        assert column.scroll_y > 0
        await press(pilot, "pageup")
        assert column.scroll_y == 0
        await press(pilot, "down", "down", "up")
        assert column.scroll_y == 1


@pytest.mark.parametrize(
    ("scenario", "kept", "said"),
    [
        ("new-shop", False, "This practice workspace is deleted when you quit."),
        ("new-shop", True, "Everything that you did is saved."),
        ("record", True, "Everything that you recorded is saved."),
    ],
)
async def test_who_quits_is_told_what_becomes_of_the_workspace(app_on: Make, scenario: str, kept: bool, said: str) -> None:
    app = app_on(scenario)
    app.is_kept = kept
    async with app.run_test() as pilot:
        await press(pilot, "q")
        assert said in text_of(pilot)
