"""Random gestures: keys, mouse events, pastes, resizes and spans of time, all chance from one seed."""

from __future__ import annotations

import string
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import timedelta
from random import Random
from typing import Any

from textual import events
from textual.binding import Binding
from textual.dom import DOMNode
from textual.geometry import Size
from textual.keys import REPLACED_KEYS, _character_to_key, _get_unicode_name_from_key

from tests.proof.hostile.screens import classes
from tests.proof.hostile.texts import ALL
from tui import commands
from tui.commands import Command

Input = events.Event | timedelta | int
"""An event for the application, a span of time that passes, or turns of the event loop to wait."""

LONGEST_BURST = 12
LARGEST = (200, 60)
USUAL = ((80, 24), (120, 40), (60, 20), (100, 30))
"""Sizes of a terminal in columns and rows."""


class Text(str):
    """A text to paste."""


def bound(kind: type) -> set[str]:
    """Every key that is bound on a class or on one below it."""
    bindings = [one.key if isinstance(one, Binding) else one[0] for one in vars(kind).get("BINDINGS", ())]
    return {key.strip() for keys in bindings for key in keys.split(",")}.union(*map(bound, kind.__subclasses__()))


classes()  # imports every screen
BOUND = sorted(bound(DOMNode))
COMMANDS = [key for one in vars(commands).values() if isinstance(one, Command) and one is not commands.QUIT
            for key in one.key.split(",")]  # fmt: skip
MOVES = ("up", "down", "left", "right", "tab", "shift+tab", "home", "end", "pageup", "pagedown", "j", "k", "space", "backspace")
ENTER = ("enter", "enter", "enter", "escape")
SENT = ("enter", "enter", "tab")
CHOSEN = ("enter", "enter", "enter", "down", "pagedown", "pageup", "escape", "escape")
LETTER = string.ascii_lowercase
FITTING = tuple(map(Text, (
    "lumen.candles", "@wick.and.wax", "far.away", "Lumen Candle Co.", "Wick & Wax", "US", "GB", "company", "84-5550142", "24h",
    "90m", "2d", "maya@lumen.example", "operator", "shops.csv", "all.json", "made.csv", "e", "a", "theme", "go to", "link",
)))  # fmt: skip
"""Texts that a field accepts, or that find something."""
MARKUP = tuple(map(Text, ("[/]", "x[/b", '[b="]x', "[@click=(']x")))
"""Texts that crash the program where a message is read as markup."""
PASTED = (*FITTING * 20, *map(Text, ALL), *MARKUP * 20)
FOUND = tuple(map(Text, ("theme", "go to", "link", "rule", "invite", "rename", "own shop", "lumen", "")))
"""Texts that find something in the palette."""
SIZES = (*USUAL * 4, (1, 1), LARGEST, *((columns, rows) for columns in (3, 17, 43, 71, 99, 160) for rows in (2, 19)))
SPANS = (timedelta(minutes=1), timedelta(hours=1), timedelta(hours=25), timedelta(days=3))
DOWN, UP = (events.MouseDown,), (events.MouseUp,)
MOUSE = (*DOWN, *UP, events.MouseMove, events.MouseMove, events.MouseScrollDown, events.MouseScrollUp)

GESTURES: tuple[tuple[int, tuple[Sequence[Any], ...]], ...] = (
    (22, (MOVES,)),
    (20, (ENTER,)),
    (20, (COMMANDS,)),
    (8, (BOUND,)),
    (5, (string.printable[:95],)),
    (2, (("ctrl+p",),)),
    (6, (DOWN, UP)),
    (2, (DOWN, UP, DOWN, UP)),
    (7, (MOUSE,)),
    (4, (PASTED,)),
    (3, (PASTED, SENT, SENT)),
    (3, (COMMANDS, range(12), PASTED, SENT, SENT)),  # a field that a command opens
    (6, (("slash",), range(6, 16), LETTER, LETTER, range(2, 5), DOWN, UP)),  # a row of a list that is being searched
    (2, (("ctrl+p",), range(3), FOUND, range(3), CHOSEN, range(3), CHOSEN)),  # whether or not anything was found by then
    (2, (("ctrl+p",), range(40), FOUND, range(60), CHOSEN, range(60), CHOSEN)),
    (3, (range(1, 12),)),
    (4, (SIZES,)),
    (1, (SPANS,)),
    (1, ((events.AppBlur, events.AppFocus),)),
)
"""How often each is made, and what it consists of, one after the other: one of the keys (a name), texts, sizes, mouse or other
events (a class), turns to wait (a number) and spans of time. All events of a mouse in it are at one place."""


class RandomInput:
    """A source of input that depends on nothing but the seed, so that it can be repeated."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.size = USUAL[0]

    def burst(self) -> Iterator[Input]:
        """Input that comes at once, before anything was answered."""
        weights = [weight for weight, _ in GESTURES]
        for _, steps in self.chance.choices(GESTURES, weights, k=self.chance.randint(1, LONGEST_BURST)):
            size = LARGEST if self.chance.random() < 0.05 else self.size  # now and then a cell that no longer exists
            at = self.chance.randrange(size[0]), self.chance.randrange(size[1])
            for choices in steps:
                yield self._made(self.chance.choice(choices), at, 1 if len(steps) > 1 else self.chance.choice((0, 1, 1, 1, 2, 3)))

    def _made(self, chosen: Any, at: tuple[int, int], button: int) -> Input:
        match chosen:
            case Text():
                return events.Paste(str(chosen))
            case str():
                return key(chosen)
            case (columns, rows):
                self.size = columns, rows
                return resize(columns, rows)
            case type() if issubclass(chosen, events.MouseEvent):
                return chosen(None, *at, delta_x=0, delta_y=0, button=button, shift=False, meta=False, ctrl=False)
            case type():
                return chosen()  # type: ignore[no-any-return]
        return chosen  # type: ignore[no-any-return]


def key(name: str) -> events.Key:
    """A key as a terminal sends it: with its character, if it has one."""
    if len(name) == 1:
        return events.Key(_character_to_key(name), name)
    try:
        return events.Key(name, unicodedata.lookup(_get_unicode_name_from_key(REPLACED_KEYS.get(name, name))))
    except KeyError:
        return events.Key(name, None)


def resize(columns: int, rows: int) -> events.Resize:
    return events.Resize(Size(columns, rows), Size(columns, rows))
