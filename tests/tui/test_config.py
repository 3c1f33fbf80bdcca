"""The configuration file: what it sets, and how its mistakes are reported."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.tui.support import press, text_of
from tui import config
from tui.app import ShoplinkApp
from tui.desk.desk import Desk
from tui.launch import configure, configured

THEMES = ("shoplink-dark", "shoplink-light")
COMMANDS = ("desk", "help")


def read(path: Path, text: str) -> config.Config:
    path.write_text(text)
    return config.read(path, THEMES, COMMANDS)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"


def test_a_missing_configuration_is_no_mistake(path: Path) -> None:
    assert config.read(path, THEMES, COMMANDS) == config.Config()


def test_every_setting_is_read(path: Path) -> None:
    found = read(path, 'theme = "shoplink-light"\nanimation = "none"\nmouse = false\n[keys]\ndesk = "f4,ctrl+d"\n')
    assert found == config.Config("shoplink-light", "none", mouse=False, keys={"desk": "f4,ctrl+d"})


@pytest.mark.parametrize(
    ("text", "line", "allowed"),
    [
        ('theme = "pink"', 1, "shoplink-dark, shoplink-light"),
        ("mouse = true\nanimation = 3", 2, "full, basic, none"),
        ('\n\nmouse = "no"', 3, "true, false"),
        ('[keys]\nflip = "f10"', 2, "desk, help"),
        ("[keys]\ndesk = 7", 2, "a key such as"),
        ("colour = 1", 1, "theme, animation, mouse, [keys]"),
    ],
)
def test_a_mistake_names_the_file_the_line_and_the_allowed_values(path: Path, text: str, line: int, allowed: str) -> None:
    mistakes = read(path, text).mistakes
    assert len(mistakes) == 1
    assert f"{path}, line {line}:" in mistakes[0]
    assert allowed in mistakes[0]


@pytest.mark.parametrize("content", [b"theme = ", b"\xff\xfe", b"[keys", b"theme = 'a'\ntheme = 'b'"])
def test_an_unreadable_configuration_is_reported_and_ignored(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    found = config.read(path, THEMES, COMMANDS)
    assert len(found.mistakes) == 1
    assert str(path) in found.mistakes[0]
    assert found.theme is None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", 'theme = "b"\n'),
        ('# mine\ntheme = "a"  # dark\nmouse = false\n', '# mine\ntheme = "b"\nmouse = false\n'),
        ('[keys]\ntheme = "f2"\n', 'theme = "b"\n[keys]\ntheme = "f2"\n'),
    ],
)
def test_saving_a_theme_keeps_the_rest_of_the_file(path: Path, before: str, after: str) -> None:
    path.write_text(before)
    config.remember_theme(path, "b")
    assert path.read_text() == after
    assert path.stat().st_mode & 0o077 == 0


async def test_a_chosen_theme_is_kept_for_the_next_start(app_on: Callable[..., ShoplinkApp], path: Path) -> None:
    app = app_on()
    configure(app, path)
    async with app.run_test() as pilot:
        await press(pilot, "f2")
    assert path.read_text() == 'theme = "shoplink-light"\n'
    again = ShoplinkApp(None, path=Path("nothing.db"), actor="maya")
    configure(again, path)
    assert again.theme == "shoplink-light"


async def test_a_custom_key_works_and_is_shown_in_help(app_on: Callable[..., ShoplinkApp], path: Path) -> None:
    path.write_text('[keys]\ndesk = "f10"\n')
    app = app_on()
    configure(app, path)
    async with app.run_test(size=(80, 40)) as pilot:
        await press(pilot, "question_mark")
        assert "f10" in text_of(pilot)
        await press(pilot, "escape", "d")
        assert not isinstance(app.screen, Desk)
        await press(pilot, "f10")
        assert isinstance(app.screen, Desk)


async def test_mistakes_are_shown_briefly_and_the_program_starts(app_on: Callable[..., ShoplinkApp], path: Path) -> None:
    path.write_text('theme = "pink"\n[keys]\nflip = "f10"\n')
    app = app_on()
    configure(app, path)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await press(pilot)
        assert len(app._notifications) == 1
        told = next(iter(app._notifications)).message
        assert told == f"2 mistakes in {path}, passed over. All of it: shoplink doctor"
        assert "Linked TikTok Accounts" in text_of(pilot)


def test_the_allowed_themes_are_those_that_exist(app_on: Callable[..., ShoplinkApp], path: Path) -> None:
    path.write_text('theme = "none of them"\n')
    assert ", ".join(sorted(app_on("").available_themes)) in configured(path).mistakes[0]
