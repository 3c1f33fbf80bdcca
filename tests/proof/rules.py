"""The rules against a model: the real use cases on a real file, beside a small model of the domain written from the docs."""

from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from itertools import count
from multiprocessing import get_context
from pathlib import Path

from core import policy
from tests.proof.machine.compare import Tally
from tests.proof.machine.driving import drive, steps_to_find
from tests.proof.machine.pairs import OUTCOMES, PAIRS, SELDOM
from tests.proof.machine.plants import NAMED, PLANTS
from tests.proof.part import Figures, Run

PROMISE = (
    "Every change is allowed or refused by the rules and by nothing else, at the exact millisecond; "
    "the history holds one entry for each thing that happened, and rebuilds the whole record."
)

APART = 1_000_000
"""How far apart the seeds of two runs are: each takes as many as it needs, one after the other."""


def prove(run: Run) -> Figures:
    """Act at random on the program and on the model, which have to agree on every answer and on every row."""
    assert set(OUTCOMES) == set(policy.load().rules), "the table of outcomes does not have the catalogue's rules"
    first = run.seed * 2 * APART
    if run.long:
        with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
            tallies = list(pool.map(drive, (first, first + APART), (60_000, 60_000), (run.folder, run.folder)))
            searches = {name: pool.submit(steps_to_find, name, first, 30_000, run.folder) for name in PLANTS}
            found = {name: search.result() for name, search in searches.items()}
    else:
        tallies = [_until_all(PAIRS - SELDOM, first, run.folder)]
        found = {name: steps_to_find(name, first, 4_000, run.folder) for name in NAMED}
    tally = _together(tallies)
    _every_pair(tally, PAIRS if run.long else PAIRS - SELDOM)
    assert tally.steps >= run.size(1_800, 100_000), tally.steps
    return {
        "steps, each beside the model and with every promise looked up in the tables": tally.steps,
        "changes that both made": sum(tally.done.values()),
        "refusals that both gave": sum(tally.refused.values()),
        "events, one for each thing that happened": sum(tally.events.values()),
        "histories replayed from their first event to the tables' state": tally.replays,
        f"pairs of rule and outcome that occurred, of {len(PAIRS)}": len(tally.pairs),
        "bugs planted one at a time": len(found),
        "of them found": sum(steps > 0 for steps in found.values()),
        "steps until the last of them was found": max(found.values()),
    }


def _until_all(needed: frozenset[tuple[str, str]], first: int, folder: Path) -> Tally:
    """At least 1,800 steps, and as many more as it takes until every pair has occurred, within reason.

    What Hypothesis draws from a seed is another thing wherever other modules were imported before: it takes constants from them.
    """
    tally = drive(first, 1_800, folder)
    more = count(first + APART)
    while needed - set(tally.pairs) and tally.steps < 10_000:
        drive(next(more), tally.steps + 400, folder, tally)
    return tally


def _together(tallies: list[Tally]) -> Tally:
    whole = Tally()
    for tally in tallies:
        whole.steps += tally.steps
        whole.replays += tally.replays
        for name in ("done", "refused", "events", "pairs"):
            counted: Counter[object] = getattr(whole, name)
            counted.update(getattr(tally, name))
    return whole


def _every_pair(tally: Tally, needed: frozenset[tuple[str, str]]) -> None:
    assert not (missing := needed - set(tally.pairs)), f"never answered in {tally.steps} steps: {sorted(missing)}"
    assert not (more := set(tally.pairs) - PAIRS), f"answered, though the table has them not: {sorted(more)}"
