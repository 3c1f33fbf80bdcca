"""Typed text and names in the palette are only text on the screen."""

from collections.abc import Callable

from textual.events import Paste

from tests.tui.support import press, text_of
from tui import capture
from tui.app import ShoplinkApp
from tui.shell import MAX_PASTE

AppOn = Callable[..., ShoplinkApp]


async def test_a_pasted_escape_sequence_stays_in_the_field_and_never_reaches_the_screen(app_on: AppOn) -> None:
    app = app_on("linked")
    async with app.run_test() as pilot:
        await press(pilot, "escape", "slash", "type:a\x1b]52;c;aGk=\x07\u202eb")
        assert app.focused.value == "a\x1b]52;c;aGk=\x07\u202eb"  # type: ignore[union-attr]
        for strip in app.screen._compositor.render_strips(app.screen.size):
            assert all(segment.text.isprintable() for segment in strip), strip.text
        assert capture.text(app).replace("\n", "").isprintable()


async def test_a_name_in_the_palette_is_not_read_as_markup(app_on: AppOn) -> None:
    app = app_on("linked")
    app.workspace.accounts.state("wax.one", nickname="[/] [@click=app.quit]gift[/]")
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "ctrl+p", "type:wax.one")
        await pilot.pause(0.1)
        await press(pilot)
        assert "[/] [@click=app.quit]gift[/]" in text_of(pilot)


async def test_a_large_paste_is_cut(app_on: AppOn) -> None:
    app = app_on("linked")
    async with app.run_test() as pilot:
        await press(pilot, "escape", "slash")
        app.post_message(Paste("x" * 10_000_000))
        await press(pilot)
        assert len(app.focused.value) == MAX_PASTE  # type: ignore[union-attr]
