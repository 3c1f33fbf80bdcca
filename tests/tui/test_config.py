"""The configuration file: what it sets, and how its mistakes are reported."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.tui.support import press, text_of
from tui import config
from tui.app import ShoplinkApp
from tui.desk.desk import Desk
from tui.launch import configure, configured

THEMES = ("shoplink-dark", "shoplink-light")
COMMANDS = {"desk": "d,f8", "help": "question_mark", "back": "escape"}


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
        ('theme = "pink"', 1, "Use shoplink-dark or shoplink-light, or another theme of Textual's."),
        ('theme = "shoplink-lite"', 1, "there is no theme “shoplink-lite”. Did you mean shoplink-light?"),
        ("mouse = true\nanimation = 3", 2, "full, basic, none"),
        ('\n\nmouse = "no"', 3, "true, false"),
        ('[keys]\nflip = "f10"', 2, "there is no command “flip”. Check its spelling."),
        ('[keys]\ndeks = "f10"', 2, "there is no command “deks”. Did you mean desk?"),
        ('[keys]\ndesk = "f10,enter"', 2, "desk can't have the key enter: the screens need it"),
        ('[keys]\nback = "tab"', 2, "back can't have the key tab: the screens need it"),
        ("[keys]\ndesk = 7", 2, "a key such as"),
        ("colour = 1", 1, "theme, animation, mouse, [keys]"),
        ('"\\u001b[2J" = 1', 1, "there is no “\ufffd[2J”"),
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


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('note = """\ntheme = "a"\n"""\n', 'theme = "b"\nnote = """\ntheme = "a"\n"""\n'),
        ('note = """\ntheme = "a"\n"""\ntheme = "a"\n', 'note = """\ntheme = "a"\n"""\ntheme = "b"\n'),
        ('x = [\n  "[",\n]\ntheme = "a"\n', 'x = [\n  "[",\n]\ntheme = "b"\n'),
        ("'theme' = \"a\"\r\nmouse = true\r\n", 'theme = "b"\r\nmouse = true\r\n'),
    ],
)
def test_saving_a_theme_changes_nothing_else_that_the_file_says(path: Path, before: str, after: str) -> None:
    path.write_bytes(before.encode())
    config.remember_theme(path, "b")
    assert path.read_bytes().decode() == after


def test_a_theme_that_cannot_be_changed_is_reported_and_the_file_stays(path: Path) -> None:
    path.write_text('theme = """\na"""\n')
    with pytest.raises(OSError, match="only its owner can change"):
        config.remember_theme(path, "b")
    assert path.read_text() == 'theme = """\na"""\n'


def test_saving_a_theme_follows_a_link_and_writes_through_no_other(path: Path, tmp_path: Path) -> None:
    kept, other = tmp_path / "dotfiles", tmp_path / "other"
    kept.write_text("mouse = false\n")
    other.write_text("mine")
    path.symlink_to(kept)
    path.with_suffix(".new").symlink_to(other)
    config.remember_theme(path, "b")
    assert path.is_symlink()
    assert (kept.read_text(), other.read_text()) == ('theme = "b"\nmouse = false\n', "mine")
    assert sorted(file.name for file in tmp_path.iterdir()) == ["config.new", "config.toml", "dotfiles", "other"]


@pytest.mark.parametrize(
    "text",
    ["\na = " + "1" * 10_000, "\na = " + "[" * 20_000, "\n" + ".".join(["a"] * 50_000) + " = 1", "\n" + "[a." * 20_000, "\n\x00"],
    ids=["digits", "brackets", "parts", "headers", "nul"],
)
def test_a_hostile_configuration_is_a_mistake_of_its_line(path: Path, text: str) -> None:
    [told] = read(path, text).mistakes
    assert f"{path}, line 2: " in told


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes have no name here")
def test_what_is_no_file_is_reported_and_never_waited_for(path: Path) -> None:
    for make, words in (
        (path.mkdir, "a folder"),
        (lambda: os.mkfifo(path), "a pipe"),
        (lambda: path.symlink_to("/dev/zero"), "a device"),
        (lambda: path.symlink_to("nothing"), "a link to nothing"),
    ):
        make()
        [told] = config.read(path, THEMES, COMMANDS).mistakes
        assert words in told
        path.rmdir() if path.is_dir() else path.unlink()


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
        assert told == f"2 mistakes, ignored. The first: {app.config.mistakes[0]}"
        assert "Linked TikTok Accounts" in text_of(pilot)


@pytest.mark.parametrize("text", ["a = " + "1" * 10_000, "a = " + "[" * 20_000, ".".join(["a"] * 50_000) + " = 1"])
async def test_the_screens_start_whatever_the_configuration_holds(
    app_on: Callable[..., ShoplinkApp], path: Path, text: str
) -> None:
    path.write_text(text)
    app = app_on()
    configure(app, path)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await press(pilot, "f2")
        assert "1 mistake" in next(iter(app._notifications)).message
        assert "Linked TikTok Accounts" in text_of(pilot)
    assert path.read_text() == text


def test_the_allowed_themes_are_those_that_exist(app_on: Callable[..., ShoplinkApp], path: Path) -> None:
    path.write_text('theme = "none of them"\n')
    assert configured(path).names == [f"The themes: {', '.join(sorted(app_on('').available_themes))}."]


def test_a_mistake_is_short_and_every_name_is_listed_apart(path: Path) -> None:
    path.write_text('theme = "x"\n[keys]\nundoo = "u"\n')
    found = configured(path)
    assert max(len(mistake) - len(str(path)) for mistake in found.mistakes) < 120
    assert "undo, unlink" in found.names[1]


def test_a_command_can_keep_its_own_key(path: Path) -> None:
    assert read(path, '[keys]\nback = "escape,f3"\n').keys == {"back": "escape,f3"}
