"""Random input: bursts of keys, mouse events, pastes, resizes and spans of time, all chance from one seed."""

from __future__ import annotations

import string
import unicodedata
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import chain
from random import Random

from textual import events
from textual.app import App
from textual.binding import Binding
from textual.dom import DOMNode
from textual.geometry import Size
from textual.keys import REPLACED_KEYS, _character_to_key, _get_unicode_name_from_key

from tests.proof.hostile.screens import classes
from tests.proof.hostile.texts import ALL
from tui import commands
from tui.commands import Command

Action = events.Event | timedelta | int
"""An event for the application, a span of time that passes, or turns of the event loop to wait."""

LONGEST_BURST = 12
SMALLEST, LARGEST, USUAL = (1, 1), (200, 60), ((80, 24), (120, 40), (60, 20), (100, 30))
"""Sizes of a terminal in columns and rows."""

MOVES = ("up", "down", "left", "right", "tab", "shift+tab", "home", "end", "pageup", "pagedown", "j", "k", "space", "backspace")
LEAVE_OR_ENTER = ("enter", "enter", "enter", "escape")
SPANS = (timedelta(minutes=1), timedelta(hours=1), timedelta(hours=25), timedelta(days=3))
FITTING = (
    "lumen.candles", "@wick.and.wax", "far.away", "Lumen Candle Co.", "Wick & Wax", "US", "GB", "company", "84-5550142", "24h",
    "90m", "2d", "maya@lumen.example", "operator", "shops.csv", "all.json", "made.csv", "e", "a", "theme", "go to", "link",
)  # fmt: skip
"""Texts that a field accepts, or that find something."""
FOUND = ("theme", "go to", "link", "rule", "invite", "rename", "lumen", "")
"""Texts that find something in the palette."""
MARKUP = ("[/]", "x[/b", '[b="]x', "[@click=(']x")
"""Texts that crash the program where a message is read as markup."""


def bound() -> tuple[str, ...]:
    """Every key that is bound on any screen, any widget or the application."""
    classes()  # imports every screen
    kinds: list[type] = [DOMNode]
    keys: set[str] = set()
    for kind in kinds:  # grows during the loop
        kinds += kind.__subclasses__()
        for binding in vars(kind).get("BINDINGS", ()):
            named = binding.key if isinstance(binding, Binding) else binding[0]
            keys.update(key.strip() for key in named.split(","))
    return tuple(sorted(keys))


