"""The themes are readable: text has a contrast of at least 4.5 : 1 with its background."""

import re
from itertools import product
from pathlib import Path

import pytest
from rich.color import Color as RichColor
from rich.color import ColorSystem
from textual.color import Color
from textual.theme import BUILTIN_THEMES, Theme

import tui
from tui.theme import AVATARS, DARK, LIGHT, variables

GROUNDS = ("background", "surface", "panel", "selected")
INKS = ("foreground", "muted", "accent", "success", "warning", "error")
REVERSED = [("on-accent", "accent"), ("background", "warning"), ("background", "error")]
FOOTER = [("footer-key-foreground", "footer-background"), ("footer-description-foreground", "footer-background")]


def colours(theme: Theme) -> dict[str, str]:
    return {**variables(theme.dark), **theme.to_color_system().generate(), **theme.variables}


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG, from 1 to 21."""

    def luminance(text: str) -> float:
        channels = [channel / 255 for channel in Color.parse(text).rgb]
        red, green, blue = (channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4 for channel in channels)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
def test_every_text_has_enough_contrast_on_every_background(theme: Theme) -> None:
    known = colours(theme)
    pairs = [*product(INKS, GROUNDS), *REVERSED, *FOOTER]
    weak = {pair: contrast(known[pair[0]], known[pair[1]]) for pair in pairs}
    assert {pair: found for pair, found in weak.items() if found < 4.5} == {}


@pytest.mark.parametrize("ink", INKS)
def test_no_text_is_yellow_or_white_on_white_in_sixteen_colors(ink: str) -> None:
    yellow, white = (3, 11), (7, 15)
    color = RichColor.parse(Color.parse(colours(LIGHT)[ink]).hex6)
    assert color.downgrade(ColorSystem.STANDARD).number not in {*yellow, *white}


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
def test_initials_have_enough_contrast_on_every_ground(theme: Theme) -> None:
    known = colours(theme)
    for number in range(AVATARS):
        assert contrast(known["on-avatar"], known[f"avatar-{number}"]) >= 4.5


@pytest.mark.parametrize("name", [name for name in BUILTIN_THEMES if not name.startswith("ansi")])
def test_our_colors_work_with_textuals_own_themes(name: str) -> None:
    theme = BUILTIN_THEMES[name]
    known = colours(theme)
    assert contrast(known["foreground"], known["selected"]) >= 4  # solarized itself has no more
    assert contrast(known["muted"], known["background"]) >= 3


def test_both_themes_define_the_same_colors() -> None:
    assert DARK.variables.keys() == LIGHT.variables.keys()


def test_no_color_is_defined_outside_the_theme() -> None:
    house = Path(tui.__file__).parent
    own = {
        house / "theme.py",
        house / "widgets" / "qr.py",  # a scanner needs black on white
        house / "formats" / "markup.py",  # a page in a browser
    }
    for file in [*house.rglob("*.py"), *house.rglob("*.tcss")]:
        if file not in own:
            assert not re.search(r"#[0-9a-fA-F]{6}\b|rgb\(", file.read_text(encoding="utf-8")), file
