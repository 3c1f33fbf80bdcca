"""What a terminal sends, read: keys, text, pastes; and what nobody knows, dropped."""

import time
from collections.abc import Callable

import pytest
from textual import events
from textual.message import Message
from textual.widgets import Input

from tests.tui.support import press
from tui.app import ShoplinkApp
from tui.exit_codes import STOPPED
from tui.screens.settings import Settings
from tui.terminal_fixes import LARGEST, REST_SECONDS, SafeParser

Make = Callable[..., ShoplinkApp]
COMMIT = "\x1b[0;;26377:24456:22823:24046:21035u"
"""Five characters of an input method, in kitty's protocol."""


def read(*parts: str, wait: float = 0) -> list[str]:
    """What the parts of a stream are read as, with a pause at the end."""
    parser = SafeParser()
    found = [message for part in parts for message in parser.feed(part)]
    if wait:
        time.sleep(wait + 0.01)
        found += parser.tick()
    return list(map(words, found))


def words(message: Message) -> str:
    match message:
        case events.Key():
            return message.key
        case events.Paste():
            return f"text {message.text}"
    return type(message).__name__


@pytest.mark.parametrize(
    ("sent", "found"),
    [
        ("a", ["a"]),
        ("\x1b[A", ["up"]),
        ("\x1bOP", ["f1"]),
        ("\x1b[[A", ["f1"]),  # the Linux console
        ("\x1b[3$", ["shift+delete"]),  # rxvt
        ("\x1b[1;5A", ["ctrl+up"]),
        ("\x1bx", ["alt+x"]),
        ("\x1b\x1b[A", ["escape", "up"]),
        ("\x1b[13u\x1b[32;;32u\x1b[9;2u", ["enter", "space", "shift+tab"]),
        ("\x1b[<0;5;5M", ["MouseDown"]),
        ("\x1b[M!!!a", ["a"]),
        ("\x1b[I\x1b[O", ["AppFocus", "AppBlur"]),
        ("\x1b[200~hi\x1b[31mred\x1b[201~z", ["text hi\x1b[31mred", "z"]),
    ],
)
def test_what_a_terminal_sends_is_read(sent: str, found: list[str]) -> None:
    assert read(sent) == found
    assert read(*sent) == found


@pytest.mark.parametrize(
    ("sent", "found"),
    [
        ("\x1b[50:64;2;64u", ["at"]),  # shift+2, with the alternate key that was not asked for
        ("\x1b[97;1:1;97u", ["a"]),
        ("\x1b[97;1:3u", []),  # released
        ("\x1b[0;;117u", ["text u"]),
        (COMMIT, ["text 有很大差别"]),
        ("\x1b[0;;" + ":".join(["26377"] * 500) + "u", ["text " + "有" * 500]),
        ("\x1b[0;;27:55296:1114112:7:97u", ["text a"]),
        ("\x1b[0;;27u", []),
        ("\x1b[97;;113:117u", ["text qu"]),
    ],
)
def test_keys_of_kittys_protocol_are_read_as_it_says(sent: str, found: list[str]) -> None:
    assert read(sent) == found
    assert read(*sent) == found


@pytest.mark.parametrize(
    "sent",
    [
        "\x1b[999z",
        "\x1b[1;2;3;4u",
        "\x1b[99999999999999999999u",
        "\x1b[1114112u",
        "\x1b[" + "9" * 50_000 + "u",
        "\x1b[" + "1:" * 20_000 + "x",
        "\x1b]11;rgb:0000/0000/0000\x1b\\",
        "\x1b]52;c;aGk=\x07",
        "\x1bP>|kitty(0.32.2)\x1b\\",
        "\x1b_Gi=31;OK\x1b\\",
        "\x1b[48;0;0;0;0t\x1b[<0;5;5M",  # a cell has no pixels
        "\x1b[5\x07",
    ],
)
def test_what_nobody_knows_is_dropped_and_what_follows_is_read(sent: str) -> None:
    assert read(sent, "u")[-1] == "u"
    assert not set(read(sent)) - {"Resize", "ctrl+g"}


@pytest.mark.parametrize(
    ("sent", "wait", "found"),
    [
        ("\x1b", 0.1, ["escape"]),
        ("\x1b]", 0.1, ["right_square_bracket"]),
        ("\x1b[50:6", REST_SECONDS, []),
        ("\x1b[200~hi", REST_SECONDS, ["text hi"]),
    ],
)
def test_what_never_ends_is_given_up(sent: str, wait: float, found: list[str]) -> None:
    assert read(sent, wait=wait) == found


def test_the_half_of_a_letter_ends_nothing() -> None:
    assert read("", "a", "", "b") == ["a", "b"]


async def send(app: ShoplinkApp, sent: str) -> None:
    for message in SafeParser().feed(sent):
        await app.on_event(message)  # type: ignore[arg-type]


@pytest.mark.parametrize("sent", [COMMIT, "\x1b[0;;117u", "\x1b[0;;113:117:105:116u"])
async def test_a_commit_is_text_in_a_field_and_nothing_where_none_has_the_focus(app_on: Make, sent: str) -> None:
    app = app_on("linked")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter")
        before = app.screen
        await send(app, sent)
        await press(pilot)
        assert app.screen is before
        await press(pilot, "escape", "escape", "slash")
        await send(app, sent)
        await press(pilot)
        assert f"text {app.screen.query_one('#filter', Input).value}" == read(sent)[0]


@pytest.mark.parametrize("size", [(9_999_999, 9_999_999), (600, 24), (0, 0)])
async def test_no_size_is_drawn_that_no_screen_has(app_on: Make, size: tuple[int, int]) -> None:
    app = app_on("linked")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot)
        event = events.Resize.from_dimensions(size, None)
        await app.on_event(event)
        assert (1, 1) <= tuple(event.size) <= tuple(LARGEST)
        assert event.size.height <= LARGEST.height
        assert isinstance(app.screen, Settings)


async def test_an_error_of_the_input_ends_the_program_as_any_other_does(app_on: Make) -> None:
    app = app_on("linked")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot)
        app.panic()
        assert app.return_code == STOPPED