class RandomInput:
    """A source of input that depends on nothing but the seed, so that it can be repeated."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.size = (80, 24)
        self.bound = bound()
        named = [command for command in vars(commands).values() if isinstance(command, Command) and command is not commands.QUIT]
        self.commands = tuple(chain.from_iterable(command.key.split(",") for command in named))
        kinds: tuple[tuple[int, Callable[[], Iterator[Action]]], ...] = (
            (22, lambda: self._key(MOVES)),
            (20, lambda: self._key(LEAVE_OR_ENTER)),
            (20, lambda: self._key(self.commands)),
            (8, lambda: self._key(self.bound)),
            (5, lambda: self._key(string.printable[:95])),
            (2, lambda: self._key(("ctrl+p",))),
            (8, self._click),
            (7, self._mouse),
            (4, self._paste),
            (6, self._fill),
            (6, self._find),
            (3, self._go),
            (3, self._wait),
            (4, self._resize),
            (1, self._time),
            (1, self._look_away),
        )
        self._weights = [weight for weight, _ in kinds]
        self._kinds = [kind for _, kind in kinds]

    def burst(self) -> list[Action]:
        """Input that comes at once, before anything was answered."""
        found: list[Action] = []
        for kind in self.chance.choices(self._kinds, self._weights, k=self.chance.randint(1, LONGEST_BURST)):
            found += kind()
        return found

    def _key(self, keys: tuple[str, ...] | str) -> Iterator[Action]:
        yield key(self.chance.choice(keys))

    def _place(self) -> tuple[int, int]:
        """A cell of the terminal; now and then one that no longer exists."""
        columns, rows = LARGEST if self.chance.random() < 0.05 else self.size
        return self.chance.randrange(columns), self.chance.randrange(rows)

    def _click(self) -> Iterator[Action]:
        at = self._place()
        for _ in range(self.chance.choice((1, 1, 1, 2))):
            yield mouse(events.MouseDown, at)
            yield mouse(events.MouseUp, at)

    def _mouse(self) -> Iterator[Action]:
        """A part of a gesture: pressed here, released there, moved, scrolled."""
        kind = self.chance.choice(
            (events.MouseDown, events.MouseUp, events.MouseMove, events.MouseMove, events.MouseScrollDown, events.MouseScrollUp)
        )
        yield mouse(kind, self._place(), button=self.chance.choice((0, 1, 1, 1, 2, 3)))

    def _paste(self) -> Iterator[Action]:
        (texts,) = self.chance.choices((FITTING, ALL, MARKUP), (5, 4, 2))
        yield events.Paste(self.chance.choice(texts))

    def _fill(self) -> Iterator[Action]:
        """Fill in a field and go on: the one on the screen, or one that a command opens."""
        if self.chance.random() < 0.5:
            yield from self._key(self.commands)
            yield self.chance.randrange(12)
        yield from self._paste()
        for _ in range(self.chance.randint(1, 2)):
            yield from self._key(("enter", "enter", "tab"))

    def _find(self) -> Iterator[Action]:
        """Type into the search field of a list, and click on a row that may be gone by then."""
        yield from self._key(("slash",))
        yield self.chance.randrange(6, 16)
        for _ in range(self.chance.randint(1, 3)):
            yield from self._key(string.ascii_lowercase)
        yield self.chance.randrange(2, 5)  # the search has not reached the list yet
        yield from self._click()

    def _go(self) -> Iterator[Action]:
        """Open the palette, search it and choose or leave, whether or not anything was found by then."""
        yield from self._key(("ctrl+p",))
        yield self.chance.randrange(self.chance.choice((3, 40)))
        yield events.Paste(self.chance.choice(FOUND))
        for _ in range(self.chance.randint(1, 3)):
            yield self.chance.randrange(self.chance.choice((3, 60)))
            yield from self._key(("enter", "enter", "enter", "down", "pagedown", "pageup", "escape", "escape"))

    def _wait(self) -> Iterator[Action]:
        yield self.chance.randrange(1, 12)

    def _resize(self) -> Iterator[Action]:
        chance = self.chance
        if chance.random() < 0.6:
            self.size = chance.choice(USUAL)
        elif chance.random() < 0.2:
            self.size = chance.choice((SMALLEST, LARGEST))
        else:
            self.size = chance.randint(SMALLEST[0], LARGEST[0]), chance.randint(SMALLEST[1], LARGEST[1])
        yield resize(self.size)

    def _time(self) -> Iterator[Action]:
        yield self.chance.choice(SPANS)

    def _look_away(self) -> Iterator[Action]:
        yield self.chance.choice((events.AppBlur, events.AppFocus))()


def key(name: str) -> events.Key:
    """A key as a terminal sends it: with its character, if it has one."""
    if len(name) == 1:
        return events.Key(_character_to_key(name), name)
    try:
        return events.Key(name, unicodedata.lookup(_get_unicode_name_from_key(REPLACED_KEYS.get(name, name))))
    except KeyError:
        return events.Key(name, None)


def resize(size: tuple[int, int]) -> events.Resize:
    return events.Resize(Size(*size), Size(*size))


def mouse(kind: type[events.MouseEvent], at: tuple[int, int], button: int = 1) -> events.MouseEvent:
    return kind(None, *at, delta_x=0, delta_y=0, button=button, shift=False, meta=False, ctrl=False)


def post(app: App[None], action: events.Event) -> None:
    """Post it as a driver does, without waiting."""
    if isinstance(action, events.Resize) and app._driver is not None:
        app._driver._size = action.size
    app.post_message(action)


def describe(action: Action) -> str:
    """Say what was done in a word."""
    match action:
        case events.Key():
            return action.key
        case events.Paste():
            return f"paste {action.text[:40]!a}"
        case events.Resize():
            return f"{action.size.width}x{action.size.height}"
        case events.MouseEvent():
            return f"{type(action).__name__} {action.button} at {action.x:.0f},{action.y:.0f}"
        case timedelta():
            return f"{action} pass"
        case int():
            return f"{action} turns"
    return type(action).__name__
