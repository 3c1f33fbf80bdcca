"""The real use cases on a real file, compared with a small model of the rules that was written from the docs."""

from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from itertools import count
from multiprocessing import get_context
from pathlib import Path

from core import policy
from tests.proof.machine.compare import Tally
from tests.proof.machine.driving import drive
from tests.proof.machine.pairs import OUTCOMES, PAIRS, RARE
from tests.proof.part import Figures, Run

PROMISE = (
    "Every change is allowed or refused by the rules and by nothing else, at the exact millisecond; "
    "the history holds one entry for each thing that happened, and rebuilds the whole record."
)

APART = 1_000_000
"""The distance between the seeds of two runs: each uses as many as it needs, one after the other."""


def prove(run: Run) -> Figures:
    """Act at random on the program and on the model, which have to agree on every answer and on every row."""
    asked = {rule.id for rule in policy.load().rules.values() if rule.asked != ("username",)}
    assert set(OUTCOMES) == asked, "the table of outcomes does not have the catalogue's rules"
    first = run.seed * 2 * APART
    if run.long:
        with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
            tally = _together(list(pool.map(drive, (first, first + APART), (60_000, 60_000), (run.folder, run.folder))))
    else:
        tally = _until_all(PAIRS - RARE, first, run.folder)
    needed = PAIRS if run.long else PAIRS - RARE
    assert not (missing := needed - set(tally.pairs)), f"never answered in {tally.steps} steps: {sorted(missing)}"
    assert not (more := set(tally.pairs) - PAIRS), f"answered, but not in the table: {sorted(more)}"
    return {
        "steps, each compared with the model, with every promise queried in the tables": tally.steps,
        "changes that both made": sum(tally.done.values()),
        "refusals that both gave": sum(tally.refused.values()),
        "events, one for each thing that happened": sum(tally.events.values()),
        "histories replayed from their first event to the tables' state": tally.replays,
        f"pairs of rule and outcome that occurred, of {len(PAIRS)}": len(tally.pairs),
    }


def _until_all(needed: frozenset[tuple[str, str]], first: int, folder: Path) -> Tally:
    """Run 1,800 steps, and more until every pair has occurred, within reason.

    What Hypothesis draws from a seed changes with the modules that are imported: it takes constants from them.
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
