"""What a part of the proof is handed, and what it gives back."""

from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

Figures = dict[str, int | str]
"""What a part counted, in the order in which it is told: what was tried as well as what was kept."""

PARTS: tuple[str, ...] = (
    "rules",
    "schema",
    "concurrency",
    "interruptions",
    "bad_files",
    "hostile_text",
    "exits",
    "first_starts",
    "clock",
    "privacy",
    "monkeys",
    "mutations",
)
"""The modules of this package that are parts, in the order of the promises in the README."""


@dataclass(frozen=True)
class Run:
    """One run of a part. All chance in it comes from `seed`; `folder` is its own and empty."""

    folder: Path
    seed: int
    long: bool = False

    def size(self, short: int, long: int) -> int:
        """How often to try something in this form."""
        return long if self.long else short


class Part(Protocol):
    PROMISE: str
    """The promise, in the words of the README."""

    def prove(self, run: Run) -> Figures:
        """Try to break the promise. Raises AssertionError, saying how to see it again, when it is broken."""


def part(name: str) -> Part:
    return cast(Part, import_module(f"tests.proof.{name}"))
