"""What a monkey does: bursts of keys, mouse, pastes, resizes and hours that pass, all chance from one seed."""

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

Deed = events.Event | timedelta | int
"""An event for the application, a span of time that passes, or turns of the loop in which the application gets on."""

LONGEST_BURST = 12
LEAST, MOST, USUAL = (1, 1), (200, 60), ((80, 24), (120, 40), (60, 20), (100, 30))
"""Sizes of a terminal in columns and rows."""

MOVES = ("up", "down", "left", "right", "tab", "shift+tab", "home", "end", "pageup", "pagedown", "j", "k", "space", "backspace")
LEAVE_OR_ENTER = ("enter", "enter", "enter", "escape")
SPANS = (timedelta(minutes=1), timedelta(hours=1), timedelta(hours=25), timedelta(days=3))
FITTING = (
    *("lumen.candles", "@wick.and.wax", "far.away", "Lumen Candle Co.", "Wick & Wax", "US", "GB", "company", "84-5550142"),
    *(
        "24h",
        "90m",
        "2d",
        "maya@lumen.example",
        "operator",
        "shops.csv",
        "all.json",
        "made.csv",
        "e",
        "a",
        "theme",
        "go to",
        "link",
    ),
)
"""Texts that a field takes, or that find something."""
FOUND = ("theme", "go to", "link", "rule", "invite", "rename", "lumen", "")
"""Texts that find something in the palette."""
MARKUP = ("[/]", "x[/b", '[b="]x', "[@click=(']x")
"""Texts that end the program where what is told is read as markup."""


def bound() -> tuple[str, ...]:
    """Every key that any screen, any widget or the application does something with."""
    classes()  # has every screen imported
    kinds: list[type] = [DOMNode]
    keys: set[str] = set()
    for kind in kinds:  # grows as it is gone through
        kinds += kind.__subclasses__()
        for binding in vars(kind).get("BINDINGS", ()):
            named = binding.key if isinstance(binding, Binding) else binding[0]
            keys.update(key.strip() for key in named.split(","))
    return tuple(sorted(keys))


class Hands:
    """One monkey's hands. What they do depends on nothing but the seed, so that it can be seen again."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.size = (80, 24)
        self.bound = bound()
        named = [command for command in vars(commands).values() if isinstance(command, Command) and command is not commands.QUIT]
        self.commands = tuple(chain.from_iterable(command.key.split(",") for command in named))
        kinds: tuple[tuple[int, Callable[[], Iterator[Deed]]], ...] = (
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

    def burst(self) -> list[Deed]:
        """What comes at once, before anything was answered."""
        found: list[Deed] = []
        for kind in self.chance.choices(self._kinds, self._weights, k=self.chance.randint(1, LONGEST_BURST)):
            found += kind()
        return found

    def _key(self, keys: tuple[str, ...] | str) -> Iterator[Deed]:
        yield key(self.chance.choice(keys))

    def _place(self) -> tuple[int, int]:
        """A cell of the terminal; now and then one that is not there any more."""
        columns, rows = MOST if self.chance.random() < 0.05 else self.size
        return self.chance.randrange(columns), self.chance.randrange(rows)

    def _click(self) -> Iterator[Deed]:
        at = self._place()
        for _ in range(self.chance.choice((1, 1, 1, 2))):
            yield mouse(events.MouseDown, at)
            yield mouse(events.MouseUp, at)

    def _mouse(self) -> Iterator[Deed]:
        """A part of something: pressed here and let go there, moved, turned."""
        kind = self.chance.choice(
            (events.MouseDown, events.MouseUp, events.MouseMove, events.MouseMove, events.MouseScrollDown, events.MouseScrollUp)
        )
        yield mouse(kind, self._place(), button=self.chance.choice((0, 1, 1, 1, 2, 3)))

    def _paste(self) -> Iterator[Deed]:
        (texts,) = self.chance.choices((FITTING, ALL, MARKUP), (5, 4, 2))
        yield events.Paste(self.chance.choice(texts))

    def _fill(self) -> Iterator[Deed]:
        """Fill a field in and go on: the one that is there, or one that is asked for."""
        if self.chance.random() < 0.5:
            yield from self._key(self.commands)
            yield self.chance.randrange(12)
        yield from self._paste()
        for _ in range(self.chance.randint(1, 2)):
            yield from self._key(("enter", "enter", "tab"))

    def _find(self) -> Iterator[Deed]:
        """Type into what a list is found in, and click on a row that is there until then."""
        yield from self._key(("slash",))
        yield self.chance.randrange(6, 16)
        for _ in range(self.chance.randint(1, 3)):
            yield from self._key(string.ascii_lowercase)
        yield self.chance.randrange(2, 5)  # what was typed is on its way to the list
        yield from self._click()

    def _go(self) -> Iterator[Deed]:
        """Open the palette, find something in it and do it or leave, whether or not anything is found by then."""
        yield from self._key(("ctrl+p",))
        yield self.chance.randrange(self.chance.choice((3, 40)))
        yield events.Paste(self.chance.choice(FOUND))
        for _ in range(self.chance.randint(1, 3)):
            yield self.chance.randrange(self.chance.choice((3, 60)))
            yield from self._key(("enter", "enter", "enter", "down", "pagedown", "pageup", "escape", "escape"))

    def _wait(self) -> Iterator[Deed]:
        yield self.chance.randrange(1, 12)

    def _resize(self) -> Iterator[Deed]:
        chance = self.chance
        if chance.random() < 0.6:
            self.size = chance.choice(USUAL)
        elif chance.random() < 0.2:
            self.size = chance.choice((LEAST, MOST))
        else:
            self.size = chance.randint(LEAST[0], MOST[0]), chance.randint(LEAST[1], MOST[1])
        yield resize(self.size)

    def _time(self) -> Iterator[Deed]:
        yield self.chance.choice(SPANS)

    def _look_away(self) -> Iterator[Deed]:
        yield self.chance.choice((events.AppBlur, events.AppFocus))()


def key(name: str) -> events.Key:
    """A key as a terminal sends it: one that writes a sign comes with it."""
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


def post(app: App[None], deed: events.Event) -> None:
    """Hand it over as a driver does, which waits for nothing."""
    if isinstance(deed, events.Resize) and app._driver is not None:
        app._driver._size = deed.size
    app.post_message(deed)


def told(deed: Deed) -> str:
    """What was done, in a word."""
    match deed:
        case events.Key():
            return deed.key
        case events.Paste():
            return f"paste {deed.text[:40]!a}"
        case events.Resize():
            return f"{deed.size.width}x{deed.size.height}"
        case events.MouseEvent():
            return f"{type(deed).__name__} {deed.button} at {deed.x:.0f},{deed.y:.0f}"
        case timedelta():
            return f"{deed} pass"
        case int():
            return f"{deed} turns"
    return type(deed).__name__
