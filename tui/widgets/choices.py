"""The choices of a field, and how typed text finds them."""

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from core import countries
from core.errors import InvalidInput
from core.policy import Policy
from core.text import show

SHORT = 5
"""The longest list whose choices an error names in full."""
NAMED = 3
"""Maximum number of choices that an error names."""


@dataclass(frozen=True)
class Choice:
    """A value, and its text in the field. `also`: other words for it."""

    value: str
    text: str
    note: str = ""
    also: tuple[str, ...] = ()


Suggest = Callable[[str], Iterable[Choice]]
"""Returns the choices for typed text, the best first."""


class PickList:
    """The values that a field can have."""

    def __init__(self, choices: Iterable[Choice]) -> None:
        self.choices = tuple(choices)

    @property
    def how(self) -> str:
        """How to choose one, in words."""
        if len(self.choices) > SHORT:
            return "Type part of it, or press ↓ to see the list."
        return f"Choose {_one_of([choice.text for choice in self.choices])}."

    def text(self, value: str | None) -> str:
        """Return the field's text for a value, known or not."""
        return next((choice.text for choice in self.choices if choice.value == value), value or "")

    def exact(self, typed: str) -> Choice | None:
        """Return the choice that is typed in full: its code, its name, or another word."""
        plain = _plain(typed)
        return next((choice for choice in self.choices if plain in map(_plain, _words(choice))), None) if plain else None

    def find(self, typed: str) -> list[Choice]:
        """Return the choices that typed text can mean, the best first; all for no text."""
        plain = _plain(typed)
        ranked = [(rank, choice) for choice in self.choices if (rank := _rank(choice, plain)) is not None]
        return [choice for _, choice in sorted(ranked, key=lambda found: found[0])]

    def meant(self, typed: str) -> Choice | None:
        """Return the only choice that typed text can mean."""
        if exact := self.exact(typed):
            return exact
        found = self.find(typed) if typed.strip() else []
        return found[0] if len(found) == 1 else None

    def read(self, field: str, typed: str) -> str:
        """Return the value of typed text. Raises InvalidInput."""
        if choice := self.meant(typed):
            return choice.value
        found = self.find(typed) if typed.strip() else []
        if not found:
            raise InvalidInput(field, f"“{show(typed.strip(), 30)}” is not in the list", remedy=self.how)
        names = [choice.text for choice in found[:NAMED]] + (["others"] if len(found) > NAMED else [])
        raise InvalidInput(field, f"“{show(typed.strip(), 30)}” could be {_one_of(names)}", remedy="Type more.")


def of_countries(first: Iterable[str] = ()) -> PickList:
    """Return every country by name: those with a code in `first` before the others."""
    names, ahead = countries.names(), tuple(first)
    order = sorted(names, key=lambda code: (ahead.index(code) if code in ahead else len(ahead), _plain(names[code])))
    return PickList(_country(code, names[code]) for code in order)


def of_markets(policy: Policy) -> PickList:
    """Return every market, by its code and its name."""
    return PickList(_country(code, market.name) for code, market in policy.markets.items())


def of_values(values: Iterable[str], notes: Mapping[str, str] | None = None) -> PickList:
    """Return these values, each as its own text."""
    return PickList(Choice(value, value, (notes or {}).get(value, "")) for value in values)


def _one_of(words: list[str]) -> str:
    return f"{', '.join(words[:-1])} or {words[-1]}"


def _country(code: str, name: str) -> Choice:
    also = tuple(other for other, meant in countries.also().items() if meant == code)
    return Choice(code, f"{name} ({code})", also=(code, name, *also))


def _words(choice: Choice) -> tuple[str, ...]:
    return choice.text, choice.value, *choice.also


def _rank(choice: Choice, plain: str) -> int | None:
    """Rank a match: first a whole word, then a beginning, then the beginning of a later word."""
    words = [_plain(word) for word in _words(choice)]
    if plain in words:
        return 0
    if any(word.startswith(plain) for word in words):
        return 1
    return 2 if any(f" {plain}" in word for word in words) else None


def _plain(text: str) -> str:
    """Remove accents, case and double spaces."""
    letters = unicodedata.normalize("NFKD", text).casefold()
    return " ".join("".join(char for char in letters if not unicodedata.combining(char)).split())
