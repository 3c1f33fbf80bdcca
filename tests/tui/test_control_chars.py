"""What is typed, and what the palette tells, is only text on the screen."""

from collections.abc import Callable

from textual.events import Paste

from tests.tui.support import press, text_of
from tui import capture
from tui.app import ShoplinkApp
from tui.shell import MAX_PASTE

AppOn = Callable[..., ShoplinkApp]


async def test_an_escape_sequence_that_is_pasted_reaches_no_line_of_the_screen_and_stands_in_the_field(app_on: AppOn) -> None:
    app = app_on("linked")
    async with app.run_test() as pilot:
        await press(pilot, "escape", "slash", "type:a\x1b]52;c;aGk=\x07\u202eb")
        assert app.focused.value == "a\x1b]52;c;aGk=\x07\u202eb"  # type: ignore[union-attr]
        for strip in app.screen._compositor.render_strips(app.screen.size):
            assert all(segment.text.isprintable() for segment in strip), strip.text
        assert capture.text(app).replace("\n", "").isprintable()


async def test_a_name_in_the_palette_is_no_markup(app_on: AppOn) -> None:
    app = app_on("linked")
    app.workspace.accounts.state("wax.one", nickname="[/] [@click=app.quit]gift[/]")
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "ctrl+p", "type:wax.one")
        await pilot.pause(0.1)
        await press(pilot)
        assert "[/] [@click=app.quit]gift[/]" in text_of(pilot)


async def test_a_paste_of_any_size_is_cut(app_on: AppOn) -> None:
    app = app_on("linked")
    async with app.run_test() as pilot:
        await press(pilot, "escape", "slash")
        app.post_message(Paste("x" * 10_000_000))
        await press(pilot)
        assert len(app.focused.value) == MAX_PASTE  # type: ignore[union-attr]
