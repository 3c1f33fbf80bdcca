"""Monkey testing of the screens: random keys, clicks, pastes and resizes, faster than they are answered, on every workspace."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from typing import Any

from tests.proof.hostile.screens import classes
from tests.proof.monkey.session import KINDS, isolated, play
from tests.proof.part import Figures, Run

EVENTS = 300
"""Events of a session in the long form, each on an application and a file of its own."""
SESSIONS = 720


def prove(run: Run) -> Figures:
    if run.long:  # a session at a time, so that the first that fails ends the run
        with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
            seen = sum(pool.map(partial(_play, run), range(SESSIONS)), Counter[Any]())
    else:
        seen = sum((_play(run, number) for number in range(0, 16, 4)), Counter[Any]())
    screens = {("screen", kind.__name__) for kind in classes()}
    if run.long:
        wanted = screens | {("workspace", kind) for kind in KINDS}
        assert not (missed := wanted - set(seen)), f"never visited: {sorted(missed)}"
    return {
        "keys, clicks, pastes, resizes and spans of time": seen["events"],
        "bursts of them, none of which waits for an answer": seen["bursts"],
        "sessions, each on a file of its own": seen["sessions"],
        "workspaces (every scenario, records, a read-only file, none yet)": sum(("workspace", kind) in seen for kind in KINDS),
        f"kinds of screens that were visited, of {len(screens)}": len(screens & set(seen)),
        "keys that led back to the first screen": seen["escapes"],
        "errors shown, each a rule's refusal or about what was typed": sum(seen[key] for key in seen if key[0] == "error"),
        "history entries replayed to the tables": seen["entries"],
    }


def _play(run: Run, number: int) -> Counter[Any]:
    with isolated(run.folder) as folder:
        return play(KINDS[number % len(KINDS)], f"{run.seed}/{number}", run.size(40, EVENTS), folder)
