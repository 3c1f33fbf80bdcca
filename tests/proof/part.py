"""What a part of the proof is given, and what it returns."""

from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

Figures = dict[str, int]
"""What a part counted, in the order to print it: what was tried as well as what held."""

PARTS = (
    *("rules", "schema", "documents", "concurrency", "interruptions", "bad_files", "hostile_text", "exits", "terminal_input"),
    *("first_starts", "clock", "privacy", "tours", "monkeys"),
)
"""The modules of this package that are parts, in the order of tests/README.md."""


@dataclass(frozen=True)
class Run:
    """One run of a part. All chance in it comes from `seed`; `folder` is its own and empty."""

    folder: Path
    seed: int
    long: bool = False

    def size(self, short: int, long: int) -> int:
        """How often to try something in this form."""
        return long if self.long else short


def prove(name: str, run: Run) -> Figures:
    """Try to break the promise of a part. Raises AssertionError, with how to reproduce it, when it is broken."""
    figures: Figures = import_module(f"tests.proof.{name}").prove(run)
    return figures
