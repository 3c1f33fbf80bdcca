"""Monkey testing of the screens: random keys, clicks, pastes and resizes, faster than they are answered, on every workspace."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import count
from multiprocessing import get_context

from tests.proof.hostile.screens import classes
from tests.proof.monkey.session import Seen, Session, play
from tests.proof.monkey.workspaces import KINDS, isolated
from tests.proof.part import Figures, Run

PROMISE = (
    "Whatever you press, click, paste or resize, in any order and at any speed, the screens keep working, there is always a"
    " way back, and the record stays correct."
)
EVENTS = 300
"""Events of a session in the long form, each on an application and a file of its own."""


def prove(run: Run) -> Figures:
    if run.long:
        with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
            seen = _together(pool.map(_play, (run,) * 2, (0, 1), (2,) * 2, (100_000,) * 2))
    else:
        seen = _play(run, 0, 4, 250)
    screens = {kind.__name__ for kind in classes()}
    if run.long:
        assert not (missed := screens - set(seen.visits)), f"never visited: {sorted(missed)}"
        assert not (missed := set(KINDS) - set(seen.workspaces)), f"never played on: {sorted(missed)}"
    return {
        "keys, clicks, pastes, resizes and spans of time": seen.events,
        "bursts of them, none of which waits for an answer": seen.bursts,
        "sessions, each on a file of its own": seen.sessions,
        "workspaces (every scenario, records, a read-only file, none yet)": len(seen.workspaces),
        f"kinds of screens that were visited, of {len(screens)}": len(screens & set(seen.visits)),
        "keys that led back to the first screen": seen.escapes,
        "errors shown, each a rule's refusal or about what was typed": seen.errors.total(),
        "history entries replayed to the tables": seen.entries,
    }


def _play(run: Run, first: int, step: int, events: int) -> Seen:
    """Play every `step`th session from `first` on until there were enough events."""
    seen = Seen()
    with isolated(run.folder) as workspaces:
        for number in count(first, step):
            if seen.events >= events:
                break
            play(Session(KINDS[number % len(KINDS)], f"{run.seed}/{number}", run.size(30, EVENTS)), workspaces, seen)
    return seen


def _together(halves: Iterator[Seen]) -> Seen:
    whole = Seen()
    for half in halves:
        whole.add(half)
    return whole
