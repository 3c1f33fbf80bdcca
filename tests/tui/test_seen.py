"""What has the focus is seen in every color depth, in both themes, and without colors."""

from collections.abc import AsyncIterator, Callable

import pytest
from rich.color import Color, ColorSystem
from rich.segment import Segment
from textual.pilot import Pilot
from textual.widgets import Button

from tests.tui.support import press
from tests.tui.test_snapshots import TO_USERNAME
from tui.app import ShoplinkApp
from tui.theme import DARK, LIGHT
from tui.widgets.rows import BAR

THEMES = [DARK.name, LIGHT.name]
DEPTHS = [ColorSystem.TRUECOLOR, ColorSystem.EIGHT_BIT, ColorSystem.STANDARD]


def segment(pilot: Pilot[None], text: str) -> Segment:
    """Find the piece of the screen that has this text."""
    screen = pilot.app.screen
    found = [piece for strip in screen._compositor.render_strips(screen.size) for piece in strip if text in piece.text]
    assert found, text
    return found[0]


def ground(piece: Segment, depth: ColorSystem) -> tuple[object, ...]:
    """The color behind a piece, as a terminal of this depth shows it."""
    assert piece.style is not None
    color = piece.style.bgcolor or Color.default()
    lower = color.downgrade(depth)
    return lower.number, lower.triplet


def sign(piece: Segment, depth: ColorSystem) -> tuple[object, ...]:
    """The color of a piece's text, as a terminal of this depth shows it."""
    assert piece.style is not None
    assert piece.style.color is not None
    lower = piece.style.color.downgrade(depth)
    return lower.number, lower.triplet


async def in_each_theme(pilot: Pilot[None]) -> AsyncIterator[str]:
    """Show the screen in one theme after the other."""
    for theme in THEMES:
        pilot.app.theme = theme
        await press(pilot)
        yield theme


STATES: dict[tuple[str, ...], dict[str, str]] = {
    ("escape",): {"Lumen Candle Co.": "State "},
    ("a",): {"Add the shop": "Add a shop", "Import several…": "Add a shop"},
    ("type:Elm",): {"Elm": "Add a shop"},
    ("tab", "type:uni"): {
        "Elm": "Add a shop",
        "United States (US)": "United Kingdom (GB)",
        "United Kingdom (GB)": "Add a shop",
    },
    ("escape", *["shift+tab"] * 3): {"Import several…": "Add a shop"},
}
"""On the way through the list of shops and the form of a new one: what is seen, and what its ground differs from.

A row; two buttons; a field with the focus; one without it, the marked choice and another; a button with the focus.
"""


async def test_a_row_a_field_and_a_button_differ_from_the_page(app_on: Callable[..., ShoplinkApp]) -> None:
    async with app_on("linked").run_test(size=(80, 24)) as pilot:
        for keys, pieces in STATES.items():
            await press(pilot, *keys)
            async for theme in in_each_theme(pilot):
                for seen, beside in pieces.items():
                    for depth in DEPTHS:
                        assert ground(segment(pilot, seen), depth) != ground(segment(pilot, beside), depth), (seen, theme, depth)
        assert isinstance(pilot.app.focused, Button)
        assert str(pilot.app.focused.label) == "Import several…"


async def test_what_an_empty_field_is_for_is_seen(app_on: Callable[..., ShoplinkApp]) -> None:
    async with app_on("linked").run_test(size=(80, 24)) as pilot:
        await press(pilot, "escape")
        for keys in ((), ("slash",)):
            await press(pilot, *keys)
            async for theme in in_each_theme(pilot):
                piece = segment(pilot, "Find by name" if not keys else "ind by name")  # the cursor is on the first letter
                assert piece.style is not None
                assert piece.style.color is not None
                for depth in DEPTHS:
                    assert sign(piece, depth) != ground(piece, depth), (theme, depth.name)


@pytest.mark.parametrize("no_color", [False, True])
async def test_a_box_is_seen_checked_or_not(
    app_on: Callable[..., ShoplinkApp], monkeypatch: pytest.MonkeyPatch, no_color: bool
) -> None:
    if no_color:
        monkeypatch.setenv("NO_COLOR", "1")
    async with app_on("new-shop").run_test(size=(80, 24)) as pilot:
        await press(pilot, *TO_USERNAME, "tab")
        for mark, keys in {"[ ]": (), "[✓]": ("space",)}.items():
            await press(pilot, *keys)
            async for theme in in_each_theme(pilot):
                piece = segment(pilot, mark)
                for depth in DEPTHS:
                    assert sign(piece, depth) != ground(piece, depth), (theme, depth.name)


async def test_the_row_under_the_cursor_and_a_focused_button_have_a_bar_too(app_on: Callable[..., ShoplinkApp]) -> None:
    async with app_on("linked").run_test(size=(120, 40)) as pilot:
        await press(pilot, "escape")
        async for theme in in_each_theme(pilot):
            bar = segment(pilot, BAR)
            assert bar.style is not None
            assert bar.style.color != bar.style.bgcolor, theme
        await press(pilot, "a", *["shift+tab"] * 2)
        async for theme in in_each_theme(pilot):
            focused = pilot.app.focused
            assert focused is not None
            assert focused.styles.border_left != focused.styles.background, theme


async def test_the_row_under_the_cursor_is_seen_without_colors(
    app_on: Callable[..., ShoplinkApp], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = app_on("linked")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "escape")
        row, page = segment(pilot, "Lumen Candle Co."), segment(pilot, "State ")
        assert row.style is not None
        assert row.style.bgcolor is not None
        assert row.style.bgcolor.triplet is not None
        assert len(set(row.style.bgcolor.triplet)) == 1  # a gray
        assert ground(row, ColorSystem.TRUECOLOR) != ground(page, ColorSystem.TRUECOLOR)
        assert segment(pilot, BAR)
