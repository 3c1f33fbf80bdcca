"""Name the keys that a step presses as they are printed on a keyboard."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from textual.keys import format_key

from core import act_words
from core.text import show
from tui import commands
from tui.tours import TYPE, Step

_NAMES = {
    "enter": "Enter",
    "escape": "Esc",
    "tab": "Tab",
    "space": "Space",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "pageup": "Page Up",
    "pagedown": "Page Down",
    "backspace": "Backspace",
    "delete": "Delete",
}


@dataclass(frozen=True)
class Press:
    """A key that is pressed a number of times, or a text that is typed."""

    label: str
    times: int = 1
    is_typed: bool = False

    def __str__(self) -> str:
        return self.said("type")

    def said(self, typing: str) -> str:
        """Say what is pressed; `typing` is the word before a text that is typed, if any."""
        if self.is_typed:
            return f"{typing} “{self.label}”".lstrip()
        return f"{self.label}×{self.times}" if self.times > 1 else self.label


def instructions(step: Step) -> Iterator[tuple[Literal["desk", "press"], tuple[Press, ...]]]:
    """Yield what a reader does to repeat the step, in order: where, and what to press."""
    if step.desk:
        yield "desk", desk_presses(step.desk)
    if step.keys:
        yield "press", presses(step.keys)


def presses(keys: Sequence[str]) -> tuple[Press, ...]:
    """Return what to press for a step's keys; the same key several times in a row is one press."""
    return tuple(_press(key, sum(1 for _ in same)) for key, same in groupby(keys))


def desk_presses(acts: Sequence[str]) -> tuple[Press, ...]:
    """Return what to press for Desk acts, from the page on and back to it."""
    opening = commands.DESK.key.split(",")[-1]  # also works while typing
    return presses([opening, *(key for words in acts for key in _desk_keys(words)), "escape"])


def _desk_keys(words: str) -> Iterator[str]:
    name, rest = act_words.read(words)
    desk = {command.action: command.key for command in vars(commands).values() if isinstance(command, commands.Command)}
    if key := desk.get(f"act('{words}')") or desk.get(f"act('{name}')"):
        yield key
        return
    if name == "reject":
        yield from (commands.REVIEWER_REJECTS.key, "end", "enter")  # the last row takes another reason
    else:
        yield desk[f"ask('{name}')"]
    if act_words.account(words):
        yield "ctrl+u"  # the account in question stands there
    if rest:
        yield TYPE + rest
    yield "enter"


def _press(key: str, times: int) -> Press:
    if key.startswith(TYPE):
        return Press(show(key.removeprefix(TYPE)) * times, is_typed=True)
    *modifiers, last = key.split("+")
    name = _NAMES.get(last) or format_key(last)
    if len(name) == 1 and modifiers:
        name = name.upper()
    return Press("+".join([*(modifier.title() for modifier in modifiers), name if len(name) == 1 else name.title()]), times)
