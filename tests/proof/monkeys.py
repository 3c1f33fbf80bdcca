"""Monkeys at the screens: anything pressed, clicked, pasted and resized, faster than it is answered, on every workspace."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import count
from multiprocessing import get_context

from tests.proof.hostile.screens import classes
from tests.proof.monkey.plants import NAMED, PLANTS
from tests.proof.monkey.session import Seen, Stretch, walk
from tests.proof.monkey.workspaces import GROUNDS, caged
from tests.proof.part import Figures, Run

PROMISE = (
    "Whatever is pressed, clicked, pasted or resized, in whatever order and however fast, the screens go on, there is always "
    "a way back, and the record stays right."
)
EVENTS = 300
"""Events of a stretch in the long form, each on an application and a file of its own."""


def prove(run: Run) -> Figures:
    """Let monkeys at the screens; then see that they find what is planted."""
    if run.long:
        with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
            seen = _together(pool.map(_let_loose, (run,) * 2, (0, 1), (2,) * 2, (100_000,) * 2))
            searches = {name: pool.submit(events_to_find, name, run, 20_000) for name in PLANTS}
            found = {name: search.result() for name, search in searches.items()}
    else:
        seen = _let_loose(run, 0, 4, 150)
        found = {name: events_to_find(name, run, 300) for name in NAMED}
    screens = {kind.__name__ for kind in classes()}
    if run.long:
        assert not (missed := screens - set(seen.visits)), f"never visited: {sorted(missed)}"
        assert not (missed := set(GROUNDS) - set(seen.grounds)), f"never played on: {sorted(missed)}"
    assert seen.events >= run.size(150, 200_000), seen.events
    return {
        "keys, clicks, pastes, resizes and spans of time": seen.events,
        "bursts of them, none of which waits for an answer": seen.bursts,
        "stretches, each on a file of its own": seen.stretches,
        "workspaces (every scenario, records, one that cannot be written, none yet)": len(seen.grounds),
        f"kinds of screens that were visited, of {len(screens)}": len(screens & set(seen.visits)),
        "keys that led back to the first screen": seen.escapes,
        "refusals told, each by a rule or for what was typed": seen.told.total(),
        "entries of histories replayed to the tables": seen.entries,
        "bugs planted in the screens one at a time": len(found),
        "of them found": sum(events > 0 for events in found.values()),
        "events until the last of them was found": max(found.values()),
    }


def events_to_find(name: str, run: Run, most: int) -> int:
    """After how many events a planted bug is found. Raises AssertionError when it is not within `most`."""
    plant, seen = PLANTS[name], Seen()
    with caged(run.folder) as grounds, plant.growing():
        for number in count():
            if seen.events >= most:
                break
            ground = plant.grounds[number % len(plant.grounds)]
            try:
                walk(Stretch(ground, f"{run.seed}/{name}/{number}", run.size(30, EVENTS)), grounds, seen)
            except AssertionError:
                return seen.events
    raise AssertionError(f"planted, but not found within {seen.events} events: {name} (seed {run.seed})")


def _let_loose(run: Run, first: int, step: int, events: int) -> Seen:
    """From the first stretch on every so many of them, until there were enough events."""
    seen = Seen()
    with caged(run.folder) as grounds:
        for number in count(first, step):
            if seen.events >= events:
                break
            walk(Stretch(GROUNDS[number % len(GROUNDS)], f"{run.seed}/{number}", run.size(30, EVENTS)), grounds, seen)
    return seen


def _together(halves: Iterator[Seen]) -> Seen:
    whole = Seen()
    for half in halves:
        whole.add(half)
    return whole
